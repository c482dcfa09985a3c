"""What the texts and dates of a tool result are: names, and of what; days."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from houston.agent.grounding import keys

ISO = re.compile(r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?$")
DIMENSIONS = {
    "clients": "client",
    "channels": "channel",
    "metrics": "metric",
    "slug": "client",
    "customers": "customer",
}


def is_label(key: str, value: str) -> bool:
    return (
        key not in keys.NO_LABELS
        and key not in keys.FREE
        and key not in keys.FREE_TRUSTED
        and key not in keys.LINKS
        and len(value) <= keys.LONGEST_LABEL
        and not ISO.match(value)
    )


def dimension_of(key: str, kind: str) -> str:
    """`name` in a list of metrics names a metric."""
    if key in ("name", "slug", kind):
        return DIMENSIONS.get(kind, kind or key)
    return DIMENSIONS.get(key, key)


def day_of(value: Any, zone: ZoneInfo) -> date | None:
    if not isinstance(value, str) or not ISO.match(value):
        return None
    try:
        if len(value) == 10:
            return date.fromisoformat(value)
        at = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None
    return at.astimezone(zone).date() if at.tzinfo else at.date()


def end_of(key: str, day: date) -> date:
    if key == "week":
        return day + timedelta(days=6)
    if key == "month":
        return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return day
