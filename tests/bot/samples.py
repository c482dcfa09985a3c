"""Announcements and rules as Houston hands them to the views."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.views.reader import Reader
from houston.notify.messenger import Announcement
from houston.notify.rules.rules import RuleSeen
from houston.team.setup import Setup
from houston.watch.chart import Band, Chart, Line
from houston.watch.occurrences import OccurrenceSeen
from houston.watch.standing import Standing
from store.tables import Client, Destination, Event, Workspace

NOW = datetime(2024, 12, 15, 19, 14, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
ACME = Client(id=7, slug="acme", name="Acme Outdoor", created_at=NOW)
NORTHWIND = Workspace(id="T1", name="Northwind", timezone="America/New_York", created_at=NOW)

ADMIN = Reader(has_clients=True, is_admin=True, sees_all=True, zone=NEW_YORK)
MEMBER = Reader(has_clients=True, is_admin=False, sees_all=True, admins=("Bob Best",), zone=NEW_YORK)
CLIENT_ADMIN = Reader(has_clients=False, is_admin=True, zone=NEW_YORK)
CLIENT_MEMBER = Reader(has_clients=False, is_admin=False, admins=("Cleo Cole",), zone=NEW_YORK)
READERS = (ADMIN, MEMBER, CLIENT_ADMIN, CLIENT_MEMBER)
"""Of each kind one."""

HOSTILE = "<!channel> <@U123> <https://evil.example|click> & `code` *bold* \n ```"
"""What nobody outside may do to a channel."""

PAYLOADS: dict[str, dict[str, Any]] = {
    "outlier": {
        "occurrence_id": "11",
        "metric": "cost_per_click",
        "channel": "google-ads",
        "unit": "USD",
        "value": 2.31,
        "expected": 1.05,
        "lower": 0.91,
        "upper": 1.2,
        "reason": "Cost per click is 2.2 times what is usual for a Sunday.",
        "definition": "Spend",
    },
    "note_created": {
        "note_id": "5",
        "title": "Budget raised",
        "body": "Until Christmas.",
        "status": "open",
        "author": "Alice",
    },
    "note_updated": {
        "note_id": "5",
        "title": "Budget raised",
        "status": "done",
        "author": "Alice",
        "changes": [
            {"field": "status", "before": "open", "after": "done"},
            {"field": "body", "before": "", "after": "Until New Year."},
        ],
    },
    "task_failure": {
        "job": "load_google_ads",
        "run_id": "r-1",
        "state": "failed",
        "attempt": 2,
        "error": "Timeout after 30 s",
        "url": "https://pipelines.example/runs/1",
    },
    "system_error": {"title": "KeyError", "message": "no such column", "service": "api", "url": ""},
    "data_alert": {
        "alert": "Daily Sales Alert",
        "report": "Q4 Sales Dashboard",
        "url": "https://reports.example/q4",
        "runbook": "https://wiki.example/sales",
        "owner": "U0WNER",
        "rules": [
            {"text": "Revenue < 10000", "current": "8750"},
            {"text": "New Customers < 50", "current": "23"},
        ],
    },
    "notebook_alert": {
        "notebook": "Data Processing Update",
        "status": "success",
        "message": "Daily ETL completed successfully. 1,247 records processed.",
        "url": "https://notebooks.example/1",
    },
}


def event(type: str, **changes: Any) -> Event:
    return Event(
        id=42,
        type=type,
        client_id=7,
        severity="warning",
        occurred_at=NOW,
        recorded_at=NOW,
        dedupe_key="k",
        payload=PAYLOADS[type] | changes,
    )


def announcement(type: str, *, chart: Chart | None = None, **changes: Any) -> Announcement:
    return Announcement(
        event=event(type, **changes), client_name="Acme Outdoor", timezone=NEW_YORK, chart=chart
    )


def standing(shown: Announcement, **changes: Any) -> Standing:
    """How the announcement's episode stands: as it fired, but for the changes."""
    values: dict[str, Any] = {
        "id": 1,
        "type": shown.event.type,
        "subject": "",
        "state": "firing",
        "severity": shown.event.severity,
        "opened_at": NOW,
        "seen_at": NOW,
        "resolved_at": None,
        "count": 1,
        "fired": shown.event.payload,
        "current": shown.event.payload,
        "version": 1,
    }
    return Standing(**(values | changes))


def post(type: str, **changes: Any) -> Announcement:
    """An announcement of an episode, in a message of its own."""
    shown = replace(announcement(type), delivery_id=99)
    return replace(shown, episode=standing(shown, **changes))


def chart(title: str = "Cost per click · google-ads", points: int = 200) -> Chart:
    start = NOW - timedelta(hours=points)
    values = [(start + timedelta(hours=i), 1 + 0.2 * math.sin(i / 4)) for i in range(points)]
    return Chart(
        title=title,
        unit="USD",
        timezone=NEW_YORK,
        lines=(Line(label=title, points=(*values, (NOW, 2.31))),),
        band=Band(points=tuple((time, value - 0.2, value + 0.2) for time, value in values)),
        marks=((NOW, 2.31),),
        alt="Cost per click jumped to $2.31.",
    )


def rule(number: int, **changes: Any) -> RuleSeen:
    destination = Destination(
        id=number, workspace_id="T1", alias=f"#alerts-{number}", address=f"C{number:04}", created_at=NOW
    )
    values: dict[str, Any] = {
        "id": number,
        "number": number,
        "event_type": "outlier",
        "client": ACME,
        "minimum_severity": "warning",
        "active": True,
        "destinations": (destination,),
    }
    return RuleSeen(**(values | changes))


def occurrence(**changes: Any) -> OccurrenceSeen:
    values: dict[str, Any] = {
        "id": 1,
        "metric": "revenue",
        "channel": "",
        "unit": "USD",
        "client": ACME,
        "time": NOW,
        "value": 120.0,
        "expected": 900.0,
        "lower": 700.0,
        "upper": 1100.0,
        "severity": "critical",
        "reason": "Far below what is usual.",
    }
    return OccurrenceSeen(**(values | changes))


def setup(**changes: Any) -> Setup:
    values: dict[str, Any] = {
        "workspace": NORTHWIND,
        "members": 3,
        "failing": (),
        "installed": (),
        "invited": (),
    }
    return Setup(**(values | changes))
