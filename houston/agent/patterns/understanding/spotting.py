"""What a message is seen to hold at first sight: periods, names and cues, and where they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.corrections import corrected_at, without_corrected
from houston.agent.patterns.understanding.cues import Cue, Span, find_cues
from houston.agent.patterns.understanding.exactly import exact_periods
from houston.agent.patterns.understanding.likeness import CLOSE, usual_form
from houston.agent.patterns.understanding.names import Match, find_names, overlaps
from houston.agent.patterns.understanding.periods import Found, find_periods
from houston.agent.patterns.understanding.shorthand import stem
from houston.agent.patterns.understanding.trades import counted_by_a_metric, meant_as_people
from houston.agent.patterns.understanding.unheld import bought
from houston.agent.patterns.understanding.vocabulary import STOP_WORDS
from houston.agent.patterns.understanding.words import plain_form, singular, words_of

QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]{2,120})[\"“”„«»]")
NOUN_COST = re.compile(r"\b(?:the|our|total|average) costs?$")
COST_OF = re.compile(r"costs? (?:per|of|for each)\b")
"""Where `cost` is a noun, and so may be a name in short."""


@dataclass(frozen=True, kw_only=True)
class Spotted:
    found: tuple[Found, ...]
    names: tuple[Match, ...]
    cues: tuple[Cue, ...]
    taken: tuple[Span, ...]
    """The stretches of text that are explained by these, or quoted."""


def spot(plain: str, catalogue: Catalogue, today: date) -> Spotted:
    """The surest first: what has been explained once is not read again as something else."""
    quotes = [match.span() for match in QUOTED.finditer(plain)]
    compared = [cue for cue in find_cues(plain, quotes) if cue.slot == "compare" and cue.value]
    taken: list[Span] = [*quotes, *(cue.span for cue in compared)]
    found = _periods(plain, catalogue, today, quotes, taken)
    taken += [(one.start, one.end) for one in found]
    found = exact_periods(plain, found)
    sure = _sure_names(plain, catalogue, taken)
    taken += [(match.start, match.end) for match in sure]
    counted = [(word.start, word.end) for word in counted_by_a_metric(plain, catalogue.own_words)]
    cues = [*compared, *find_cues(plain, [*taken, *counted])]
    taken += [cue.span for cue in cues]
    short = _short_names(plain, catalogue, taken)
    names = sorted([*sure, *short], key=lambda match: match.start)
    if (corrected := corrected_at(plain)) is not None:
        names, found = without_corrected(corrected, names, found)
    return Spotted(
        found=tuple(found),
        names=tuple(names),
        cues=tuple(sorted(cues, key=lambda cue: cue.span)),
        taken=(*taken, *((match.start, match.end) for match in short)),
    )


def _periods(
    plain: str, catalogue: Catalogue, today: date, quotes: Sequence[Span], taken: Sequence[Span]
) -> list[Found]:
    """None inside a longer name: `first week retention` names no week."""
    exact = find_names(plain, catalogue.kinds, taken=quotes, likeness=99.5)
    longer = [(match.start, match.end) for match in exact if " " in plain[match.start : match.end]]
    return [one for one in find_periods(plain, today) if not overlaps(one.start, one.end, [*taken, *longer])]


def _sure_names(plain: str, catalogue: Catalogue, taken: Sequence[Span]) -> list[Match]:
    return [
        match
        for match in find_names(plain, catalogue.kinds, taken=taken, likeness=CLOSE)
        if not (match.kind == "metric" and meant_as_people(plain, match.start, match.end))
    ]


def _short_names(plain: str, catalogue: Catalogue, taken: Sequence[Span]) -> list[Match]:
    return [
        one
        for one in find_names(plain, catalogue.kinds, taken=taken)
        if not _usual(plain, one) and not bought(plain, one)
    ]


def _usual(text: str, match: Match) -> bool:
    if NOUN_COST.search(text[: match.end]) or COST_OF.match(text[match.start :]):
        return False
    said = text[match.start : match.end]
    if text[: match.start].endswith(" per "):
        return False
    if " " in said and usual_form(said) != singular(said):
        return False
    name = [stem(word) for word in singular(plain_form(match.names[0])).split()]
    if [stem(word.text) for word in words_of(text[match.start :])][: len(name)] == name:
        return False
    return all(word.text in STOP_WORDS for word in words_of(text[match.start : match.end]))
