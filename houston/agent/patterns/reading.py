"""What one message says, on its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from houston.agent.patterns.catalogue import Catalogue
from houston.agent.patterns.cues import STOP_WORDS, Cue, Span, find_cues
from houston.agent.patterns.names import CLOSE, Match, find_names, plain_form, words_of
from houston.agent.patterns.period import Period
from houston.agent.patterns.periods import Found, find_periods

QUOTED = re.compile(r"[\"“”]([^\"“”]{2,80})[\"“”]")
NOISE = re.compile(r"<[@#!][^>]*>|--client[ =]\S+|@houston\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Reading:
    text: str
    found: tuple[Found, ...]
    names: tuple[Match, ...]
    cues: tuple[Cue, ...]
    quoted: str
    unread: tuple[str, ...]
    """Words that nothing explains, in order."""
    number: int | None

    @property
    def periods(self) -> tuple[Period, ...]:
        return tuple(found.period for found in self.found)

    def named(self, kind: str) -> tuple[Match, ...]:
        return tuple(match for match in self.names if match.kind == kind)

    def cue(self, slot: str) -> str | None:
        return next((cue.value for cue in self.cues if cue.slot == slot), None)

    def has(self, slot: str, value: str | None = None) -> bool:
        return any(cue.slot == slot and value in (None, cue.value) for cue in self.cues)

    @property
    def follows_up(self) -> bool:
        return any(cue.slot == "more" for cue in self.cues[:1]) or self.text.startswith(("and ", "same "))


def read(text: str, catalogue: Catalogue, today: date) -> Reading:
    plain = NOISE.sub(" ", text).replace("’", "'").casefold().strip()
    quotes = [match.span() for match in QUOTED.finditer(plain)]
    compared = [cue for cue in find_cues(plain, quotes) if cue.slot == "compare" and cue.value]
    taken = [*quotes, *(cue.span for cue in compared)]
    found = [
        period for period in find_periods(plain, today) if not _within((period.start, period.end), taken)
    ]
    taken += [(period.start, period.end) for period in found]
    kinds = _kinds(catalogue)
    sure = find_names(plain, kinds, taken=taken, likeness=CLOSE)
    taken += [(match.start, match.end) for match in sure]
    cues = [*compared, *find_cues(plain, taken)]
    taken += [cue.span for cue in cues]
    shortened = [
        match for match in find_names(plain, kinds, taken=taken) if not _only_stop_words(plain, match)
    ]
    taken += [(match.start, match.end) for match in shortened]
    loose = _loose_words(plain, taken)
    numbers = [word for word in loose if word.isdigit()]
    return Reading(
        text=plain,
        found=tuple(found),
        names=tuple(sorted([*sure, *shortened], key=lambda match: match.start)),
        cues=tuple(sorted(cues, key=lambda cue: cue.span)),
        quoted=next((match[1] for match in QUOTED.finditer(plain)), ""),
        unread=tuple(word for word in loose if word not in STOP_WORDS and not _rank(word, cues)),
        number=int(numbers[0]) if numbers else None,
    )


def _kinds(catalogue: Catalogue) -> dict[str, list[str]]:
    clients = catalogue.clients or {}
    return {
        "metric": [metric.name for metric in catalogue.metrics],
        "channel": list(catalogue.channels),
        "client": [*clients.values(), *_other_slugs(clients)],
        "segment": list(catalogue.segments),
    }


def _other_slugs(clients: Mapping[str, str]) -> list[str]:
    """Slugs that say something else than the client's name does."""
    return [slug for slug, name in clients.items() if plain_form(slug) != plain_form(name)]


def _loose_words(text: str, taken: list[Span]) -> list[str]:
    return [word.text for word in words_of(text) if not _within((word.start, word.end), taken)]


def _within(span: Span, taken: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def _only_stop_words(text: str, match: Match) -> bool:
    return all(word.text in STOP_WORDS for word in words_of(text[match.start : match.end]))


def _rank(word: str, cues: list[Cue]) -> bool:
    return word.isdigit() and any(cue.slot in ("rank", "customers", "intent") for cue in cues)
