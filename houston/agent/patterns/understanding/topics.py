"""Which of the things that a team keeps a message is about: reports, customers, a person, a day."""

import re
from collections.abc import Sequence

from houston.agent.patterns.understanding.parts import part_in
from houston.agent.patterns.understanding.question import Intent
from houston.agent.patterns.understanding.reading import Reading
from houston.agent.patterns.understanding.searching import CODE
from houston.agent.patterns.understanding.trades import PEOPLE

NAMELESS = frozenset([
    "a", "an", "any", "the", "this", "that", "which", "what", "no", "each", "every", "new", "our",
    "latest", "last", "my", "some", "another", "one",
])  # fmt: skip

SPENT_BY = re.compile(
    r"\b(?:what|how (?:much|many|often)(?: \w+)?) (?:has|have|did|does) "
    r"(?!we\b|you\b|it\b|they\b|the\b|our\b|all\b|each\b)[^\W\d_]+ [^\W\d_]+ "
    r"(?:spend|spent|buy|bought|order|ordered|purchase|purchased|pay|paid)\b"
)
"""`what did Maria Gomez spend`"""

FULL_NAME = re.compile(
    r"\b(?P<first>[A-Z][\w'’-]+) (?:(?:van|de|der|den|von|di|da|la|le|el|al|bin) )*(?P<last>[A-Z][\w'’-]+)\b"
)
OF_A_PERSON = re.compile(
    r"\bsince when\b|\bwith us\b|\bjoin(?:ed)?\b|\bsign(?:ed)? up\b|\borders?\b|\bordered\b|\bbought\b|"
    r"\bbuys?\b|\bpurchases?\b|\bcustomers?\b|\bbuyers?\b|\bsegment\b|\be-?mails?\b|\bworth\b|"
    r"\bspen[dt]s?\b|\bhow long\b"
)


def _unknown_person(reading: Reading) -> bool:
    """A word of the name is unknown, and nothing else is named; the other may have been mended."""
    found = FULL_NAME.findall(reading.raw)
    loose = {word.removesuffix("'s") for word in reading.loose}
    known = reading.named("metric") or reading.named("channel")
    return not known and any({first.casefold(), last.casefold()} & loose for first, last in found)


def names_a_person(reading: Reading) -> bool:
    return bool(
        FULL_NAME.search(reading.raw) and OF_A_PERSON.search(reading.text) and _unknown_person(reading)
    )


def looked_up(reading: Reading) -> bool:
    """`look up Hugo Jost`, `who is Ada?`, `ada@example.com`, `ACME-1030`"""
    if CODE.search(reading.raw) and not reading.named("metric"):
        return True
    if "@" in reading.text and re.search(r"[\w.+-]+@[\w-]+\.\w+", reading.text):
        return True
    asked = re.match(
        r"(?:please |can you |could you )*(?:look ?up|find|search(?: for)?|who is|do we know|"
        r"is there (?:a|an)) (?!the\b|our\b|your\b|my\b)",
        reading.text,
    )
    told = re.search(
        r"\be-?mail(?: address)? of\b|\bhow much (?:has|did) (?!we\b|you\b|"
        r"it\b)[a-z]+ [a-z]+ (?:spent|spend|bought|buy)",
        reading.text,
    )
    if asked and asked[0].endswith("who is ") and not _named_next(reading, asked.end()):
        return False
    if names_a_person(reading):
        return True
    unknown = reading.strays or (asked and reading.loose and not reading.intents)
    if SPENT_BY.search(reading.text) and reading.strays and not reading.named("channel"):
        return True
    return bool((asked or told) and unknown and not reading.named("metric"))


def _named_next(reading: Reading, at: int) -> bool:
    """`who is Ada`, unlike `who is cheaper, us or Contoso`."""
    words = reading.text[at:].split()
    doing = bool(words) and DOING.fullmatch(words[0]) is not None
    return bool(words) and not doing and words[0].strip("?!.,'") in " ".join(reading.loose).split()


DOING = re.compile(r"\w{3,}ing\b\W*")
"""`who is writing the newsletter` looks for nobody called Writing."""
IS_WEEKDAY = re.compile(
    r"^(?:hey |hi |and |so )?(?:is|was|will|does|did) .{3,30} (?:a|on a|on) (?:mon|tues|wednes|thurs|fri"
    r"|satur|sun)day\W*$"
)
"""`was 3 October a Saturday?`"""


def weekday_asked(reading: Reading) -> bool:
    """`what day was 3 Nov?`"""
    days: Sequence[object] = [period for period in reading.periods if period.start == period.end]
    days = days or [part for part in (part_in(reading.text),) if part and "day" in part[0]]
    if days and re.match(r"(?:hey |hi |and )?when (?:is|was|will)\b", reading.text):
        return True
    if days and IS_WEEKDAY.search(reading.text):
        return True
    asked = re.search(
        r"\b(?:what|which) (?:is )?(?:the |today |current )*(?:day|weekday|date)\b|\bday of the week\b",
        reading.text,
    )
    return bool(days and asked and not reading.has("rank"))


def about_reports(reading: Reading) -> bool:
    if "reports" not in reading.intents:
        return False
    if not reading.named("metric"):
        return True
    if re.search(r"\bfor (?:the|my|our|a|this)(?: [\w-]+){0,2} reports?\b", reading.text):
        return False
    cue = next(cue for cue in reading.cues if cue.value == "reports")
    verb = re.match(r"(?:please |can you |could you |pls )*report(?: on| the| our)* ", reading.text)
    return not (verb and cue.span[0] < verb.end() and reading.named("metric")[0].start > cue.span[0])


def one_report(reading: Reading) -> bool:
    text = reading.text
    if reading.quoted or re.search(
        r"\b(?:run|rerun|re-run|execute|refresh|open|read|rows?|content|say|says|show me the|"
        r"results? of|what is in|what does)\b",
        text,
    ):
        return not re.search(
            r"\b(?:which|what|list|all|any|how many)(?: \w+){0,3} (?:reports|queries)\b|"
            r"\breports (?:do|are|exist)",
            text,
        )
    named = re.search(r"\b([\w']+) (?:report|query)\b", text)
    return bool(named and named[1] not in NAMELESS) or bool(
        re.search(r"\breport\b", text) and (reading.loose or reading.named("metric"))
    )


def about_the_metric(reading: Reading) -> bool:
    """`revenue per customer last week` is about a metric; `top customers by revenue` is not."""
    if re.search(
        r"\bwho (?:usually |typically |generally |really )?(?:spends?|pays?|buys?|orders?)\b", reading.text
    ):
        return False
    ours = {match.names[0].casefold() for match in reading.named("metric")}
    ordered = any(
        word in name for name in ours for word in ("revenue", "order", "sales", "turnover", "value", "spend")
    )
    return bool(ours) and not ordered and not reading.has("rank")


def unknown_of_people(reading: Reading) -> bool:
    """`the churn risk of our customers`: a figure that is not kept, and no customer of that name."""
    found = re.search(
        rf"(?P<word>[\w-]+) (?:of|for|per) (?:all |each |every )?(?:our |the |my )?{PEOPLE}\b", reading.text
    )
    mail = found and re.match(r"e-?mails?$|address", found["word"])
    return bool(found and not mail and found["word"] in reading.loose and not reading.quoted)


def about_customers(reading: Reading) -> Intent:
    text = re.sub(
        r"\b(?:no matter|regardless of|whatever|irrespective of|never mind)\b.*?\bsegments?\b",
        "",
        reading.text,
    )
    if re.search(r"\b(?:which|what|top|best|biggest|worst|smallest) (?:customer )?segments?\b", text):
        return "customer_count"
    if reading.has("customers", "returning"):
        return "returning"
    if reading.has("customers", "new") and not (
        reading.has("order", "created_at")
        or re.search(r"\b(?:newest|latest|most recent|who (?:are|is)|list|name)\b", reading.text)
    ):
        return "new_customers"
    if reading.has("customers", "segments") and not reading.has("rank") and not reading.named("segment"):
        return "customer_count"
    if reading.has("count") and not reading.has("rank"):
        return "customer_count"
    if (
        reading.has("rank")
        or reading.quoted
        or reading.number
        or reading.has("order")
        or reading.loose
        or reading.named("segment")
    ):
        return "customers"
    counted = re.search(r"\b(?:count|summar\w+|overview|breakdown|split|total)\b", reading.text)
    return "customer_count" if counted or reading.periods else "customers"
