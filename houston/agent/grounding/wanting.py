"""The names and dates of which a sentence says that each of its figures is.

A sentence with one channel in it says all its figures of that channel. One with several is read in
each way that people write: the name before the figure, the name after it, or one list of names and
one of figures.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, product

from houston.agent.grounding.anchors import WHEN, anchors_of, beside, of_row
from houston.agent.grounding.belonging import CARRIED, SHARE_OF, Anchor, Wanted
from houston.agent.grounding.choosing import chosen, key_of
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.reading import Said
from houston.agent.grounding.text import leading, says
from houston.agent.grounding.vocabulary import Mention

EACH = re.compile(
    r"^[\s*_)]*(?:(?:per|an?)\s(?!day|week|month|year|hour)\w+|each\b|/\s?(?!day|week)\w+)",
    re.IGNORECASE,
)
AT = re.compile(r"\bat[\s*_]*$")
ASIDE = re.compile(r"\b(?:on|with|from|for|per)\s[\s*_]*[\d.,\u202f\u00a0kKM]+[\s*_]*$")
OF = re.compile(
    r"[\s*_]*(?:(?:in|of)[\s*_]+(?:(?:the|all|its|our|their|these|those)[\s*_]+)?)?", re.IGNORECASE
)
COMPARES = re.compile(r"\b(?:than|against|compared|versus|vs)\b", re.IGNORECASE)
VERSUS = re.compile(
    r"\b(?:than|from|against|compared|versus|vs|instead|after|before|up|down)\b", re.IGNORECASE
)
FROM = re.compile(
    r"\bfrom[\s*_~≈]*(?:(?:about|around|roughly|nearly|just \w+)\s)?[\s*_~$€£]*$", re.IGNORECASE
)
TO = re.compile(r"[\s*_)]*(?:to\b|→|->)", re.IGNORECASE)
ENDED = re.compile(r"\b(?:closed|ended|finished)\b", re.IGNORECASE)
"""After `opened at 5 and`: the day that follows is the last one's."""
PAUSE = re.compile(r"[;—]|,\s")
SCHEMES = ("before", "after", "inorder", "either")
MOST_WAYS = 64
Owned = Mapping[int, Mention]
"""By where a figure starts, the name that it alone is of."""


def wants(figures: Sequence[Figure], said: Said) -> Iterator[list[Wanted]]:
    """Each way to read the sentence: for every figure, what it is said to be of."""
    if said.line.is_row:
        yield [of_row(figure, said) | beside(figure, said) for figure in figures]
        return
    owned = {figure.start: mention for figure in figures if (mention := _owned(figure, said))}
    anchors = anchors_of(said, without={one for one in owned.values() if _is_aside(one, said)})
    for dimension, name in said.line.carried.items():
        anchors.setdefault(dimension, [Mention(CARRIED, CARRIED, dimension, name)])
    several = [d for d, those in anchors.items() if len({key_of(one) for one in those}) > 1]
    for schemes in _ways(several, anchors, figures, said):
        yield [
            _single(figure, anchors, several, owned, said)
            | _of_several(index, figures, anchors, schemes, said)
            | ({"metric": (owned[figure.start],)} if figure.start in owned else {})
            | beside(figure, said)
            | _unbound(figure, said, owned)
            for index, figure in enumerate(figures)
        ]


def _ways(
    several: Sequence[str],
    anchors: Mapping[str, Sequence[Anchor]],
    figures: Sequence[Figure],
    said: Said,
) -> Iterator[dict[str, str]]:
    """By dimension: where a figure's name stands. No name stands after the figures that begins them."""
    compares = says(COMPARES, said.text)
    choices = [SCHEMES if compares or dimension in WHEN else SCHEMES[:-1] for dimension in several]
    for ways in islice(product(*choices), MOST_WAYS):
        schemes = dict(zip(several, ways, strict=True))
        if not any(
            scheme == "after" and d not in WHEN and anchors[d][0].start < figures[0].start
            for d, scheme in schemes.items()
            if figures
        ):
            yield schemes


def _single(
    figure: Figure,
    anchors: Mapping[str, Sequence[Anchor]],
    several: Collection[str],
    owned: Owned,
    said: Said,
) -> dict[str, tuple[Anchor, ...]]:
    """Of the only name of a dimension; a date across a comparison is not that of the other side."""
    found: dict[str, tuple[Anchor, ...]] = {}
    for dimension, (anchor, *_) in anchors.items():
        if dimension in several or _is_of_later_share(figure, anchor, owned, said):
            continue
        if dimension not in WHEN or not _is_across(figure, anchor, owned, said):
            found[dimension] = (anchor,)
    return found


def _is_across(figure: Figure, anchor: Anchor, owned: Owned, said: Said) -> bool:
    """The date is that of the other side of a comparison, or of what the figure became."""
    if anchor.start < figure.end:
        between = said.text[anchor.end : figure.start]
        if figure.start in owned:  # `$500 from 12 orders` compares nothing
            between = between.removesuffix("from ")
        return bool(VERSUS.search(between))
    between = said.text[figure.end : anchor.start]
    if any(
        figure.end <= one.start < anchor.start and PAUSE.search(said.text[figure.end : one.start])
        for one in said.figures
    ):
        return True  # `out of 90 in all, 12 came on Monday`
    became = leading(FROM, said.text, figure.start) and TO.match(between)
    return bool(became or VERSUS.search(between) or ENDED.search(between))


def _is_of_later_share(figure: Figure, anchor: Anchor, owned: Owned, said: Said) -> bool:
    """In `(up 0.3 %) and 3.9 % of the clicks`, the first figure is of no clicks."""
    return any(
        mention == anchor and figure.end <= start and SHARE_OF.match(said.text[said.end_of(start) :])
        for start, mention in owned.items()
    )


def _of_several(
    index: int,
    figures: Sequence[Figure],
    anchors: Mapping[str, Sequence[Anchor]],
    schemes: Mapping[str, str],
    said: Said,
) -> dict[str, tuple[Anchor, ...]]:
    found = {}
    for dimension, scheme in schemes.items():
        open_ = [one for one in anchors[dimension] if not _is_enclosed(one, figures, index, said)]
        found[dimension] = chosen(scheme, open_, figures, index)
    return {dimension: those for dimension, those in found.items() if those}


def _is_enclosed(anchor: Anchor, figures: Sequence[Figure], index: int, said: Said) -> bool:
    """In `from $40 (Email) to $90 (Search), $65 on average`, the last figure is of no channel."""
    if anchor.start > figures[index].start or ")" not in said.text[anchor.end : figures[index].start]:
        return False
    return any(
        said.text[one.end : anchor.start].strip(" *_~") == "("
        for one in figures[:index]
        if one.end <= anchor.start
    )


def _owned(figure: Figure, said: Said) -> Mention | None:
    """`630 clicks`: the name that follows at once is of this figure, and of no other."""
    for mention in said.mentions:
        if mention.start < figure.end or mention.dimension not in ("metric", "field"):
            continue
        if OF.fullmatch(said.text[figure.end : mention.start]):
            return mention
    return None


def _is_aside(mention: Mention, said: Said) -> bool:
    """`…, on 630 clicks`, and any of several with a figure of their own: it says nothing of others."""
    several = len({one.name for one in said.mentions if one.dimension == "metric"}) > 1
    return several or bool(leading(ASIDE, said.text, mention.start))


def _unbound(figure: Figure, said: Said, owned: Owned) -> dict[str, tuple[Anchor, ...]]:
    """`$1.08 per click` is of no metric named elsewhere; nor is money beside `630 clicks`."""
    if figure.start in owned:
        return {}
    counted = {one.kind for one in said.figures if one.start in owned} == {"plain"}
    named = {one.name for one in said.mentions if one.dimension == "metric"}
    other = figure.kind == "money" or (figure.kind == "percent" and leading(AT, said.text, figure.start))
    if EACH.match(said.text[figure.end :]) or (counted and other and len(named) == 1):
        return {"metric": ()}
    return {}
