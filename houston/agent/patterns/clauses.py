"""A message that asks two things: `is it still going on, and has somebody taken it?`"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from houston.agent.messages import Message
from houston.agent.patterns.talks.moments import STILL_SO
from houston.agent.patterns.talks.shown import Spoken
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.intents import intent_of
from houston.agent.patterns.understanding.reading import read

BETWEEN = re.compile(
    r"(?:[?!;.]\s+(?:(?:and|also|plus|but|oh)\b,?\s+)*|,?\s+(?:and|plus|but)\s+(?:also\s+)?)"
    r"(?=(?:who|what|which|when|where|how|is|are|was|were|did|do|does|has|have|any)\b)",
    re.IGNORECASE,
)
KEPT = {
    "notes": "notes", "note": "notes", "tasks": "tasks", "episodes": "episodes", "alerts": "alerts",
    "rules": "rules", "destinations": "rules", "customers": "people", "new_customers": "people",
    "returning": "people", "customer_count": "people", "reports": "reports", "report": "reports",
    "calendar": "calendar",
}  # fmt: skip
"""What a question that asks for no figures is about."""
FEWEST_WORDS = 3
LONG = 16
"""Words of a message that has an introduction."""
INTRODUCED = re.compile(
    r"\b(?:(?:wants?|like|needs?|love) to know|wondering|unrelated|(?:real|actual|different|quick) question|"
    r"question is|asks?|asking|tell me|what i (?:need|want)(?: to know)? is)\b[:,]?\s*",
    re.IGNORECASE,
)
THEM = re.compile(r"\b(?:they|them|their|these|those|it|that|this)\b", re.IGNORECASE)


def clauses(say: str, catalogue: Catalogue, today: date, *, goes_on: bool) -> tuple[str, ...]:
    """Both halves where they are about different things; the whole where one answer is about both.

    `goes_on`: something was talked of before, so that a half may say nothing of what it is about.
    """
    say = gist(say, catalogue, today)
    parts = [part.strip(" ,") for part in BETWEEN.split(say.strip())]
    if len(parts) != 2 or any(len(part.split()) < FEWEST_WORDS for part in parts):
        return (say,)
    first, second = (_about(part, catalogue, today) for part in parts)
    if not (first or goes_on) or not second or first == second:
        return (say,)
    figures = second == "figures"
    return (say,) if figures and THEM.search(parts[1]) else tuple(parts)


def gist(say: str, catalogue: Catalogue, today: date) -> str:
    """Without a long introduction; the one client that it names stays, unless what follows names its own."""
    if len(say.split()) < LONG:
        return say
    cuts = [match.end() for match in INTRODUCED.finditer(say)]
    cuts += [match.end() for match in re.finditer(r"[.!;]\s+", say) if say.rstrip().endswith("?")]
    for cut in sorted(cuts, reverse=True):
        before, rest = read(say[:cut], catalogue, today), read(say[cut:], catalogue, today)
        clients = before.sure("client")
        told = rest.named("client") or len(clients) < 2
        if "?" in say[:cut] or not (told and (rest.named("metric") or intent_of(rest) in KEPT)):
            continue
        ours = f" for {clients[0]}?" if clients and not rest.named("client") else ""
        return say[cut:].rstrip("?!. ") + ours if ours else say[cut:]
    return say


def _about(part: str, catalogue: Catalogue, today: date) -> str:
    """Empty where it is not said."""
    reading = read(part, catalogue, today)
    intent = intent_of(reading)
    if intent in KEPT:
        return KEPT[intent]
    if STILL_SO.search(reading.text):
        return "state"
    return "figures" if reading.named("metric") or intent in ("outliers", "overview") else ""


def asked(messages: Sequence[Message], parts: Sequence[str]) -> list[Message]:
    """As if the last message had been sent part by part, and all were answered but the last."""
    last = max(number for number, message in enumerate(messages) if message.role == "user")
    calls = messages[last + 1 :]
    return [
        *messages[:last],
        *(message for part in parts for message in (replace(messages[last], text=part), *calls)),
    ]


def apart(turns: Sequence[Spoken], catalogue: Catalogue, today: date, *, alerted: bool) -> list[Spoken]:
    """Each half of such a message as a turn of its own."""
    return [
        replace(turn, say=part)
        for number, turn in enumerate(turns)
        for part in clauses(turn.say, catalogue, today, goes_on=alerted or number > 0)
    ]
