"""How an analyst writes figures: each is marked in the text, so that a lie can be put in its place."""

import math
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tests.agent.grounding.analysts.names import METRICS, WORDS, capital, channel_named, metric_named

MARK = re.compile("\ue000(\\d+)\ue001")
SYMBOLS = ("$", "€", "£")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure of an answer, and how another value would be written in its place."""

    kind: str
    """money, count, percent, points, times, minutes, day or word."""
    value: float
    unit: str
    text: str
    render: Callable[[float], str]
    siblings: tuple[float, ...] = ()
    """The same figure of other channels, days, people: true of them, not of this one."""
    is_loose: bool = False
    """Written with "about" and rounded more than a figure is."""


@dataclass(kw_only=True)
class Pen:
    """The habits of one answer: how it writes money, thousands, percentages, days."""

    rng: random.Random
    today: date
    figures: list[Figure] = field(default_factory=list)

    def __post_init__(self) -> None:
        one = self.rng.choice
        self.short = self.rng.random() < 0.25
        self.cents = self.rng.random() < 0.5
        self.minus = one(("-", "−", "-"))
        self.space = one(("", "", "", " "))
        self.bold = self.rng.random() < 0.5
        self.days = one(("d Mon", "Mon d", "d Month", "Day d Mon", "iso", "Month d"))
        self.dash = one(("–", "–", " to ", "-"))
        self.bullet = one(("- ", "- ", "* ", "• "))
        self.code = self.rng.random() < 0.15

    def one(self, *texts: str) -> str:
        return self.rng.choice(texts)

    def put(
        self,
        kind: str,
        value: float,
        render: Callable[[float], str],
        *,
        unit: str = "",
        siblings: Sequence[float | None] = (),
        is_loose: bool = False,
    ) -> str:
        others = tuple(float(each) for each in siblings if each is not None and each != value)
        figure = Figure(
            kind=kind,
            value=value,
            unit=unit,
            text=render(value),
            render=render,
            siblings=others,
            is_loose=is_loose,
        )
        self.figures.append(figure)
        return f"\ue000{len(self.figures) - 1}\ue001"

    def amount(self, value: float, unit: str, siblings: Sequence[float | None] = ()) -> str:
        """A value of a metric, whatever its unit; without its sign."""
        if unit:
            places = _places(value, self.cents)
            short = self.short and abs(value) >= 10_000
            return self.put(
                "money", value, lambda v: _money(v, unit, places, short=short), unit=unit, siblings=siblings
            )
        places = 0 if value == round(value) else 2 if abs(value) < 100 else 1
        short = self.short and abs(value) >= 20_000
        return self.put(
            "count", value, lambda v: _short(v) if short else f"{abs(v):,.{places}f}", siblings=siblings
        )

    def cash(self, value: float, siblings: Sequence[float | None] = ()) -> str:
        """Money whose currency the result does not say."""
        places = 2 if value != round(value) else 0
        return self.put("cash", value, lambda v: f"{abs(v):,.{places}f}", siblings=siblings)

    def about(self, value: float, unit: str, siblings: Sequence[float | None] = ()) -> str:
        """A hedge and a rounding that goes with it."""
        if abs(value) < 30 or (abs(value) < 1.5):
            return self.amount(value, unit, siblings)
        digits = self.rng.choice((2, 3))
        near = _significant(value, digits)
        hedge = self.one("about", "roughly", "around", "~")
        if near > abs(value):
            hedge = self.one(hedge, "nearly", "just under")
        elif near < abs(value):
            hedge = self.one(hedge, "just over", "a little over")

        def render(v: float) -> str:
            return _money(_significant(v, digits), unit, 0, short=abs(v) >= 10_000 and self.short)

        gap = "" if hedge == "~" else " "
        return f"{hedge}{gap}" + self.put(
            "money" if unit else "count", value, render, unit=unit, siblings=siblings, is_loose=True
        )

    def rate(self, value: float, siblings: Sequence[float | None] = ()) -> str:
        """A ratio such as 0.0395, as the percentage that it is."""
        places = self.rng.choice((1, 2))
        return self.put(
            "percent", value, lambda v: f"{abs(v) * 100:.{places}f}{self.space}%", siblings=siblings
        )

    def percent(self, value: float, siblings: Sequence[float | None] = ()) -> str:
        """Without its sign."""
        places = 1 if abs(value) < 10 or self.cents else self.rng.choice((0, 1))
        return self.put("percent", value, lambda v: f"{abs(v):,.{places}f}{self.space}%", siblings=siblings)

    def signed(self, value: float, siblings: Sequence[float | None] = ()) -> str:
        """A change in percent, as it stands in tables and brackets."""

        def render(v: float) -> str:
            sign = "+" if v > 0 else self.minus if v < 0 else ""
            return f"{sign}{abs(v):,.1f}{self.space}%"

        return self.put("percent", value, render, siblings=siblings)

    def difference(self, value: float, unit: str, siblings: Sequence[float | None] = ()) -> str:
        """A change in the unit of the metric, with its sign."""
        places = _places(value, self.cents)
        if not unit:
            places = 0 if value == round(value) else 2

        def render(v: float) -> str:
            sign = "+" if v > 0 else self.minus if v < 0 else ""
            return f"{sign}{_money(abs(v), unit, places, short=False)}"

        return self.put("money" if unit else "count", value, render, unit=unit, siblings=siblings)

    def times(self, value: float) -> str:
        mark = self.one("×", "x", " times")
        return self.put("times", value, lambda v: f"{v:.1f}{mark}")

    def plain(self, value: float, siblings: Sequence[float | None] = (), places: int = 2) -> str:
        """A ratio that stays one, such as a return on ad spend."""
        return self.put("count", value, lambda v: f"{v:,.{places}f}", siblings=siblings)

    def count(self, value: int, siblings: Sequence[float | None] = (), *, word: bool = True) -> str:
        """In words up to nine, by habit."""
        if word and 0 < value < 10 and self.rng.random() < 0.5:
            return self.put("word", value, lambda v: WORDS.get(round(v), str(round(v))), siblings=siblings)
        return self.put("count", value, lambda v: f"{round(v):,}", siblings=siblings)

    def duration(self, minutes: int) -> str:
        """Hours or days where minutes would be many."""
        for size, unit in ((2880, "days"), (120, "hours")):
            if minutes >= size:
                whole = size / 2

                def render(v: float, whole: float = whole, unit: str = unit) -> str:
                    return f"{v / whole:.0f} {unit}"

                return f"about {self.put('minutes', minutes, render, is_loose=True)}"
        return self.put("minutes", minutes, lambda v: f"{v:.0f} minutes")

    def day(self, iso: str, siblings: Sequence[str] = ()) -> str:
        """A day that a result names; others of its kind can be said in its place."""
        return self.put(
            "day",
            _ordinal(iso),
            lambda v: self.dated(date.fromordinal(round(v))),
            siblings=[_ordinal(each) for each in siblings],
        )

    def dated(self, day: date) -> str:
        forms = {
            "d Mon": f"{day.day} {day:%b}",
            "Mon d": f"{day:%b} {day.day}",
            "d Month": f"{day.day} {day:%B}",
            "Month d": f"{day:%B} {day.day}",
            "Day d Mon": f"{day:%a} {day.day} {day:%b}",
            "iso": day.isoformat(),
        }
        return forms[self.days]

    def span(self, period: dict[str, str]) -> str:
        first, last = (date.fromisoformat(period[end]) for end in ("start", "end"))
        if first == last:
            return self.dated(first)
        if self.days == "d Mon" and first.month == last.month:
            return f"{first.day}{self.dash}{last.day} {last:%b}"
        if self.days == "Mon d" and first.month == last.month:
            return f"{first:%b} {first.day}{self.dash}{last.day}"
        if self.days == "d Month" and first.month == last.month:
            return f"{first.day}{self.dash}{last.day} {last:%B %Y}"
        if first.day == 1 and (last.toordinal() - first.toordinal()) >= 29 and self.days == "Month d":
            return f"{first:%B}"
        return f"{self.dated(first)} to {self.dated(last)}"

    def clock(self, at: str) -> str:
        moment = datetime.fromisoformat(at)
        return f"{self.dated(moment.date())}, {moment:%H:%M}"

    def name(self, channel: str) -> str:
        if self.code:
            return f"`{channel}`"
        return channel_named(channel)

    def metric(self, metric: str) -> str:
        return self.rng.choice(METRICS.get(metric, (metric_named(metric),)))

    def strong(self, text: str) -> str:
        return f"**{text}**" if self.bold else text

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        rule = self.one("---", "---:", ":--")
        lines = [head, ["---", *[rule] * (len(head) - 1)], *rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def filled(text: str, figures: Sequence[str]) -> str:
    """With the figures in their places; words at the beginning of a sentence in capitals."""

    def put(found: re.Match[str]) -> str:
        figure, before = figures[int(found[1])], text[: found.start()].rstrip(" *\u2022-")
        return capital(figure) if not before or before[-1] in ".\n" else figure

    return MARK.sub(put, text)


def _ordinal(iso: str) -> int:
    return date.fromisoformat(iso[:10]).toordinal()


def _places(value: float, cents: bool) -> int:
    if 0 < abs(value) < 0.1:
        return 3
    return 2 if cents or abs(value) < 100 else 0


def _significant(value: float, digits: int) -> float:
    if not value:
        return 0.0
    return round(abs(value), digits - 1 - math.floor(math.log10(abs(value))))


def _short(value: float) -> str:
    return f"{abs(value) / 1000:.1f}k" if abs(value) < 1e6 else f"{abs(value) / 1e6:.2f}M"


def _money(value: float, unit: str, places: int, *, short: bool) -> str:
    text = _short(value) if short else f"{abs(value):,.{places}f}"
    if unit in SYMBOLS:
        return f"{unit}{text}"
    return f"{text} {unit}".strip() if unit else text
