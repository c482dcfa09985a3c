"""The dates and times of a sentence."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from houston.agent.grounding.dates import (
    MONTHS,
    Known,
    dates,
    in_same_years,
    month_of,
    nothing_known,
    relative,
    weeks_or_quarter,
)
from houston.agent.grounding.forms import BETWEEN, FORMS, HAS_YEAR, NAMED, OPEN
from houston.agent.grounding.text import Taken, leading

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Kind = Literal["dates", "weekday", "clock", "other"]


@dataclass(frozen=True, slots=True)
class Moment:
    text: str
    start: int
    end: int
    kind: Kind
    first: date | None = None
    last: date | None = None
    clock: str = ""
    weekday: int | None = None
    named: bool = False
    """In words only: yesterday, October; without dates where the words do not tell them: the week before."""
    edge: bool = False
    """It is the beginning or the end of something: since 9 Nov."""
    wrong: bool = False
    """There is no such date."""


Join = Callable[[Moment, Moment, str], Moment | None]
"""Makes one of two that follow each other, or nothing."""


def moments(text: str, today: date, known: Known = nothing_known) -> list[Moment]:
    """In order, without overlaps; a date without a year is one that is `known`, else the nearest to today."""
    taken = Taken(len(text))
    found = [
        _moment(match, text, today, known)
        for form in FORMS
        for match in form.finditer(text)
        if taken.take(*match.span())
    ]
    found += [_named(match, text, today) for match in NAMED.finditer(text) if taken.take(*match.span())]
    days = _joined(sorted(found, key=lambda one: one.start), text, _weekday)
    return list(_joined(days, text, _range))


def _moment(match: re.Match[str], text: str, today: date, known: Known) -> Moment:
    said = {name: value for name, value in match.groupdict().items() if value}
    blank = Moment(match[0], *match.span(), "dates")
    if "week" in said or "quarter" in said:
        span = weeks_or_quarter(said, today)
        if span is None:
            return replace(blank, kind="other", named="quarter" in said)
        return replace(blank, first=span[0], last=span[1], named="quarter" in said)
    if not {"month", "number"} & set(said):
        return replace(blank, kind="clock", clock=_clock(said))
    try:
        first, last = dates(said, today, known)
    except ValueError:
        return replace(blank, wrong=True)
    edge = first == last and _is_edge(match, text)
    return replace(blank, first=first, last=last, clock=_clock(said), edge=edge)


def _is_edge(match: re.Match[str], text: str) -> bool:
    return bool(leading(OPEN, text, match.start()))


def _clock(said: Mapping[str, str]) -> str:
    hour, _, minute = said.get("clock", said.get("hour", "")).partition(":")
    if not hour:
        return ""
    late = said.get("half", "").lower() == "pm" and int(hour) < 12
    early = said.get("half", "").lower() == "am" and int(hour) == 12
    return f"{int(hour) + 12 * late - 12 * early:02}:{minute or '00'}"


def _named(match: re.Match[str], text: str, today: date) -> Moment:
    """Of a weekday, a month, yesterday; `the week before` has no dates."""
    word = match[0].lower()
    told = Moment(match[0], *match.span(), "dates", named=True)
    if match["beside"]:
        return told
    if match["weekday"]:
        day = DAYS.index(word[:3])
        return replace(told, kind="weekday", weekday=day, edge=_is_edge(match, text))
    if match["relative"]:
        first, last = relative(word, today)
    else:
        month = MONTHS.index(word.split()[-1][:3]) + 1
        first, last = month_of(today.year - (month > today.month), month)
    return replace(told, first=first, last=last, edge=_is_edge(match, text))


def _joined(found: Iterable[Moment], text: str, join: Join) -> Iterator[Moment]:
    before: Moment | None = None
    for one in found:
        joined = join(before, one, text) if before else None
        if before and not joined:
            yield before
        before = joined or one
    if before:
        yield before


def _range(before: Moment, one: Moment, text: str) -> Moment | None:
    """`9 Nov – 15 Nov` is one range."""
    if before.named or one.named or not (before.kind == one.kind == "dates"):
        return None
    if not before.first or not one.last or not BETWEEN.fullmatch(text[before.end : one.start]):
        return None
    first = before.first
    if HAS_YEAR.search(one.text) and not HAS_YEAR.search(before.text):
        first = in_same_years(first, one.last)
    if first > one.last:
        return None
    return Moment(text[before.start : one.end], before.start, one.end, "dates", first, one.last)


def _weekday(day: Moment, one: Moment, text: str) -> Moment | None:
    """`Thu 12 Nov` is one day."""
    if day.kind != "weekday" or one.kind != "dates" or one.named:
        return None
    if not re.fullmatch(r",?\s", text[day.end : one.start]):
        return None
    other_day = one.first is not None and one.first == one.last and one.first.weekday() != day.weekday
    return replace(
        one,
        text=text[day.start : one.end],
        start=day.start,
        edge=one.edge or day.edge,
        wrong=one.wrong or other_day,
    )
