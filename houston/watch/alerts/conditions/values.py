"""What a column is compared with: numbers, text in quotes, true, false, dates."""

import re
from datetime import date, datetime

from houston.watch.alerts.conditions.errors import ConditionError
from houston.watch.alerts.conditions.kinds import Day, Flag, Moment, Text, Value
from houston.watch.alerts.conditions.numbers import number, refuse_rest
from houston.watch.alerts.conditions.tokens import tokens

DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?")


def value(text: str, at: int, end: int) -> Value:
    """What stands between `at` and `end`. Raises ConditionError."""
    written = text[at:end]
    first, *more = tokens(written)
    if first.kind == "quoted":
        if more:
            refuse_rest(text, at + more[0].at)
        return Text(text=first.text)
    if written.lower() in ("true", "false"):
        return Flag(is_true=written.lower() == "true")
    if not DATE.fullmatch(written):
        return number(text, at, end)
    if (day := dated(written)) is None:
        raise ConditionError("No calendar has this day, or no clock this time", text, at)
    return day


def dated(written: str) -> Day | Moment | None:
    """An ISO date, with or without a time; None for anything else, and for days that there are not."""
    if not DATE.fullmatch(written):
        return None
    day, _, time = written.replace("T", " ").partition(" ")
    try:
        if not time:
            return Day(day=date.fromisoformat(day))
        return Moment(at=datetime.fromisoformat(f"{day} {time if time[1].isdigit() else f'0{time}'}"))
    except ValueError:
        return None
