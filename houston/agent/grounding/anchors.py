"""The names and dates in a sentence, in a field of a table, and in the head of a column."""

import re
from collections.abc import Collection

from houston.agent.grounding.belonging import CARRIED, Anchor
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.layout import Column
from houston.agent.grounding.reading import Said
from houston.agent.grounding.subjects import SOFT
from houston.agent.grounding.vocabulary import Mention

WHEN = ("date", "clock")
EARLIER = re.compile(
    r"\b(?:before|previous|prior|compared|earlier|baseline|last|then|ago|usual|was)\b", re.IGNORECASE
)
"""The head of a column whose figures are of another time than their row."""


def beside(figure: Figure, said: Said) -> dict[str, tuple[Anchor, ...]]:
    mention = said.fields.get(figure.start)
    return {"metric": (mention,)} if mention else {}


def anchors_of(
    said: Said, start: int = 0, end: int | None = None, without: Collection[Mention] = ()
) -> dict[str, list[Anchor]]:
    found: dict[str, list[Anchor]] = {}
    last = len(said.text) if end is None else end
    for mention in said.mentions:
        if mention.dimension not in SOFT and mention not in without and start <= mention.start < last:
            found.setdefault(mention.dimension, []).append(mention)
    for moment in said.moments:
        if moment.kind in ("dates", "weekday") and start <= moment.start < last and not moment.wrong:
            found.setdefault("date", []).append(moment)
        if moment.clock and start <= moment.start < last:
            found.setdefault("clock", []).append(moment)
    return found


def of_row(figure: Figure, said: Said) -> dict[str, tuple[Anchor, ...]]:
    """In a table: what its own field says, else its column's head, else the other fields of its row."""
    column = said.line.column(figure.start)
    own = anchors_of(said, column.start, column.end) if column else {}
    whole = {dimension: tuple(those) for dimension, those in anchors_of(said).items()}
    if column and EARLIER.search(column.header):
        whole = {dimension: those for dimension, those in whole.items() if dimension not in WHEN}
    carried: dict[str, tuple[Anchor, ...]] = {
        dimension: (Mention(CARRIED, CARRIED, dimension, name),)
        for dimension, name in said.line.carried.items()
    }
    mine = {dimension: tuple(those) for dimension, those in own.items()}
    return carried | whole | _heads(column, said) | mine


def _heads(column: Column | None, said: Said) -> dict[str, tuple[Anchor, ...]]:
    heads: dict[str, tuple[Anchor, ...]] = {}
    for mention in said.line.heads.get(column.start, ()) if column else ():
        dimension = "metric" if mention.dimension == "field" else mention.dimension
        if dimension not in SOFT:
            heads[dimension] = (*heads.get(dimension, ()), mention)
    return heads
