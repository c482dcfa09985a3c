"""The free words of a question: what notes, reports, alerts and customers are searched for."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from houston.agent.patterns.understanding.conditions import condition_in
from houston.agent.patterns.understanding.dates import FEAST
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import Reading
from houston.agent.patterns.understanding.strays import VERB
from houston.agent.patterns.understanding.words import SHORTEST_MENDED, words_of

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
CODE = re.compile(
    r"\b(?!top|last|best)(?:[A-Za-z]+(?:[-_][A-Za-z0-9]{1,8})*[-_]\d{2,}|[A-Za-z]{1,4}\d{3,})\b"
)
NUMBERED = re.compile(
    r"\b(?:note|report|alert|customer|job|client id)\s*(?:#|no\.?|number|id)?\s*(\d+|[a-z]{1,4}\d{2,})\b",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"\b(?:about|plans? for|mention(?:ing|s|ed)?|regarding|concerning|contain(?:ing|s)?|"
    r"related to|titled|called|named|with the words?|on the topic of|that says?|saying)\s+"
    r"(?:the |a |an |our |my )?(?P<words>[^?!.]+)"
)
OF = re.compile(
    r"\b(?:(?:run|open|read|show|refresh|rerun|execute|see|get|give)(?: me)?(?: the| our| my)?|from the|of "
    r"the|in the|the|our|what does(?: the)?)\s+(?P<words>[\w' -]{3,60}?)\s+(?:report|query|note|alert|job|"
    r"pipeline|import)\b"
)
AUTHOR = re.compile(
    r"\b(?:written by|author(?:ed by)?|by|from)\s+(?P<by>[a-z][\w-]+)|\b(?P<whose>[a-z][\w-]+)'s? (?:\w+ "
    r")?notes?\b|\bnotes? (?:did|has|have|does) (?P<did>[a-z][\w-]+) (?:wr[io]te|written|left|leave|"
    r"ma[dk]e|add(?:ed)?|jot)|\b(?:anything|everything|something|what|things|notes?)(?: that| which)? "
    r"(?P<one>[a-z][\w-]+) (?:has |have )?(?:wrote|written|noted|left|jotted)|\b(?:did|has|have) "
    r"(?P<has>[a-z][\w-]+) (?:wr[io]te|written|left|leave|ma[dk]e|add(?:ed)?|jot|note|record)"
)
"""Who wrote the notes that are asked for."""
NOBODY = frozenset(
    ["we", "i", "us", "anything", "anybody", "anyone", "somebody", "someone", "everybody", "everyone", "they",
     "he", "she", "team", "who", "people", "note", "notes", "what", "did", "has", "have", "any", "the", "our"]
)  # fmt: skip
TITLED = ("notes", "note", "reports", "report", "alerts", "episodes", "rules", "destinations", "tasks")
WORDS_OF_COUNTING = ("bought", "buy", "spent", "loyalty", "returning", "purchase", "purchases", "email", "e")
DULL = frozenset([
    "address", "addresses", "become", "became", "called", "emails", "mail", "order", "orders", "revenue",
    "value", "spenders", "spender", "base", "lifetime", *WORDS_OF_COUNTING,
])  # fmt: skip
PEOPLE = ("customers", "customer_count", "new_customers", "returning")
POINTING = ("it", "that", "this", "them", "these")
LISTED = re.compile(r"\W*(?:list|name|show|who|which)\b")
OLDEST = re.compile(r"\b(?:oldest|longest|first(?= (?:ever )?customers?\b))\b")
JOINED = re.compile(r"\b(?:join\w*|new|sign\w* up|won|gain\w*|acquir\w*|register\w*)\b")
READS_ONE = re.compile(
    r"\bread\b|\bopen (?:the|that|this|our) |\b(?:full text|"
    r"what does .{0,60}\bnotes?\b.{0,60}\bsays?|details? of|whole)\b"
)


def with_search(question: Question, reading: Reading) -> Question:
    if question.intent in PEOPLE:
        return _people(question, reading)
    if question.intent not in TITLED:
        return question
    if question.intent == "notes" and (READS_ONE.search(reading.text) or NUMBERED.search(reading.text)):
        question = replace(question, intent="note")
    search = _numbered(reading) or reading.quoted or _phrase(reading)
    if question.intent in ("notes", "note") and not reading.quoted and (author := _author(reading)):
        return replace(question, intent="notes", author=author, search="", strays=(), unclear=())
    search = "" if search in POINTING else as_written(search, reading.raw)
    if feast := _feast(reading):
        search = search if feast in search else f"{feast} {search}".strip()
        question = replace(question, period=None, assumed_period=False)
    follows = question.follows and not search
    return replace(question, search=question.search if follows else search, strays=(), unclear=())


def _numbered(reading: Reading) -> str:
    found = NUMBERED.search(reading.text)
    return found[1] if found else ""


def _phrase(reading: Reading) -> str:
    """The words after `about`, or those that nothing else explains, names of metrics among them."""
    if found := ABOUT.search(reading.text):
        return _cut(found, reading)
    named = [match for kind in ("metric", "channel") for match in reading.named(kind)]
    words = {reading.text[match.start : match.end]: match.start for match in named}
    words |= {word: reading.text.find(word) for word in reading.loose}
    return " ".join(sorted(words, key=lambda word: words[word]))


def as_written(words: str, raw: str) -> str:
    """With the slips that were mended put back: what is searched for is nobody's slip but their name."""
    said = [word.text for word in words_of(raw)]
    return " ".join(
        word if word in said or len(word) < SHORTEST_MENDED else _nearest(word, said)
        for word in words.split()
    )


def _nearest(word: str, said: Sequence[str]) -> str:
    found = process.extractOne(word, said, scorer=OSA.distance, score_cutoff=2)
    return str(found[0]) if found else word


def _feast(reading: Reading) -> str:
    """`the Easter boxes`, `plans for Black Friday`: a day that is spoken of, not one that is asked for."""
    for one in reading.found:
        said = reading.text[one.start : one.end]
        dated = re.match(r"(?:since|from|before|after|over) ", said)
        if re.fullmatch(rf"(?:on |for |at |around |of |in |during )?(?:the )?{FEAST}", said) and not dated:
            return re.sub(r"^(?:on |for |at |around |of |in |during )?(?:the )?", "", said)
    return ""


def _author(reading: Reading) -> str:
    """A single unknown word where an author stands; `notes from Acme` and `from last week` have none."""
    said = [word for match in AUTHOR.finditer(reading.text) for word in match.groups() if word]
    unknown = {word.removesuffix("'s") for word in reading.loose}
    unknown |= {word for cue in reading.cues if cue.value == "notes" for word in cue.words.split()} - NOBODY
    return next((word for word in said if word in unknown), "")


def _cut(found: re.Match[str], reading: Reading) -> str:
    """Without the period that may follow; a day's name at the very beginning is what is searched for."""
    start, end = found.span("words")
    ends = [one.start for one in reading.found if start < one.start < end]
    clients = [match.start for match in reading.named("client") if start <= match.start < end]
    words = reading.text[start : min([end, *ends, *clients])].strip(" ,")
    return re.sub(
        r"(?:\s+(?:for|from|in|of|since|please|on|by|lately|recently|do we have|are there|in "
        r"(?:the |our )?notes))+$",
        "",
        words,
    ).strip(" \"'“”")


def _person(reading: Reading) -> str:
    """A name as it was written, else the words that nothing explains."""
    named = _capitals(reading.raw) if reading.has("rank") else reading.loose
    return " ".join(
        word for word in reading.loose if word not in DULL and word in named and not VERB.search(word)
    )


def _capitals(raw: str) -> frozenset[str]:
    """`the most devoted customer` names nobody: beside a rank, only what is written as a name is one."""
    return frozenset(word.casefold() for word in re.findall(r"(?<=\s)[A-Z][\w'-]+", raw))


def _people(question: Question, reading: Reading) -> Question:
    email = EMAIL.search(reading.raw) or CODE.search(reading.raw)
    numbered = _numbered(reading)
    segments = reading.named("segment")
    ordered = {*reading.sure("metric")}
    by_orders = any("order" in name.casefold() for name in ordered)
    newest = re.search(
        r"\b(?:newest|latest|most recent|recent|last)\b(?! (?:week|month|year|quarter|\d))", reading.text
    )
    order = "orders" if by_orders else "created_at" if newest else reading.cue("order") or question.order_by
    words = _person(reading)
    if segments and "new" in segments[0].names and not re.search(r"\bsegments?\b", reading.text):
        segments = ()
        if question.intent == "customer_count" or (reading.found and not LISTED.match(reading.text)):
            question = replace(question, intent="new_customers")
    if question.intent == "customer_count" and reading.strays and not segments:
        question, words = replace(question, intent="customers"), " ".join(reading.strays)
    search = email[0] if email else numbered or reading.quoted or as_written(words, reading.raw)
    condition = condition_in(reading.text)
    if condition and question.intent == "customer_count":
        question, search = replace(question, intent="customers"), ""
    if question.intent == "customer_count" and segments and reading.found and JOINED.search(reading.text):
        question = replace(question, intent="new_customers")
    if OLDEST.search(reading.text):
        question, order = replace(question, rank="bottom", intent="customers"), "created_at"
    return replace(
        question,
        condition=condition,
        limit=None if condition else question.limit,
        segment=segments[0].names[0] if segments else question.segment,
        search=search,
        order_by=order,
        strays=(),
        unclear=(),
    )
