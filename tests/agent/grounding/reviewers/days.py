"""Periods that people ask about, and dates as a model writes them."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAYS = (
    "{d.day} {d:%B}",
    "{d:%b} {d.day}",
    "{d:%B} {d.day}",
    "{d}",
    "{d:%a} {d.day} {d:%b}",
    "{d:%A}, {d:%B} {d.day}",
)


@dataclass(frozen=True, kw_only=True)
class Period:
    start: date
    end: date
    when: tuple[str, ...]
    before: tuple[str, ...]

    @property
    def span(self) -> dict[str, date]:
        return {"start": self.start, "end": self.end}


def periods(today: date) -> list[Period]:
    """Last week, the last seven days, the last two weeks."""
    monday = today - timedelta(days=today.weekday() + 7)
    sunday, yesterday = monday + timedelta(days=6), today - timedelta(days=1)
    last = Period(
        start=monday,
        end=sunday,
        when=(
            "last week",
            f"last week ({_from_to(monday, sunday)})",
            f"in the week of {monday.day} {monday:%B}",
        ),
        before=("the week before", "the previous week"),
    )
    week, fortnight = today - timedelta(days=7), today - timedelta(days=14)
    seven = Period(
        start=week,
        end=yesterday,
        when=(
            "over the last 7 days",
            f"from {week} to {yesterday}",
            f"in the seven days to {yesterday:%B} {yesterday.day}",
        ),
        before=("the 7 days before", "the previous seven days"),
    )
    between = f"between {day(fortnight, 1)} and {day(yesterday, 1)}"
    two = Period(
        start=fortnight,
        end=yesterday,
        when=("in the last two weeks", between, "over the last 14 days"),
        before=("the two weeks before", "the 14 days before"),
    )
    return [last, seven, two]


def _from_to(one: date, other: date) -> str:
    if one.month == other.month:
        return f"{one.day}–{other.day} {one:%B}"
    return f"{one.day} {one:%b} – {other.day} {other:%b}"


def day(at: date | str, way: int) -> str:
    """`at` may be as tools write it; `way` is one of DAYS."""
    found = date.fromisoformat(at[:10]) if isinstance(at, str) else at
    return DAYS[way % len(DAYS)].format(d=found)


def moment(at: str, rng: random.Random) -> str:
    """A time as tools write it, to the minute."""
    found = datetime.fromisoformat(at)
    hour = f"{found.hour % 12 or 12}:{found:%M} {'am' if found.hour < 12 else 'pm'}"
    return f"{day(at, rng.randrange(len(DAYS)))} at {rng.choice((f'{found:%H:%M}', hour))}"
