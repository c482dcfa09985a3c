"""`Why did this fail?` under a message of Houston's is answered by what that message tells of."""

import re

from houston.agent.facts import Facts
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording import events

LATEST_TURN = 3
MOST_TO_SWITCH = 8
ASKING = frozenset(
    ["how", "what", "which", "who", "whose", "when", "where", "why",
     "many", "much", "is", "are", "was", "were",
     "does", "did", "do", "has", "have", "tell", "count", "number"]
)  # fmt: skip
ABOUT_IT = (
    "why", "unknown", "overview", "alerts", "episodes", "tasks", "note", "notes", "definition", "report",
)  # fmt: skip


def of_this_thread(question: Question, facts: Facts, *, turns: int) -> str:
    """What the thread's message says, where it is what is asked about; else ''."""
    dated = question.period and not question.assumed_period
    if facts.alert or turns > LATEST_TURN or question.metrics or dated:
        return ""
    if question.intent not in ABOUT_IT or not _points(question.raw):
        return ""
    return events.told(facts) or events.overheard(facts)


def names_no_more(raw: str) -> bool:
    """A message that is about a client, and asks nothing: `Globex please`."""
    said = re.sub(r"^(?:and |so |ok |then )*(?:what|how) about ", "", raw.casefold())
    words = re.findall(r"\w+", said)
    return len(words) <= MOST_TO_SWITCH and not ASKING & set(words)


def _points(raw: str) -> bool:
    """It says this, that, here or nothing at all of what is meant."""
    words = raw.casefold().replace("?", " ").split()
    return len(words) <= 3 or bool({"this", "that", "it", "here", "there"} & set(words))
