"""What a sentence is about: kinds of names that do not bind it, and words that stand for a metric."""

from houston.agent.grounding.cell import Name
from houston.agent.grounding.text import tokens

SOFT = frozenset(
    [
        "field",
        "figures",
        "words",
        "status",
        "severity",
        "state",
        "author",
        "email",
        "type",
        "customer_id",
        "id",
        "title",
        "what",
        "places",
        "owner",
        "kind",
        "watched_by",
        "started_by",
        "run_id",
        "last_state",
        "attempt",
        "place",
        "alias",
        "event",
        "columns",
        "column",
        "remarks",
        "options",
        "weekday",
        "hour",
    ]
)
"""Names that a sentence drops too freely to hold its figures to them."""
STEM = 4
"""Letters in which two words of one stem agree."""
SAME = (
    frozenset(("spend", "cost", "spent", "paid", "pay", "budget", "expense", "invested", "invest")),
    frozenset(("new", "joined", "acquired", "gained", "signed")),
    frozenset(("revenue", "sale", "sold", "sell", "income", "turnover", "earned", "brought", "gross")),
)


def is_hinted(metric: Name, text: str) -> bool:
    """Whether a word of the text has the stem of the metric's name, or means the same."""
    said = {word for word, _, _ in tokens(text)}
    stems = {word[:STEM] for word in said if len(word) >= STEM}
    if any(word[:STEM] in stems for word in metric if len(word) >= STEM):
        return True
    return any(group & set(metric) and group & said for group in SAME)
