"""An alert as what is judged: its conditions read, its schedule and time zone known to be readable."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from houston.reports import timing
from houston.watch import schedules
from houston.watch.alerts.conditions import Condition, Rule, read
from houston.watch.policy import Policy
from houston.watch.snapshot import RANKS
from store.tables import Alert

REPEAT_AFTER = timedelta(hours=6)

ALERT = Policy(
    no_data="tell",
    error="tell",
    errors_in_row=timing.TOLD_AFTER,
    keep_firing_for=1,
    repeat_after=REPEAT_AFTER,
)
"""How alerts are judged, but for what each says itself."""

NOW = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/|(?<![:\w]):now\b", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Watched:
    """`since` is when somebody began to look."""

    rules: tuple[Rule, ...]
    match: Literal["any", "all"]
    schedule: str
    zone: ZoneInfo
    since: datetime

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return tuple(rule.condition for rule in self.rules)

    @property
    def severity(self) -> str:
        """The worst that it can be."""
        return max((rule.severity for rule in self.rules), key=RANKS.__getitem__, default="warning")

    def period(self, now: datetime) -> timedelta:
        return schedules.period(self.schedule, now, self.zone)


def watched(alert: Alert) -> Watched:
    """Raises Invalid where it cannot be read any more."""
    schedules.check(alert.schedule)
    return Watched(
        rules=tuple(Rule(condition=read(rule["text"]), severity=rule["severity"]) for rule in alert.rules),
        match="all" if alert.match == "all" else "any",
        schedule=alert.schedule,
        zone=timing.zone(alert.timezone),
        since=alert.created_at,
    )


def policy_of(alert: Alert) -> Policy:
    return Policy(
        n=alert.n,
        m=alert.m,
        no_data=alert.no_data,  # type: ignore[arg-type]
        error=ALERT.error,
        errors_in_row=ALERT.errors_in_row,
        keep_firing_for=ALERT.keep_firing_for,
        repeat_after=ALERT.repeat_after,
    )


def key(alert_id: int | None) -> str:
    """Of its lifecycle."""
    return f"alert:{alert_id}"


def uses_now(sql: str) -> bool:
    """Whether the report can be asked how things stood at another time."""
    return any(found[0].lower() == ":now" for found in NOW.finditer(sql))
