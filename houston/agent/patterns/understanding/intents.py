"""Which kind of question a reading is."""

import re

from houston.agent.patterns.understanding.question import Intent
from houston.agent.patterns.understanding.reading import Reading
from houston.agent.patterns.understanding.topics import (
    about_customers,
    about_reports,
    about_the_metric,
    looked_up,
    names_a_person,
    one_report,
    unknown_of_people,
    weekday_asked,
)

HOW = re.compile(r"(?:[a-z]+\W+){0,3}?how(?: is| are| was| were| did| has| have| about)\b")
"""Also behind a greeting: `morning! how did we do last week?`"""

ORDER: tuple[Intent, ...] = ("destinations", "rules", "notes", "tasks", "episodes", "alerts")
"""Subjects that win over a metric's name: `which rules apply to spend?`."""

UNIT_ASKED = re.compile(
    r"\b(?:which|what) (?:calendar |iso )?(?:week|quarter|month|year)(?: number)?(?: of the \w+)? (?:is|"
    r"are|was|were) (?:it|this|we|today|that|now|in|on|the|\d)|\btoday date\b|\bdate today\b|^\W*(?:the "
    r")?(?:current |today )(?:date|weekday|week|week number)\W*$"
)
"""`what week is it`, which is no breakdown by week."""

DAY_ASKED = re.compile(r"\b(?:what|which) (?:day|date|weekday) (?:was|is|will) (?:it|that|this)\b")

THIS_CLIENT = re.compile(
    r"\b(?:which|what|whose|who) (?:client|account|brand|company)(?:'s)? (?:is|are|am) (?:this|it|that|we|"
    r"i|you|here|the)\b(?: \w+)* ?(?:about|looking at|talking about|on|discussing|in|for|thread|channel|"
    r"conversation)?\W*$|\b(?:which|what) clients (?:am|can|may) i\b|\b(?:which|what|current|active) "
    r"client\b(?: (?:is|are|am|do|does|did)\b.*)?\W*$"
)

OF_CUSTOMERS = frozenset([
    "revenue", "total revenue", "orders", "order", "sales", "turnover", "spend", "spending", "money",
    "income",
])  # fmt: skip
"""What is kept of a customer, and so of a segment, whatever the metrics are."""

ASKS = re.compile(r"(?:and |so )?(?:when|where|who|what|which|why|how|did|does|is|are|was|were|has|have)\b")
"""`when do the covers go to print` is no wish to go to another client."""

WHICH = re.compile(r"(?:(?:show|list|tell|give)(?: me| us)? )?(?:what|which|any|is there|every|all)")
LATER: tuple[Intent, ...] = ("metrics", "clients", "help", "hello", "thanks")

ARITHMETIC = re.compile(
    r"(?:(?:what is|calculate|compute|calc|how much is|work out)\s+)?"
    r"(?P<sum>[(]?[\d.,]+(?:\s*[%kKmM])?(?:\s*(?:[-+*/x×÷^()]|plus|minus|times|divided by|"
    r"over|of|percent of|% of)\s*[(]?[\d.,]+(?:\s*%)?[)]?)+)\s*\W*"
)


def intent_of(reading: Reading) -> Intent | None:
    """None where the message says nothing of it: it goes on with what was talked of."""
    intents = reading.intents
    if ARITHMETIC.fullmatch(reading.text):
        return "calculate"
    if reading.formula and not reading.has("customers", "segments"):
        return "performance"
    if "definition" in intents and (reading.named("metric") or reading.strays):
        return "definition"
    for intent in ORDER:
        if intent in intents and not (intent == "notes" and _weak_note(reading)):
            dated = intent == "alerts" and (reading.found or reading.has("severity"))
            return _with_why("episodes" if dated else intent, reading)
    if about_reports(reading):
        return "report" if one_report(reading) else "reports"
    if "why" in intents:
        return "why"
    if "outliers" in intents:
        return "outliers"
    if reading.has("customers") and names_a_person(reading) and not reading.has("rank"):
        return "customers"
    if reading.has("customers") and unknown_of_people(reading):
        return "performance"
    if reading.has("customers") and (reading.has("customers", "segments") or not about_the_metric(reading)):
        return about_customers(reading)
    if (
        reading.named("segment")
        and not set(reading.strays) - OF_CUSTOMERS
        and not reading.sure("channel")
        and not reading.has("by")
    ):
        return "customers" if reading.has("rank") else "customer_count"
    return _by_names(reading)


def _with_why(intent: Intent, reading: Reading) -> Intent:
    if intent in ("episodes", "alerts") and "why" in reading.intents and reading.named("metric"):
        return "why"
    if intent == "tasks" and reading.named("metric") and "why" in reading.intents:
        return "why"
    return intent


def _weak_note(reading: Reading) -> bool:
    return reading.text.startswith("note ")


def _of_something(reading: Reading) -> bool:
    """`when do the reminders start`: not of a day, but of something that a note may tell of."""
    return bool(reading.loose) and not reading.found and reading.text.startswith("when ")


def _by_names(reading: Reading) -> Intent | None:
    """By the first that is said of it: a person, a day, a metric, a list of names, how things are."""
    for asked in (_of_people_or_days, _of_lists, _of_all, _of_notes_by_status, _of_talk):
        if intent := asked(reading):
            return None if intent == "unknown" else intent
    return None


def _of_people_or_days(reading: Reading) -> Intent | None:
    named, text = reading.named("metric"), reading.text
    if looked_up(reading):
        return "customers"
    if THIS_CLIENT.search(text) and not (named or reading.has("rank")):
        return "clients"
    told = "calendar" in reading.intents and not _of_something(reading)
    if not named and (told or DAY_ASKED.search(text) or UNIT_ASKED.search(text)):
        return "calendar"
    if named:
        return "performance"
    return "calendar" if weekday_asked(reading) else None


def _of_lists(reading: Reading) -> Intent | None:
    intents, text = reading.intents, reading.text
    if "switch" in intents and not ASKS.match(text):
        return "switch"
    if re.search(r"\b(?:what|which) (?:\w+ )?channels (?:do|are|can|have|exist)", text) and not reading.found:
        return "metrics"
    if "metrics" in intents:
        listed = not reading.found or re.search(r"\b(?:have|has|track|available|there|list)\b", text)
        return "metrics" if listed and not (reading.found and reading.has("overview")) else "overview"
    if "clients" in intents:
        return "performance" if reading.has("rank") else "clients"
    return None


def _of_all(reading: Reading) -> Intent | None:
    """`how are we doing?`; `unknown` where something is asked about that is not said."""
    vague = re.search(r"\bthe (?:key )?numbers\b|^(?:some |the )?(?:data|results|figures)\b", reading.text)
    if vague and not reading.found and not reading.named("channel"):
        return "unknown"
    told_about = any(cue.slot == "overview" and cue.words.endswith("about") for cue in reading.cues)
    if told_about and not reading.named("channel") and not reading.strays:
        return "unknown"
    greeted = "hello" in reading.intents and not (reading.found or reading.names)
    asked = HOW.match(reading.text) and not (reading.follows_up or greeted or "help" in reading.intents)
    return "overview" if reading.has("overview") or asked else None


def _of_notes_by_status(reading: Reading) -> Intent | None:
    """`which are still open?`"""
    named = reading.named("metric") or reading.named("channel")
    return "notes" if reading.has("status") and WHICH.match(reading.text) and not named else None


def _of_talk(reading: Reading) -> Intent | None:
    parts = any(reading.has(slot) for slot in ("by", "chart", "table", "rank"))
    goes_on = reading.found or reading.names or parts
    told = {"hello", "thanks"} if goes_on else {"help"} if reading.loose else set()
    return next((intent for intent in LATER if intent in reading.intents - told), None)
