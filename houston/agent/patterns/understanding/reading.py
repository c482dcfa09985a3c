"""What one message says, on its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.corrections import moved_back
from houston.agent.patterns.understanding.cues import Cue, Span
from houston.agent.patterns.understanding.dates import with_days_first
from houston.agent.patterns.understanding.doubts import SAID_BY_VERB, resolved, with_doubts
from houston.agent.patterns.understanding.formulas import Formula, derived, find_formula
from houston.agent.patterns.understanding.kinds import with_channels, without_nouns
from houston.agent.patterns.understanding.names import Match, overlaps
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.periods import Found
from houston.agent.patterns.understanding.priced import priced
from houston.agent.patterns.understanding.rephrasing import rephrased
from houston.agent.patterns.understanding.sentences import asides, restated, said_in
from houston.agent.patterns.understanding.spotting import QUOTED, Spotted, spot
from houston.agent.patterns.understanding.strays import find_strays
from houston.agent.patterns.understanding.units import NUMBERS
from houston.agent.patterns.understanding.vocabulary import STOP_WORDS
from houston.agent.patterns.understanding.words import Word, made_plain, words_of

NUMBER = re.compile(r"\d+(?:am|pm|h|k|st|nd|rd|th)?")
IN_A_FORMULA = frozenset([
    "ratio", "proportion", "quotient", "share", "percent", "fraction", "rate", "rates", "ratios",
    "conversion", "thousand", "million",
])  # fmt: skip
COUNT_WORDS = {word: count for word, count in NUMBERS.items() if count > 1}


@dataclass(frozen=True, kw_only=True)
class Reading:
    raw: str
    text: str
    found: tuple[Found, ...]
    names: tuple[Match, ...]
    cues: tuple[Cue, ...]
    quoted: str
    loose: tuple[str, ...]
    """Words that nothing explains and that are not usual ones, in order."""
    strays: tuple[str, ...]
    """Those of them that stand where a name stands."""
    number: int | None
    formula: Formula | None = None

    @property
    def periods(self) -> tuple[Period, ...]:
        return tuple(found.period for found in self.found)

    def named(self, kind: str) -> tuple[Match, ...]:
        return tuple(match for match in self.names if match.kind == kind)

    def sure(self, kind: str) -> tuple[str, ...]:
        """The names that are meant without doubt."""
        return tuple(dict.fromkeys(match.names[0] for match in self.named(kind) if len(match.names) == 1))

    def cue(self, slot: str) -> str | None:
        return next((cue.value for cue in self.cues if cue.slot == slot), None)

    def has(self, slot: str, *values: str) -> bool:
        return any(cue.slot == slot and (not values or cue.value in values) for cue in self.cues)

    @property
    def intents(self) -> frozenset[str]:
        return frozenset(cue.value for cue in self.cues if cue.slot == "intent")

    @property
    def follows_up(self) -> bool:
        first = self.cues[:1]
        return any(cue.slot == "more" and cue.span[0] < 12 for cue in first) or self.text.startswith(
            ("and ", "same ")
        )

    @property
    def empty(self) -> bool:
        return not (self.found or self.names or self.cues or self.number)


@lru_cache(maxsize=256)
def read(raw: str, catalogue: Catalogue, today: date, *, month_first: bool = False) -> Reading:
    """`month_first`: 11/3 is 3 November, as Americans write it."""
    plain = _plain(raw, catalogue, month_first=month_first)
    spotted = spot(plain, catalogue, today)
    names, formula, worked_out = _settled(plain, spotted, catalogue)
    taken = [*spotted.taken, *worked_out, *((match.start, match.end) for match in names)]
    loose = [word for word in words_of(plain) if not overlaps(word.start, word.end, taken)]
    unknown = _unknown(plain, loose, names, catalogue, in_a_formula=formula is not None)
    return Reading(
        raw=raw,
        text=plain,
        found=spotted.found,
        names=tuple(names),
        cues=spotted.cues,
        quoted=next((match[1] for match in QUOTED.finditer(raw)), ""),
        loose=tuple(word.text for word in unknown),
        strays=_strays(raw, plain, unknown, names, spotted.found),
        number=_number(loose, _without(plain, [(one.start, one.end) for one in spotted.found])),
        formula=formula,
    )


def _plain(raw: str, catalogue: Catalogue, *, month_first: bool) -> str:
    plain = made_plain(raw, catalogue.words, catalogue.targets, catalogue.own_words)
    plain = with_days_first(plain) if month_first else plain
    return with_channels(rephrased(moved_back(plain)), catalogue.channel_nouns)


def _settled(
    plain: str, spotted: Spotted, catalogue: Catalogue
) -> tuple[list[Match], Formula | None, list[Span]]:
    """The names that are meant, what is worked out of them, and where that is said."""
    names, formula = priced(plain, with_doubts(plain, list(spotted.names), catalogue), catalogue)
    formula = formula or find_formula(plain, resolved(names))
    worked_out = derived(plain, catalogue.kinds)
    taken: list[Span] = []
    if worked_out and not any(_covers(match, worked_out[1]) for match in names):
        formula, taken = formula or worked_out[0], [worked_out[1]]
        names = [match for match in names if not overlaps(match.start, match.end, taken)]
    if formula and len(formula.metrics) > 1 and not taken:
        told = [match for match in names if match.kind == "metric" and match.names[0] in formula.metrics]
        taken = [(first.end, second.start) for first, second in pairwise(told)][:1]
    return (resolved(names) if formula else names), formula, taken


def _unknown(
    plain: str, loose: Sequence[Word], names: Sequence[Match], catalogue: Catalogue, *, in_a_formula: bool
) -> list[Word]:
    """Words that nothing explains and that are not usual ones."""
    explained = STOP_WORDS | COUNT_WORDS.keys() | (IN_A_FORMULA if in_a_formula else frozenset())
    unknown = [word for word in loose if word.text not in explained and not NUMBER.fullmatch(word.text)]
    return without_nouns(plain, unknown, names, catalogue.channel_nouns)


def _strays(
    raw: str, plain: str, unknown: Sequence[Word], names: Sequence[Match], found: Sequence[Found]
) -> tuple[str, ...]:
    """Those of them that narrow the question; what is said beside it narrows nothing."""
    told = [(match.start, match.end) for match in names] + [(one.start, one.end) for one in found]
    exact = [(match.start, match.end) for match in names if match.kind == "metric" and match.likeness > 98]
    beside = [*asides(plain, told), *restated(plain, exact)]
    narrowing = [word for word in unknown if not said_in(word, beside)]
    return find_strays(raw, plain, narrowing, [one for one in names if one.likeness != SAID_BY_VERB])


def _covers(match: Match, span: Span) -> bool:
    """A metric of this very name, which is read and not worked out."""
    return match.likeness > 90 and match.start <= span[0] and span[1] <= match.end


def _without(text: str, spans: Sequence[Span]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _number(loose: Sequence[Word], plain: str) -> int | None:
    """How many are asked for: `top 3`, `5 newest`."""
    ranked = re.search(
        r"(?:top|best|worst|bottom|first|last|latest|newest|biggest|largest|highest|lowest|"
        r"fewest)\s+(\d{1,2}|[a-z]+)\b",
        plain,
    )
    before = re.search(
        r"\b(\d{1,2}|[a-z]+) (?:best|worst|biggest|largest|highest|lowest|smallest|top)\b", plain
    )
    ranked = before if before and (before[1].isdigit() or before[1] in COUNT_WORDS) else ranked
    if ranked and (ranked[1].isdigit() or ranked[1] in COUNT_WORDS):
        return int(ranked[1]) if ranked[1].isdigit() else COUNT_WORDS[ranked[1]]
    digits = [word.text for word in loose if word.text.isdigit() and len(word.text) < 4]
    return int(digits[0]) if digits and int(digits[0]) else None
