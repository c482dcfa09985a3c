"""Where somebody is on their App Home."""

import json
from dataclasses import asdict, dataclass
from typing import Literal

Tab = Literal["overview", "notifications", "watching", "digest", "connection", "preferences"]
TABS: dict[Tab, str] = {
    "overview": "Overview",
    "notifications": "Notifications",
    "watching": "Watching",
    "digest": "Digest",
    "connection": "Connection",
    "preferences": "My preferences",
}

Section = Literal["alerts", "outliers", "reports", "sources", "feeds", "metrics"]
SECTIONS: dict[Section, str] = {
    "alerts": "Alerts",
    "outliers": "Outliers",
    "reports": "Reports",
    "sources": "Data sources",
    "feeds": "Metric feeds",
    "metrics": "Metrics",
}
"""Of the tab *Watching*."""

ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Kept in the view."""

    tab: Tab = "overview"
    page: int = 0
    event_type: str = ALL
    section: Section = "alerts"

    def as_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Place":
        return cls(**json.loads(text)) if text else cls()

    @classmethod
    def on(cls, tab: str) -> "Place":
        return cls(tab=next((each for each in TABS if each == tab), "overview"))

    @classmethod
    def watching(cls, section: Section, page: int = 0) -> "Place":
        return cls(tab="watching", section=section, page=page)
