"""Until when it is to be quiet, as the person wrote it."""

import re
from datetime import date, datetime, time, timedelta

from houston.agent.patterns.understanding.dates import WEEKDAYS

UNITS = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168}


def snoozed(raw: str, now: datetime) -> dict[str, str]:
    """The arguments `length` or `until` of a snooze; none where the message names no end. `now` is local."""
    text = raw.casefold()
    if re.search(
        r"\b(?:until|till|unless) (?:it|something|things|this|that)? ?(?:gets? worse|changes?|"
        r"is over|resolves?|recovers?)",
        text,
    ):
        return {"length": "change"}
    if found := re.search(
        r"\b(?:for )?(an?|one|two|three|four|five|six|\d+)[ -]?(minute|min|hour|hr|h|day|d|week|w)s?\b", text
    ):
        return _for(found[1], found[2], now)
    day = _day(text, now)
    clock = re.search(
        r"\b(?:at |@ ?)?(\d{1,2})(?::(\d{2}))? ?(am|pm|o'clock|h)?\b(?! (?:days|hours|weeks))",
        re.sub(r"\d{4}-\d\d-\d\d", "", text),
    )
    if day is None and not (clock and re.search(r"\b(?:until|till|to|at)\b", text)):
        return {}
    hour, minute = 9, 0
    if clock:
        hour, minute = int(clock[1]), int(clock[2] or 0)
        hour = hour + 12 if clock[3] == "pm" and hour < 12 else 0 if clock[3] == "am" and hour == 12 else hour
    if hour > 23 or minute > 59:
        return {}
    until = datetime.combine(day or now.date(), time(hour, minute))
    if until <= now.replace(tzinfo=None):
        until += timedelta(days=1)
    return {"until": until.isoformat()}


def _for(count: str, unit: str, now: datetime) -> dict[str, str]:
    numbers = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
    number = numbers.get(count) or int(count)
    kind = next(name for name in UNITS if name.startswith(unit[0]))
    hours = number * UNITS[kind]
    if hours in (1, 168):
        return {"length": "1h" if hours == 1 else "1w"}
    until = now.replace(tzinfo=None, second=0, microsecond=0) + timedelta(hours=hours)
    return {"until": until.isoformat()}


def _day(text: str, now: datetime) -> date | None:
    if "tomorrow" in text:
        return now.date() + timedelta(days=1)
    if re.search(r"\b(?:tonight|today|this evening)\b", text):
        return now.date()
    if "next week" in text:
        return now.date() + timedelta(days=7 - now.weekday())
    for number, name in enumerate(WEEKDAYS):
        if re.search(rf"\b{name}\b|\b(?:until|till|on) {name[:3]}\b", text):
            return now.date() + timedelta(days=(number - now.weekday()) % 7 or 7)
    return None
