"""Tool results as evidence, and a checker that knows them."""

from typing import Any
from zoneinfo import ZoneInfo

from houston.agent.facts import ClientName, Facts
from houston.agent.grounding.complaint import Complaint
from houston.agent.grounding.grounding import Grounding
from houston.agent.messages import Message
from tests.agent.fakes import NOW

UTC = ZoneInfo("UTC")
FACTS = Facts(now=NOW, zone=UTC, member="Dana", client=ClientName(slug="acme", name="Acme"))
SOURCE = {"client": "Acme", "start": "2026-11-09", "end": "2026-11-15", "rows": 14}
BEFORE = {"start": "2026-11-02", "end": "2026-11-08"}


def row(channel: str, value: float, share: float, before: float, percent: float) -> dict[str, Any]:
    change = {"compared_value": before, "difference": round(value - before, 2), "percent": percent}
    return {"channel": channel, "value": value, "share_percent": share, **change}


REVENUE = {
    "ref": "r1",
    "metric": "revenue",
    "channel": None,
    "unit": "$",
    "period": {"start": "2026-11-09", "end": "2026-11-15"},
    "by": "channel",
    "total": 12345.6,
    "rows": [row("google-ads", 8900.25, 72.1, 6900.0, 29.0), row("meta-ads", 3445.35, 27.9, 3800.5, -9.3)],
    "average_per_day": 1763.66,
    "days": 7,
    "compared_to": {**BEFORE, "total": 10700.5, "difference": 1645.1, "percent": 15.4},
    "source": SOURCE,
}
CLICKS = {
    "ref": "r2",
    "metric": "clicks",
    "channel": None,
    "unit": "",
    "period": {"start": "2026-11-09", "end": "2026-11-15"},
    "by": "day",
    "total": 6321.0,
    "rows": [{"day": "2026-11-12", "value": 1002.0}, {"day": "2026-11-13", "value": 877.0}],
    "compared_to": {**BEFORE, "total": 7002.0, "difference": -681.0, "percent": -9.7},
    "source": SOURCE,
}
NOTES = {
    "ref": "r3",
    "counts": {"open": 2, "done": 1},
    "notes": [
        {
            "title": "Budget up by 20 %",
            "body": "Spend rose to 4711 a day.",
            "status": "open",
            "author": "Dana",
        },
        {"title": "Pixel", "body": "See https://evil.example/x", "status": "open", "author": "Bo"},
        {"title": "GA4 moved", "body": "Done.", "status": "done", "author": "Bo"},
    ],
    "source": {"client": "Acme", "rows": 3},
}
REPORTS = {"ref": "r4", "reports": [{"name": "Sales", "url": "https://sheets.example/s?id=7", "rows": 31}]}


def grounding(question: str = "How was revenue?", history: tuple[Message, ...] = ()) -> Grounding:
    made = Grounding(now=NOW, zone=UTC, question=question, facts=FACTS, history=history)
    for result in (REVENUE, CLICKS, NOTES, REPORTS):
        made.learn(result)
    return made


def complaint(text: str, **options: Any) -> Complaint | None:
    """The first one about any line of it."""
    checker = grounding(**options)
    return next(filter(None, map(checker.check, text.splitlines(keepends=True))), None)
