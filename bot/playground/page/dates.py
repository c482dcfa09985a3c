"""Times as Slack words them, in the reader's own time zone."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.playground.page.reader import Reader

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def moment(ts: str | float, zone: ZoneInfo) -> datetime:
    """A message's `ts` (or any Unix time) as the reader's local time."""
    return datetime.fromtimestamp(float(ts), zone)


def clock_time(at: datetime, *, seconds: bool = False) -> str:
    return at.strftime("%I:%M:%S %p" if seconds else "%I:%M %p").lstrip("0")


def short_clock(at: datetime) -> str:
    """The time in the gutter of a message that follows its author's previous one."""
    return clock_time(at).split(" ")[0]


def day_heading(at: datetime, now: datetime) -> str:
    return relative_day(at, now) or f"{at:%A}, {at:%B} {ordinal(at.day)}"


def full_time(at: datetime, now: datetime) -> str:
    """The time as a tooltip and for screen readers."""
    return f"{relative_day(at, now) or month_day(at, now)} at {clock_time(at, seconds=True)}"


def elapsed(at: datetime, now: datetime) -> str:
    """How long ago, the way a thread's last reply is dated."""
    seconds = (now - at).total_seconds()
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        count = int(abs(seconds) // size)
        if count:
            amount = f"{count} {unit}{'' if count == 1 else 's'}"
            return f"{amount} ago" if seconds > 0 else f"in {amount}"
    return "just now"


def format_date(at: datetime, pattern: str, now: datetime) -> str:
    """Fill the `{date_short} at {time}` pattern of a `<!date^…>` token."""
    return PLACEHOLDER.sub(lambda found: placeholder(found, at, now), pattern)


def placeholder(found: re.Match[str], at: datetime, now: datetime) -> str:
    name = found[1]
    if name in ("time", "time_secs"):
        return clock_time(at, seconds=name == "time_secs")
    if name == "ago":
        return elapsed(at, now)
    if name.endswith("_pretty"):
        return (
            (relative_day(at, now) or "").lower() or date_words(name.removesuffix("_pretty"), at) or found[0]
        )
    return date_words(name, at) or found[0]


def date_words(name: str, at: datetime) -> str | None:
    return {
        "date_num": f"{at:%Y-%m-%d}",
        "date_slash": f"{at:%m/%d/%Y}",
        "date": f"{at:%B} {ordinal(at.day)}, {at.year}",
        "date_short": f"{at:%b} {at.day}, {at.year}",
        "date_long": f"{at:%A}, {at:%B} {ordinal(at.day)}, {at.year}",
        "day_divider": f"{at:%A}, {at:%B} {ordinal(at.day)}",
    }.get(name)


def relative_day(at: datetime, now: datetime) -> str | None:
    days = (at.date() - now.astimezone(at.tzinfo).date()) / timedelta(days=1)
    return {0: "Today", -1: "Yesterday", 1: "Tomorrow"}.get(int(days))


def month_day(at: datetime, now: datetime) -> str:
    year = "" if at.year == now.astimezone(at.tzinfo).year else f", {at.year}"
    return f"{at:%b} {ordinal(at.day)}{year}"


def ordinal(day: int) -> str:
    suffix = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"


def reader_time(reader: Reader, ts: str | float) -> datetime:
    return moment(ts, reader.zone)
