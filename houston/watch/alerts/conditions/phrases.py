"""The words of conditions, each as the words that it is written in."""

from collections.abc import Iterable, Mapping, Sequence

from houston.watch.alerts.conditions.kinds import Direction, Operator, Which, Wish

Words = tuple[str, ...]

WHICH: dict[str, Which] = {"any": "any", "first": "first", "all": "all"}
SYMBOLS: dict[str, Operator] = {
    **{"<": "<", "<=": "<=", "=<": "<=", "≤": "<=", ">": ">", ">=": ">=", "=>": ">=", "≥": ">="},
    **{"=": "=", "==": "=", "!=": "!=", "<>": "!=", "≠": "!="},
}
COMPARED: dict[str, Operator] = {
    **dict.fromkeys(("below", "under", "less than", "fewer than", "lower than", "smaller than"), "<"),
    **dict.fromkeys(("above", "over", "more than", "greater than", "higher than"), ">"),
    **{"at least": ">=", "at most": "<=", "equal to": "="},
}
WORDED: dict[str, Operator] = {
    **COMPARED,
    **{f"is {words}": operator for words, operator in COMPARED.items()},
    **{"is": "=", "equals": "=", "is not": "!=", "exceeds": ">", "contains": "contains"},
}
VERBS: dict[str, Direction] = {
    **dict.fromkeys(("drops", "drop", "dropped", "falls", "fell", "decreases", "declines", "down"), "drops"),
    **dict.fromkeys(("rises", "rise", "rose", "grows", "grew", "increases", "jumps", "up"), "rises"),
    **dict.fromkeys(("changes", "changed", "moves"), "changes"),
}
AUXILIARY = frozenset({"is", "has", "was", "are", "have"})
BEFORE_AMOUNT = ("by at least", "by", "at least")
VERSUS = ("vs", "vs.", "versus", "against", "compared to", "compared with", "from", "since")
WISHES: dict[str, Wish] = {
    **dict.fromkeys(("previous run", "last run", "run before", "previous", "before"), "previous"),
    **dict.fromkeys(("yesterday", "same time yesterday", "day before"), "yesterday"),
    **dict.fromkeys(("last week", "a week ago", "week ago", "same time last week"), "last_week"),
    "same day last week": "same_day_last_week",
}
ROWS = frozenset({"rows", "row count", "number of rows"})
UNTIL = ("until it is", "until", "recovers at", "recovers")

KNOWN = tuple(
    sorted({word for phrase in (*WORDED, *VERBS, *VERSUS, *WISHES, "until") for word in phrase.split()})
)


def starting(words: Sequence[str], phrases: Iterable[str]) -> str | None:
    """The longest phrase with which these words, in small letters, begin."""
    found = [each for each in phrases if list(words[: len(each.split())]) == each.split()]
    return max(found, key=len, default=None)


def opposite(operator: Operator) -> Operator:
    """What is beyond a threshold, on the good side."""
    beyond: Mapping[Operator, Operator] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
    return beyond[operator]
