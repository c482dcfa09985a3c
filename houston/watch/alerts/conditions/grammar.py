"""How people write conditions, and where they went wrong.

    condition := [which] column operator value ["until" [operator] number]      Revenue < 10000
               | [which] column "changed" [versus]
               | [which] column verb ["by"] amount [versus]                     drops 20% vs last week
               | "rows" operator number | "no rows"
               | "no data" ["in" column] "for" duration
    which     := "any" | "first" | "all"
    operator  := < <= > >= = != | "is" | "is not" | "is below" | "at least" | "contains" | …
    versus    := "vs" ("previous run" | "yesterday" | "last week" | "same day last week")

A column is written as it is called, or in "quotes", 'quotes', `backticks` or [brackets].
"""

from functools import lru_cache

from houston.watch.alerts.conditions.comparing import comparison
from houston.watch.alerts.conditions.errors import EXAMPLES, ConditionError
from houston.watch.alerts.conditions.kinds import Condition
from houston.watch.alerts.conditions.missing import absence
from houston.watch.alerts.conditions.moving import movement
from houston.watch.alerts.conditions.phrases import KNOWN
from houston.watch.alerts.conditions.sentence import Sentence
from houston.watch.quoting import nearest, tidied

LONGEST = 300


@lru_cache(maxsize=2_000)
def read(text: str) -> Condition:
    """Raises ConditionError, which quotes the text with a caret under the spot."""
    written = tidied(text)
    if len(written) > LONGEST:
        raise ConditionError(f"Shorten this to {LONGEST} characters", written[:LONGEST], LONGEST)
    if not written:
        raise ConditionError(f"Write a condition like {EXAMPLES}", written, 0)
    said = Sentence(written)
    found = absence(said) or comparison(said, "symbol") or movement(said) or comparison(said, "word")
    return found or _refused(said)


def _refused(said: Sentence) -> Condition:
    """Points at the word that is nearly one of ours, else at the end."""
    for token in said.tokens[1:]:
        meant = nearest(token.text, KNOWN) if token.kind == "word" and len(token.text) > 2 else None
        if meant and meant != token.text:
            said.refuse(f"I do not know this word; did you mean {meant}?", token.at)
    said.refuse("Write what to compare it with, like Revenue < 10000 or Revenue changed", len(said.text))
