"""Unknown words that stand where a name stands: nothing may be answered past them."""

import re
from collections.abc import Sequence

from houston.agent.patterns.understanding.dates import MONTH
from houston.agent.patterns.understanding.names import Match
from houston.agent.patterns.understanding.roles import LY_NOUNS, NAME, narrows_nothing, selects
from houston.agent.patterns.understanding.words import Word, words_of

BEFORE_A_NAME = frozenset([
    "for", "of", "from", "on", "in", "via", "by", "at", "vs", "per", "about", "through", "using", "and",
    "or", "our", "between", "against", "which", "much", "many",
])  # fmt: skip
OF_MARKETING = frozenset(["ad", "ads", "advertising", "campaigns", "marketing"])
"""What a marketing team says of anything: `spent on ads`."""
VERB = re.compile(r"\w{3}(?:ed|ing|ly)$")
ADVERB = re.compile(r"\w{3}ly$")
SMALL = frozenset(["the", "our", "my", "this", "that", "a", "an"])
NAMING = frozenset(
    ["rate", "ratio", "metric", "channel", "client", "campaign", "segment", "score", "index", "numbers",
     "data", "figures", "report", "account", "share", "cost", "price", "prices", "pricing", "fees", "plan",
     "plans"]
)  # fmt: skip
ASKED_OF = re.compile(r"\b(?:is|are|was|were|did|does|do|has|have|had)(?: (?:the|our|my|a|an))? $")
HELD_AGAINST = re.compile(
    r"\b(?:us|we|ours) (?:or|and|vs|versus|against) $|\b(?:beat(?:ing|s|en)?|outperform\w*|outsell\w*|"
    r"overt[ao]k\w+|match(?:ing)?|losing to|behind|ahead of|bigger than|smaller than|like) $|"
    r"\b(?:compar\w+|stack(?:s|ed)? up|versus|than|measure up|relative) (?:with |to |against )?(?:(?:the|"
    r"an?) )?$"
)
US = re.compile(r"(?:'s)?(?: \w+){0,3}? (?:vs|than|against|or|and|compared (?:with|to)) (?:us|we|ours?|me)\b")


def find_strays(raw: str, plain: str, unknown: Sequence[Word], known: Sequence[Match]) -> tuple[str, ...]:
    """Such words, those that follow each other as one phrase."""
    names = [(match.start, match.end) for match in known]
    words = words_of(plain)
    proper, masked = _proper(raw), _masked(plain, names)
    phrases: list[list[Word]] = []
    for word in unknown:
        if word.text in OF_MARKETING:
            continue
        if phrases and not plain[phrases[-1][-1].end : word.start].strip(" -_"):
            phrases[-1].append(word)
        else:
            phrases.append([word])
    return tuple(
        " ".join(one.text for one in phrase)
        for phrase in phrases
        if _is_no_date(phrase)
        or _is_a_kind_of_figure(plain, phrase)
        or selects(masked, phrase)
        or any(one.text in proper for one in phrase)
        or (
            not narrows_nothing(masked, phrase)
            and (_in_a_names_place(plain, words, phrase, names) or _is_a_subject(plain, phrase))
        )
    )


def _masked(plain: str, names: Sequence[tuple[int, int]]) -> str:
    for start, end in names:
        plain = plain[:start] + NAME * (end - start) + plain[end:]
    return plain


def _is_no_date(phrase: Sequence[Word]) -> bool:
    """A month that no period took, such as that of 31 February."""
    return re.fullmatch(MONTH, phrase[0].text) is not None


def _is_a_kind_of_figure(plain: str, phrase: Sequence[Word]) -> bool:
    """`the open rate`, which is no metric here."""
    return phrase[-1].text in ("rate", "rates", "ratio", "score", "index") and bool(
        re.search(r"\w", plain[: phrase[-1].start])
    )


def _is_a_subject(plain: str, phrase: Sequence[Word]) -> bool:
    """`how is Contoso doing`, `Contoso vs us`: whatever is said, it is said of nothing that is known here."""
    before, after = plain[: phrase[0].start], plain[phrase[-1].end :]
    if HELD_AGAINST.search(before) or US.match(after):
        return True
    return bool(ASKED_OF.search(before)) and not _verbal(phrase[0].text)


def _in_a_names_place(
    plain: str, words: Sequence[Word], phrase: Sequence[Word], names: Sequence[tuple[int, int]]
) -> bool:
    before = [word for word in words if word.end <= phrase[0].start]
    while before and before[-1].text in SMALL:
        before.pop()
    after = next((word for word in words if word.start >= phrase[-1].end), None)
    if before and before[-1].text in BEFORE_A_NAME:
        return True
    if after and after.text in NAMING:
        return True
    if any(_stands_before(plain, phrase, name) for name in names):
        return not ADVERB.search(phrase[0].text) or phrase[0].text in LY_NOUNS
    if any(_touch(plain, phrase, name) for name in names):
        return not _verbal(phrase[0].text)
    return bool(names) and not _verbal(phrase[0].text) and not _is_object(words, phrase)


def _stands_before(plain: str, phrase: Sequence[Word], name: tuple[int, int]) -> bool:
    """`cancelled orders` and `catering revenue` are some of them."""
    return phrase[-1].end <= name[0] and not plain[phrase[-1].end : name[0]].strip(" -_")


def _verbal(word: str) -> bool:
    return VERB.search(word) is not None and word not in LY_NOUNS


def _touch(plain: str, phrase: Sequence[Word], name: tuple[int, int]) -> bool:
    start, end = name
    if end <= phrase[0].start:
        return not plain[end : phrase[0].start].strip(" -_")
    return not plain[phrase[-1].end : start].strip(" -_")


def _is_object(words: Sequence[Word], phrase: Sequence[Word]) -> bool:
    """`installed the game`: what a verb is done to, which narrows nothing."""
    before = [word.text for word in words if word.end <= phrase[0].start]
    return bool(before) and before[-1] in SMALL


def _proper(raw: str) -> frozenset[str]:
    """Words written with a capital where no sentence begins; none where all is written so."""
    if raw.upper() == raw:
        return frozenset()
    found = re.finditer(r"(?<=[a-z0-9,;:&] )([A-Z][\w'-]+)", raw)
    return frozenset(match[1].casefold().removesuffix("'s") for match in found)
