"""Lies of the four kinds, each held against every cell of the results, so that it is really false."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from tests.agent.grounding.analysts.pen import SYMBOLS, Figure

KINDS = ("wrong number", "swapped digits", "wrong unit", "invented link")
HOSTS = (
    "https://dash.houston-reports.io/a/{n}",
    "https://lookerstudio.google.com/reporting/{n}",
    "https://analytics.acme-data.com/export?id={n}",
    "http://10.0.0.{n}/summary",
    "https://docs.google.com/spreadsheets/d/{n}",
    "www.metrics-{n}.net/view",
)
NUMBER = re.compile(r"\d[\d,]*\.?\d*")
SCALES = {"k": 1e3, "M": 1e6}


def cells(result: Any) -> Iterator[float]:
    """Each number of a result, ratios also as percentages, and how many there are in each list."""
    if isinstance(result, dict):
        for each in result.values():
            yield from cells(each)
    elif isinstance(result, list):
        yield float(len(result))
        for each in result:
            yield from cells(each)
    elif isinstance(result, int | float) and not isinstance(result, bool):
        yield abs(float(result))
        yield abs(float(result)) * 100
    elif isinstance(result, str):
        yield from (float(each.replace(",", "")) for each in NUMBER.findall(result) if each[-1] != ".")


def read(text: str) -> tuple[float, float]:
    """What a figure says, and the size of its last digit."""
    found = NUMBER.search(text)
    assert found is not None, text
    digits = found[0].replace(",", "").rstrip(".")
    scale = SCALES.get(text[found.end() : found.end() + 1], 1.0)
    places = len(digits.partition(".")[2])
    return float(digits) * scale, scale / 10**places


def is_false(text: str, truth: Figure, known: Iterable[float]) -> bool:
    """Whether no cell is said by this figure, nor the right value."""
    value, step = read(text)
    right = abs(truth.value) * (100 if truth.kind == "percent" and abs(truth.value) < 1.5 else 1)
    near = step * (1.0 if truth.is_loose else 0.51)
    return all(abs(value - each) > near for each in (*known, right, read(truth.text)[0]))


def other_number(figure: Figure, known: Sequence[float], rng: random.Random) -> str | None:
    """A figure of another row, or one by chance."""
    own = [each for each in figure.siblings if figure.render(each) != figure.text]
    if own and (rng.random() < 0.3 or figure.kind == "day"):
        return figure.render(rng.choice(own))
    if figure.kind == "day":
        return None
    for _ in range(20):
        value = figure.value * rng.choice((rng.uniform(0.4, 0.97), rng.uniform(1.03, 1.9)))
        if figure.kind in ("count", "word") and figure.value == round(figure.value):
            value = round(value) or rng.randint(2, 12)
        text = figure.render(value)
        if figure.kind == "word":
            if round(value) != figure.value and float(round(value)) not in known:
                return text
        elif text != figure.text and is_false(text, figure, known):
            return text
    return None


def swapped(figure: Figure, known: Sequence[float], rng: random.Random) -> str | None:
    if figure.kind in ("word", "day", "minutes"):
        return None
    text = figure.text
    places = [at for at, each in enumerate(text) if each.isdigit()]
    pairs = [(a, b) for a, b in pairwise(places) if text[a] != text[b]]
    rng.shuffle(pairs)
    for first, second in pairs:
        letters = list(text)
        letters[first], letters[second] = letters[second], letters[first]
        lie = "".join(letters)
        starts = first == places[0] and lie[first] == "0"
        if not starts and is_false(lie, figure, known):
            return lie
    return None


def other_unit(figure: Figure, known: Sequence[float], rng: random.Random) -> str | None:
    number = next(iter(NUMBER.findall(figure.text)), "")
    if not figure.value:
        return None  # nothing is nothing in every unit
    if figure.kind == "money":
        others = [each for each in SYMBOLS if each != figure.unit]
        texts = [
            f"{rng.choice(others)}{number}",
            f"{number}%",
            f"{number} CHF" if figure.unit != "CHF" else f"£{number}",
        ]
        if "k" in figure.text:
            texts.append(figure.text.replace("k", "M"))
        return rng.choice(texts)
    if figure.kind == "percent":
        return rng.choice((f"${number}", f"{number} percentage points", f"{number}×"))
    if figure.kind in ("times", "cash"):
        return f"{number}%"
    if figure.kind == "minutes":
        return figure.text.replace("hours", "minutes").replace("days", "weeks")
    if figure.kind == "count" and len(number) > 1:
        return rng.choice((f"${number}", f"€{number}"))
    return None


def link(rng: random.Random) -> str:
    url = rng.choice(HOSTS).format(n=rng.randint(100, 999))
    return rng.choice(
        (
            f"See the [full breakdown]({url}).",
            f"Source: {url}",
            f"Details: <{url}|dashboard>",
            f"![chart]({url})",
            f"More in the [{url.split('/')[-1]} report]({url}).",
        )
    )
