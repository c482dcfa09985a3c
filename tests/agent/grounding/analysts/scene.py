"""A question, what the tools returned to it, and the answers that can be written of that."""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.agent.grounding.analysts.desk import Desk, Place, Result
from tests.agent.grounding.analysts.pen import Pen

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Scene:
    kind: str
    question: str
    desk: Desk
    write: Callable[[Pen], str]
    """A right answer, its figures marked."""


Maker = Callable[[Place, random.Random], Awaitable[Scene | None]]


def span(rng: random.Random, today: date) -> tuple[date, date]:
    """Last week, the last seven or fourteen days, this month so far, or some days."""
    yesterday = today - timedelta(days=1)
    monday = today - timedelta(days=today.weekday())
    some = yesterday - timedelta(days=rng.randint(2, 9))
    return rng.choice(
        (
            (monday - timedelta(days=7), monday - timedelta(days=1)),
            (yesterday - timedelta(days=6), yesterday),
            (yesterday - timedelta(days=13), yesterday),
            (some - timedelta(days=rng.randint(1, 5)), some),
        )
    )


def arranged(pen: Pen, lead: str, points: Sequence[str], closing: str = "") -> str:
    """An answer first, then a list or a paragraph, then a remark."""
    chosen = [each for each in points if each]
    chosen = pen.rng.sample(chosen, min(len(chosen), pen.rng.randint(2, 4)))
    if pen.rng.random() < 0.6:
        body = "\n".join(pen.bullet + each for each in chosen)
    else:
        body = " ".join(each if each.endswith(".") else f"{each}." for each in chosen)
    return "\n\n".join(filter(None, (lead, body, closing)))


def moved(pen: Pen, row: Row) -> str:
    """`up 3.1%`, for what has a percent."""
    if row["percent"] is None:
        return "with nothing to compare with"
    if not row["percent"]:
        return "unchanged"
    up = row["percent"] > 0
    figure = pen.percent(row["percent"])
    words = ("up", "an increase of", "a rise of") if up else ("down", "a decrease of", "a drop of")
    return f"{pen.rng.choice(words)} {figure}"


def verb(pen: Pen, up: bool) -> str:
    return pen.one("rose", "grew", "increased", "climbed") if up else pen.one("fell", "dropped", "declined")


def ratios(results: Result) -> list[Row]:
    return [each for each in results["metrics"] if each["totalled_by"] == "ratio" and each["channels"]]


def sums(results: Result) -> list[Row]:
    return [each for each in results["metrics"] if each["totalled_by"] == "sum" and each["channels"]]
