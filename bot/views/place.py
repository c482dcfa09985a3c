"""Where somebody is on their App Home."""

import json
from dataclasses import asdict, dataclass
from typing import Literal

Tab = Literal["overview", "notifications", "digest", "connection", "preferences"]
TABS: dict[Tab, str] = {
    "overview": "Overview",
    "notifications": "Notifications",
    "digest": "Digest",
    "connection": "Connection",
    "preferences": "My preferences",
}

ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Kept in the view."""

    tab: Tab = "overview"
    page: int = 0
    event_type: str = ALL

    def as_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Place":
        return cls(**json.loads(text)) if text else cls()

    @classmethod
    def on(cls, tab: str) -> "Place":
        return cls(tab=next((each for each in TABS if each == tab), "overview"))
