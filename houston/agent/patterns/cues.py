"""The words that say what is wanted, as data."""

import re
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Cue:
    slot: str
    value: str
    span: Span
    words: str


RANKED = r"(?:(?<=best )|(?<=worst )|(?<=top )|(?<=strongest )|(?<=weakest ))"
PATTERNS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("compare", "same_period_last_week", (
        r"(?:the )?same (?:days?|time|period|weekday) (?:of )?(?:the )?(?:last|previous) week",
        r"(?:the )?same (?:days?|time) (?:a|the|one) week (?:ago|before|earlier)",
        r"(?:a|one) week (?:before|earlier)",
        r"week[- ](?:on|over)[- ]week",
        "wow",
    )),
    ("compare", "same_period_last_month", (
        r"(?:the )?same (?:days?|time|period) (?:of )?(?:the )?(?:last|previous) month",
        r"month[- ](?:on|over)[- ]month",
        "mom",
    )),
    ("compare", "same_period_last_year", (
        r"(?:the )?same (?:days?|time|period|week|month|quarter) (?:of )?(?:the )?(?:last|previous) year",
        r"(?:a|one|the) year (?:ago|before|earlier)",
        r"year[- ](?:on|over)[- ]year",
        "yoy",
    )),
    ("compare", "previous_period", (
        r"(?:the )?(?:previous|prior|preceding|earlier) period",
        r"(?:the )?(?:days?|week|month|quarter|period|time) before(?! last| yesterday)",
    )),
    ("by", "channel", (
        r"(?:by|per|for each|each|across|over) (?:marketing )?channels?",
        r"(?:which|what) (?:marketing )?channels?",
        r"(?:split|break|broken)(?: down)?(?: it)?(?: down)?(?: by| per| into)? channels?",
        r"channel (?:split|breakdown|comparison)",
        r"(?:all |my |our |the )?channels",
        "channel",
    )),
    ("by", "day", (
        r"(?:by|per|for each|each) day",
        r"(?:which|what) days?",
        "daily|day by day",
        f"{RANKED}day",
    )),
    ("by", "week", (
        r"(?:by|per|for each|each) week",
        r"(?:which|what) weeks?",
        "weekly|week by week",
        f"{RANKED}week",
    )),
    ("by", "time", (
        r"trend(?:s|ing)?",
        "over time",
        r"develop(?:ed|ing|ment|s)?",
        r"evol(?:ve[ds]?|ution|ving)",
        "time series",
        "when",
    )),
    ("compare", "", (
        r"compare[ds]?(?: it| that| this)?(?: to| with| against)?",
        "comparison",
        r"versus|vs\.?|against|than|relative to|difference",
        r"chang(?:e[ds]?|ing)",
        r"grew|grow(?:n|s|ing|th)?",
        r"(?:up|down) (?:on|from)|up or down|up|down",
    )),
    ("status", "open", (r"open|unresolved|to ?do|outstanding",)),
    ("status", "in_progress", (r"in[- ]progress|ongoing|being worked on",)),
    ("status", "done", (r"done|closed|finished|completed",)),
    ("severity", "critical", (r"critical|severe",)),
    ("severity", "warning", (r"warnings?",)),
    ("intent", "why", (
        "why",
        "how come",
        r"what(?:'s| is| has)? (?:happen(?:ed|ing)|going on|(?:went )?wrong)(?: here| there| to| with)?",
        r"what (?:has )?caused",
        r"explain(?: this| that| it)?",
        r"(?:the )?(?:reason|cause)s?(?: of| for| behind)?",
        r"investigate|look into(?: this| it)?",
        r"(?:tell me )?more about (?:this|it)",
        "details?",
    )),
    ("intent", "outliers", (
        "outliers?",
        r"anomal(?:y|ies|ous)",
        r"unusual|strange|weird|odd|abnormal",
        "deviations?",
        "alerts?",
        "spikes?",
        r"irregular(?:ity|ities)?",
    )),
    ("intent", "notes", ("notes?",)),
    ("intent", "metrics", (
        r"(?:which|what) (?:metrics?|kpis?|numbers|data)(?: do (?:you|we) (?:have|track|know|watch))?",
        r"(?:list|show)(?: me)?(?: all| the| my| our)* (?:metrics|kpis)",
        r"metrics|kpis",
    )),
    ("intent", "clients", (
        r"(?:which|what|list|show)(?: me| all| the| my| our)* clients?(?: do (?:you|we) (?:have|know))?",
        "clients",
    )),
    ("intent", "switch", (
        r"(?:switch|change|move|go)(?: over)?(?: the client)? to",
        "switch(?: clients?)?",
        r"use (?:the )?client",
    )),
    ("customers", "new", (
        r"(?:new|first[- ]time|recent|latest|newest) (?:customers?|buyers?|shoppers?)",
        r"customers? (?:signed up|joined|acquired|gained)",
    )),
    ("customers", "", (r"customers?|buyers?|shoppers?|segments?",)),
    ("intent", "help", (
        r"help|hi|hello|hey|good (?:morning|afternoon|evening)",
        r"what can (?:you|i) (?:do|ask)(?: you| me)?(?: for)?",
        "who are you",
    )),
    ("intent", "thanks", (r"thanks?(?: you)?(?: very much| a lot)?|thx|cheers|great|perfect|nice",)),
    ("overview", "", (
        "overview",
        r"summar(?:y|ise|ize)",
        r"doing|performing|going|performance|perform(?:ed)?",
        "the numbers",
        r"how did (?:we|it) do",
    )),
    ("rank", "top", (
        r"top|best|highest|most|largest|biggest|strongest|greatest|max(?:imum)?|peak",
    )),
    ("rank", "bottom", (
        r"bottom|worst|lowest|least|smallest|weakest|fewest|poorest|min(?:imum)?",
    )),
    ("more", "", (r"and|what about|how about|what of|also|the same|same|as well|too",)),
    ("order", "orders", (r"(?:by )?(?:number of )?orders",)),
    ("order", "created_at", (r"newest|latest|most recent|recent",)),
)  # fmt: skip
CUES = tuple(
    (slot, value, re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])")) for slot, value, words in PATTERNS
)

SAYS_NOTHING = """
break breakdown broken split a about all am an any anything are as at be been being between bring brought
by came can client clients come compared could current currently did display do does doing during each
ever every far figure figures find for from gave get give gives got had has have having her here his
houston how i if in is it its just know let like look looking looks made make makes making many me money
much my need number numbers of off on one ones or our out over per please pls quick quickly reach s say
see seen sell selling sold shall she should show so some something tell that the their them then there
these they thing things this those through till to told total totals towards until us value values very
want was we were what whats where which who whose will with within would yet you your list amount average
overall sum week's month's today's there's what's how's it's i'd i'm let's drop drops dropped fall falls
fell fallen rise rises rose risen increase increased decrease decreased jump jumped latest recent
recently move moved happen happened happens go goes went last past period time days day weeks week months
month quarter quarters year years metric metrics data channel channels use used when exactly ok okay
actually really again only both more less better worse higher lower bad good well high low
"""
STOP_WORDS = frozenset(SAYS_NOTHING.split())
"""Words that a question may hold beside names, dates and cues without meaning anything else by them."""


def find_cues(text: str, taken: list[Span]) -> list[Cue]:
    """Each stretch of text gives one cue at most; what is `taken` gives none."""
    cues: list[Cue] = []
    busy = list(taken)
    for slot, value, pattern in CUES:
        for match in pattern.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in busy):
                busy.append(match.span())
                cues.append(Cue(slot=slot, value=value, span=match.span(), words=match[0]))
    return sorted(cues, key=lambda cue: cue.span)
