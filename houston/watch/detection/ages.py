"""How old something may be, as people write it: `90m`, `3h`, `2 days`."""

from __future__ import annotations

import re
from datetime import timedelta

from houston.errors import Invalid

AGE = re.compile(r"(\d{1,6})\s*(m|min|mins|minutes?|h|hours?|d|days?|w|weeks?)", re.IGNORECASE)
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
LONGEST = timedelta(days=3650)


def age(text: str) -> timedelta:
    """Raises Invalid of the field `freshness`."""
    found = AGE.fullmatch(text.strip())
    if found and int(found[1]) > 0:
        return min(timedelta(**{UNITS[found[2][0].lower()]: int(found[1])}), LONGEST)
    raise Invalid(
        "freshness", f"{text[:40]!r} is no age: write how old its newest point may be, like 3h or 2d."
    )
