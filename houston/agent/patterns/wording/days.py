"""Days of the calendar, and sums that were asked for."""

from collections.abc import Sequence
from datetime import datetime

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import figure, plain


def calendar(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    (result,) = results
    start, end = result["start"], result.get("end")
    away = int(start.get("days_from_today") or 0)
    when = (
        f" It is in **{figure(away)} day{'' if away == 1 else 's'}**."
        if away > 0
        else f" That was {figure(-away)} day{'' if away == -1 else 's'} ago."
        if away < 0
        else " That is today."
    )
    week = f"week {start['iso_week']} of {start.get('iso_year', '')}, quarter {start['quarter']}"
    first = f"{_long(start['date'])} is a **{start['weekday']}**, in {week}.{when}"
    last = f"{_long(end['date'])} is a {end['weekday']}." if end else ""
    spans = (
        f"That is **{result['days']} days**, of them {result['working_days']} working days and "
        f"{result['weekend_days']} on weekends."
        if end and result.get("days")
        else ""
    )
    days = [
        f"- {_long(day['date'])} ({day['weekday']}): {plain(day['name'])}"
        for day in result.get("holidays") or ()
    ]
    country = plain(str(result.get("country") or ""))
    holidays = (
        "Public holidays:\n" + "\n".join(days)
        if days
        else f"No public holiday{f' ({country})' if country else ''}."
        if "holiday" in question.raw.casefold()
        else ""
    )
    return [first, last, spans, holidays]


def _long(day: str) -> str:
    at = datetime.fromisoformat(day)
    return f"{at.day} {at:%B %Y}"


def calculated(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    (result,) = results
    value = result.get("value", result.get("result"))
    shown = (
        figure(value, str(result.get("unit") or "")) if isinstance(value, int | float) else plain(str(value))
    )
    return [f"**{shown}**"]
