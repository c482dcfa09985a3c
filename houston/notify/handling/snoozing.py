"""How long people snooze for, and who does."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from houston.errors import Invalid

MORNING = time(9)
LENGTHS = {"1h": timedelta(hours=1), "1w": timedelta(weeks=1)}
CHANGE, TOMORROW = "change", "tomorrow"


@dataclass(frozen=True, kw_only=True)
class Snooze:
    """Until a moment, or until the episode gets worse or is over."""

    until: datetime | None = None
    until_change: bool = False


def chosen(choice: str, now: datetime, zone: ZoneInfo) -> Snooze:
    """`1h`, `tomorrow` (nine o'clock in this zone), `1w` or `change`. Raises Invalid."""
    if choice == CHANGE:
        return Snooze(until_change=True)
    if choice == TOMORROW:
        tomorrow = now.astimezone(zone).date() + timedelta(days=1)
        return Snooze(until=datetime.combine(tomorrow, MORNING, zone).astimezone(UTC))
    if choice not in LENGTHS:
        raise Invalid("snooze", "Choose for how long: an hour, till tomorrow, a week, or until it changes.")
    return Snooze(until=now + LENGTHS[choice])
