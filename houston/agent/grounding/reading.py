"""A sentence taken apart: its figures, its dates, and the names in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from houston.agent.grounding.evidence import Evidence
from houston.agent.grounding.figures import Figure, figures
from houston.agent.grounding.layout import Line
from houston.agent.grounding.moments import Moment, moments
from houston.agent.grounding.numerals import Reading
from houston.agent.grounding.text import blank, leading
from houston.agent.grounding.vocabulary import Mention
from houston.agent.grounding.words import one_in, spelled

MARKER = re.compile(r"^\s*(?:#{1,6}\s+)?(?:[-*•]\s+)?(?:\*\*|__)?(\d{1,2}[.)])(?=\s|\*\*|__)")
CODE = re.compile(r"`[^`]*`")
WORDY = re.compile(r"[A-Za-z_]")
IDIOM = re.compile(
    r"\b24/7\b|:[a-z][\w+-]*:|\br\d+(?:\.[\w.\[\]]+)?|&(?:#\d+|#x[\da-f]+|\w+);|\b[A-Z]{1,4}\d{1,3}\b|\b\d{1,3}D\b|\b(?:COVID|ISO|RFC)-?\s?\d+\b"
)
FIGURE_CODE = re.compile(r"`(?=[^`\w]{0,6}\d)[^`A-Za-z_]{1,40}(?:[A-Za-z]{1,3}[\s.]?)?`")
LONGEST = 1200
"""Characters of a sentence."""
MOST = 28
"""Figures of a sentence."""
LEADS = re.compile(r"leads? (?:with|the way|the pack|the field|the list)\b", re.IGNORECASE)
PER = re.compile(r"\b(?:per|each|every|an?)[\s*_]+$|/\s?$", re.IGNORECASE)
BESIDE = re.compile(
    r"[\s*_:=(]+(?:(?:of|is|was|were|at|to|in|new|total|lifetime|about)[\s*_]+)?[$€£~]?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence."""

    text: str
    """As cleaned; links and names that need no check are blank in it, so that all positions hold."""
    line: Line
    figures: tuple[Figure, ...]
    moments: tuple[Moment, ...]
    mentions: tuple[Mention, ...]
    fields: Mapping[int, Mention]
    """What a figure is of, by where it starts, where a field's name stands beside it."""

    rest: tuple[int, int] | None = None
    """What is left unread, where it is too much for one sentence."""

    def end_of(self, start: int) -> int:
        """Where the figure ends that starts there."""
        return next(figure.end for figure in self.figures if figure.start == start)


def read(line: Line, blanks: Iterable[tuple[int, int]], evidence: Evidence, today: date) -> Said:
    """Only so far as anybody would read it: `rest` is what is too long, or has too many figures."""
    text = blank(line.text[:LONGEST], [*blanks, *_ticks(line.text[:LONGEST])])
    named = evidence.vocabulary.mentions(text)
    mentions = tuple(one for one in named if not _is_per(text, one) and not _is_verb(text, one))
    bare = blank(text, _unclaimed(text, evidence))
    found = moments(bare, today, evidence.knows_day)
    numbers = _figures(blank(bare, ((one.start, one.end) for one in found)), evidence)
    end = min([LONGEST, *(figure.start for figure in numbers[MOST : MOST + 1])])
    kept = numbers[:MOST]
    fields = _measured(text, mentions, kept)
    told = tuple(one for one in found if one.end <= end)
    rest = (end, len(line.text.rstrip())) if len(line.text.rstrip()) > end else None
    return Said(text, line, tuple(kept), told, mentions, fields, rest)


def _ticks(text: str) -> list[tuple[int, int]]:
    """The marks around a figure that is written as code."""
    found = [match.span() for match in CODE.finditer(text) if FIGURE_CODE.fullmatch(match[0])]
    return [place for start, end in found for place in ((start, start + 1), (end - 1, end))]


def _is_per(text: str, mention: Mention) -> bool:
    """`per click` is of no clicks."""
    return bool(leading(PER, text, mention.start))


def _is_verb(text: str, mention: Mention) -> bool:
    """`Oakhill leads with 40 %` is of no leads."""
    return mention.name == ("lead",) and bool(LEADS.match(text, mention.start))


def _measured(text: str, mentions: Iterable[Mention], numbers: list[Figure]) -> dict[int, Mention]:
    """A field such as `orders` says what a figure is of only right beside it."""
    found: dict[int, Mention] = {}
    for mention in (one for one in mentions if one.dimension == "field"):
        if any(not text[one.end : mention.start].strip(" *_") for one in numbers if one.end <= mention.start):
            continue
        for figure in numbers:
            if mention.end <= figure.start and BESIDE.fullmatch(text[mention.end : figure.start]):
                found[figure.start] = mention
    return found


def _unclaimed(text: str, evidence: Evidence) -> list[tuple[int, int]]:
    """Numbers that are no claims: list markers, code, and names out of results."""
    places = [(found.start(1), found.end(1)) for found in [MARKER.match(text)] if found]
    places += [found.span() for found in CODE.finditer(text) if WORDY.search(found[0])]
    places += [found.span() for found in IDIOM.finditer(text)]
    return places + _names(text.casefold(), evidence.names)


def _are_counts(text: str, evidence: Evidence) -> bool:
    """`7 out of 43` runs: both were returned."""
    parts = [*figures(text), *spelled(text)]
    values = [part.readings[0].value for part in parts]
    return len(values) == 2 and all(
        any(entry.cell.role == "count" for entry in evidence.between(value, value)) for value in values
    )


def _names(lowered: str, names: set[str]) -> list[tuple[int, int]]:
    places = []
    for name in names:
        start = lowered.find(name)
        while start >= 0:
            end = start + len(name)
            if not lowered[start - 1 : start].isalnum() and not lowered[end : end + 1].isalnum():
                places.append((start, end))
            start = lowered.find(name, end)
    return places


def _figures(bare: str, evidence: Evidence) -> list[Figure]:
    ratios = [one for one in one_in(bare) if not _are_counts(bare[one[0] : one[1]], evidence)]
    rest = blank(bare, ((start, end) for start, end, _ in ratios))
    found = [*figures(rest, MOST + 1), *spelled(rest)]
    for start, end, percent in ratios:
        reading = Reading(percent, percent * 0.2)
        found.append(Figure(bare[start:end], start, end, (reading,), "percent", word=True, hedge=True))
    return sorted(found, key=lambda figure: figure.start)
