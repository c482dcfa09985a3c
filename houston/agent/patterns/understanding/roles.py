"""The part that an unknown word plays in its sentence: a verb, a judgement or an aside narrows nothing."""

import re
from collections.abc import Sequence

from houston.agent.patterns.understanding.judging_words import JUDGING
from houston.agent.patterns.understanding.words import Word

NAME = "\x01"
"""Stands for each letter of a name that is known."""
AUX = (
    r"(?:did|does|do|has|have|had|will|would|can|could|should|might|didn't|doesn't|don't|hasn't|haven't|"
    r"hadn't|won't)"
)
COPULA = r"(?:is|was|are|were|be|been|being|isn't|wasn't|aren't|weren't)"
SEEMING = (
    r"(?:look(?:s|ed|ing)?|seem(?:s|ed)?|feels?|felt|got|gets?|turn(?:s|ed)? out|remain(?:s|ed)?|"
    r"stay(?:s|ed)?)"
)
SMALL = r"(?:(?:the|our|my|all|any|most|more|many|total|each|of|those|these|this|that|one|average|least) )*"
SUBJECT = (
    rf"{SMALL}(?:{NAME}+|we|it|they|you|i|things|that|this|each|anything|everything)"
    rf"(?:(?:,| and| or| plus) (?:the |our )?{NAME}+)*"
)
GRADE = (
    r"(?:\w+ly|very|so|really|pretty|too|quite|super|rather|as|ever|even|just|still|this|that|a bit|a little|"
    r"kind of|sort of|somewhat|all)"
)
UNIT = r"(?:days?|weeks?|months?|quarters?|years?|hours?|weekends?|weekdays?|channels?|clients?|ones?)"
SPAN = r"(?:time|start|finish|run|stretch|period|job|show|spell|patch|drop|dip|rise|jump|fall|fashion|manner)"
VERB_SLOT = re.compile(rf"\b{AUX} {SUBJECT}(?: {GRADE})* $")
WISHED = re.compile(
    r"\b(?:want|need|like|love|try|trying|how|able|going|used|have|has|hope|plan|help|us|me|time|start|began|"
    r"manage|managed|seem|seems|happen|happens|tend|tends|failed|about|wanna) to $"
)
BASE_VERB = re.compile(
    r"\b(?:do|perform|go|compare|look|get|bring|make|fare|come|change|spend|earn|sell|cost|drive|generate|"
    r"deliver|convert|have|grow|drop|fall|rise|increase|decrease|produce|give|add|contribute|behave|run)\b"
)
RANKED_AFTER = re.compile(r" (?:up |in |out |away |down |off )?(?:us|me|the (?:most|least|best|highest|"
                          r"lowest|"
    r"fewest|biggest)|most|least)\b")  # fmt: skip
WHICH = re.compile(rf"\b(?:which|what|whose) (?:{UNIT}|{NAME}+) $|\bwho $|{NAME} $")
HOW = re.compile(rf"\bhow (?:{GRADE} )*$")
CLAUSE_END = re.compile(
    rf" ?(?:$|[?!.,;:)–—-]|(?:than|compared|vs|in|on|at|since|for|last|this|during|over|because|by|and|or|"
    rf"but|lately|now|again|these|when|as|from|to|before|after|with|{NAME})(?![\w-])|{NAME})"
)
SAID_OF_IT = re.compile(
    rf"(?:{SUBJECT} (?:{COPULA}|{SEEMING})|(?:^|[.,;?!] |\b(?:why|and|but|so|if|whether|because) ){COPULA} "
    rf"{SUBJECT}|\b{AUX} {SUBJECT} (?:look|seem|feel|get|be|turn out|remain|stay))(?: {GRADE})* $"
)
COUNTED = re.compile(
    rf"\bhow many (?:of )?(?:the |our )?(?:\w+ )?{NAME}+ (?:{COPULA}|got|have been|had been) $"
)
GRADED = re.compile(r"\b(?:very|really|pretty|too|quite|super|fairly|rather|so|extremely|insanely|truly) $")
MOST = re.compile(r"\b(?:most|least|more|less) $")
LY_NOUNS = frozenset(
    ["family", "supply", "reply", "italy", "assembly", "anomaly", "july", "jelly", "monopoly"]
)
LOOKS_JUDGING = re.compile(r"\w{3}(?:ful|ous|some|iest)$")
NO_JUDGEMENT = frozenset(
    ["west", "east", "midwest", "northwest", "harvest", "guest", "forest", "interest", "request", "test",
     "digest", "invest", "bequest", "indigenous", "religious", "conquest", "contest", "protest", "budapest",
     "bucharest"]
)  # fmt: skip


def selects(masked: str, phrase: Sequence[Word]) -> bool:
    """`how many bikes were stolen`: only those are counted to which it was done."""
    return COUNTED.search(masked[: phrase[0].start]) is not None and not _grades(phrase[0].text)


def narrows_nothing(masked: str, phrase: Sequence[Word]) -> bool:
    """Whether the sentence says the same without it. `masked`: the text, known names as NAME."""
    if all(_grades(word.text) for word in phrase):
        return True
    if len(phrase) > 1:
        return False
    word = phrase[0]
    before, after = masked[: word.start], masked[word.end :]
    return _is_verb(before, after) or _judges(before, after) or _is_an_amount(before, after)


def _grades(word: str) -> bool:
    adverb = len(word) > 5 and word.endswith("ly") and word not in LY_NOUNS
    looks = LOOKS_JUDGING.search(word) is not None and word not in NO_JUDGEMENT
    return adverb or looks or word in JUDGING or bool(_bases(word) & JUDGING)


def _bases(word: str) -> frozenset[str]:
    """`steeper` and `steepest` of steep, `juicier` of juicy."""
    found = re.fullmatch(r"(\w{3,}?)(?:er|est)", word)
    if not found:
        return frozenset()
    base = found[1]
    return frozenset((base, f"{base}e", base[:-1], f"{base[:-1]}y"))


def _is_verb(before: str, after: str) -> bool:
    """`did organic haul in`, `which channel nabbed the most`, `what email nets us`."""
    if WISHED.search(before):
        return True
    if VERB_SLOT.search(before) and not BASE_VERB.match(after.lstrip()):
        return True
    return bool(WHICH.search(before) and RANKED_AFTER.match(after))


def _judges(before: str, after: str) -> bool:
    """`how abysmal was revenue`, `was it lousy`, `revenue was meh`, `our least lucrative day`."""
    if HOW.search(before):
        return bool(re.match(rf" (?:{COPULA}|{AUX})\b", after))
    if GRADED.search(before) or (
        re.search(r"\b(?:a|an|such a) $", before) and re.match(rf" {SPAN}\b", after)
    ):
        return True
    if re.match(rf" {UNIT}\b", after):
        return bool(MOST.search(before) or re.search(r"\b(?:a|an|such a|our|the) $", before))
    if MOST.search(before) and re.search(rf"\b{COPULA}\b", before):
        return bool(CLAUSE_END.match(after))
    return bool(SAID_OF_IT.search(before) and CLAUSE_END.match(after))


def _is_an_amount(before: str, after: str) -> bool:
    """`an influx of bookings`, and what it is all for: `for my slides`."""
    if re.search(r"\bfor (?:my|a|an) $", before):
        return True
    return bool(
        re.search(r"\b(?:a|an|any|some) $", before)
        and re.match(rf" (?:of|in|on|for) (?:the |our )?{NAME}", after)
    )
