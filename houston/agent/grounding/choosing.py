"""Which of several names of one kind a figure is of, under one way to read the sentence."""

from collections.abc import Sequence

from houston.agent.grounding.belonging import Anchor
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.moments import Moment
from houston.agent.grounding.vocabulary import Mention


def chosen(
    scheme: str, anchors: Sequence[Anchor], figures: Sequence[Figure], index: int
) -> tuple[Anchor, ...]:
    figure = figures[index]
    anchors = [one for one in anchors if not _is_open(one) or _is_beside(one, index, figures)]
    if not anchors:
        return ()
    before = [one for one in anchors if one.start < figure.start] or anchors[:1]
    after = [one for one in anchors if one.start >= figure.end] or anchors[-1:]
    if scheme == "before":
        return (before[-1],)
    if scheme == "after":
        return (after[0],)
    if scheme == "either":
        return (before[-1], after[0]) if _is_beside(after[0], index, figures) else (before[-1],)
    distinct = list({key_of(one): one for one in anchors}.values())
    return (distinct[index % len(distinct)],) if len(figures) == len(distinct) else (before[-1],)


def key_of(anchor: Anchor) -> object:
    """The same for two anchors that name the same."""
    return (
        anchor.name
        if isinstance(anchor, Mention)
        else (anchor.first, anchor.last, anchor.weekday, anchor.clock)
    )


def _is_open(anchor: Anchor) -> bool:
    """`the week before`: which one is not said."""
    return isinstance(anchor, Moment) and anchor.first is None and anchor.weekday is None and not anchor.clock


def _is_beside(anchor: Anchor, index: int, figures: Sequence[Figure]) -> bool:
    """Whether no other figure stands between the two."""
    figure = figures[index]
    low, high = sorted((anchor.start, figure.start))
    return not any(low < one.start < high for one in figures if one is not figure)
