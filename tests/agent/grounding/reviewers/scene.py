"""What was asked and read, and the words with which answers speak of it."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.agent.grounding.analysts.desk import Desk
from tests.agent.grounding.reviewers.slots import Slot

CURRENCIES = ("$", "£", "€", "CHF", "USD")
Field = str | Slot
UP = {
    "rose": ("rose", "increased", "grew", "climbed"),
    "up": ("up",),
    "more": ("more",),
    "higher": ("higher",),
    "a_rise": ("an increase", "a rise"),
    "above": ("above",),
    "sign": ("+",),
}
DOWN = {
    "rose": ("fell", "dropped", "declined", "decreased"),
    "up": ("down",),
    "more": ("less",),
    "higher": ("lower",),
    "a_rise": ("a drop", "a decline"),
    "above": ("below",),
    "sign": ("-", "−"),
}


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One conversation: a kind of result, and ways to tell it with the fields' values."""

    kind: str
    desk: Desk
    question: str
    fields: Mapping[str, Field]
    tellings: Sequence[str]
    link: str | None = None

    @property
    def has_moved(self) -> bool:
        """Nobody tells of a change of 0.0 %."""
        change = self.fields.get("pct")
        return not isinstance(change, Slot) or change.value != 0


def moved(change: float, rng: random.Random, suffix: str = "") -> dict[str, Field]:
    """The words of a rise, or of a fall."""
    words = UP if change > 0 else DOWN
    return {name + suffix: rng.choice(each) for name, each in words.items()}


def figure(unit: str, value: float, *near: float | None, places: int = 2) -> Slot:
    """In the unit that a metric has."""
    kind: Any = (
        "count" if not unit else "money" if unit in CURRENCIES else "percent" if unit == "%" else "amount"
    )
    others = tuple(each for each in near if each is not None)
    return Slot(kind=kind, value=value, unit=unit, places=places, near=others)


def percent(value: float, *near: float | None, places: int = 1) -> Slot:
    return figure("%", value, *near, places=places)


def bare(value: float, *near: float) -> Slot:
    """Money of a result that names no currency."""
    return Slot(kind="bare", value=value, near=near)


def times(value: float) -> Slot:
    return Slot(kind="times", value=value, places=1)


def read_name(metric: str, rng: random.Random) -> str:
    return metric.replace("_", " ") if rng.random() < 0.85 else metric


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(each) + " |" for each in lines)
