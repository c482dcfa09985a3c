"""Which of several metrics a short name stands for: `cars` of a fee per car, `fees` that are added up."""

import re
from dataclasses import replace

from houston import currencies
from houston.agent.patterns.understanding.catalogue import Catalogue, MetricName
from houston.agent.patterns.understanding.likeness import CLOSE, FILLERS, forms, head_of
from houston.agent.patterns.understanding.names import Match, find_names
from houston.agent.patterns.understanding.shorthand import stem
from houston.agent.patterns.understanding.words import plain_form, singular, words_of

ONCE: dict[str, str] = {
    "sold": "sell", "sells": "sell", "selling": "sell", "sale": "sell", "sales": "sell", "spent": "spend",
    "paid": "pay", "won": "win", "lost": "lose", "bought": "buy", "made": "make", "sent": "send",
    "took": "take",
    "brought": "bring", "left": "leave", "kept": "keep", "back": "return",
}  # fmt: skip
PER_ONE = re.compile(r"\b(?:per|a|an|each|every|one|single|average) $")
ADDED = re.compile(
    r"\b(?:add(?:ed)?(?: \w+)? up|together|combined|in total|total|sum(?:med)?(?: up| of)?|altogether|"
    r"(?:bring|brought|bringing|take|took|taking|pull|pulled|rake|raked)(?: \w+)? in|collect(?:ed|s)?|"
    r"earn(?:ed|s)?|generate[ds]?|how many)\b"
)
"""Said of amounts, never of a price or a rate."""
AMOUNT = "sum"
MONEY_SAID = re.compile(r"^ (?:money|cash|income|takings|earnings|fees)\b")
HOW_MUCH = re.compile(r"\b(?:how much|price|worth|expensive|pays?|paid)\b")
COSTS = frozenset(["spend", "cost", "costs", "budget", "expense", "expenses", "refund", "refunds"])


def narrowed(text: str, match: Match, catalogue: Catalogue) -> Match:
    """The same match with the metrics that can be meant here."""
    if match.kind != "metric" or match.likeness >= CLOSE:
        return match
    if other := _cost_of_another(text, match, catalogue) or _in_money(text, match, catalogue):
        return replace(match, names=other)
    match = _counted(text, match, catalogue)
    if len(match.names) == 1:
        return match
    left = _said_by_verb(text, match) or _amounts(text, match, catalogue)
    return replace(match, names=left) if left else match


def is_money(metric: MetricName) -> bool:
    return currencies.code(metric.unit) != ""


def _cost_of_another(text: str, match: Match, catalogue: Catalogue) -> tuple[str, ...]:
    """`cost per contract`, beside a cost per lead: what was spent, for each contract."""
    one = re.match(r"s? (?:per|for (?:each|every|an?)|of an?) (\w+)", text[match.end :])
    if (
        not one
        or text[match.start : match.end].rstrip("s") != "cost"
        or " per " not in plain_form(match.names[0])
    ):
        return ()
    if any(singular(one[1]) in singular(plain_form(name)).split() for name in match.names):
        return ()
    spent = find_names("spend", {"metric": catalogue.kinds["metric"]})
    return spent[0].names if spent else ()


def _in_money(text: str, match: Match, catalogue: Catalogue) -> tuple[str, ...]:
    """`membership money` are fees of memberships; `how much was the average bike` is no number of bikes."""
    said = frozenset(stem(word.text) for word in words_of(text[match.start : match.end]))
    one = bool(re.search(r"\b(?:average|typical) $", text[: match.start])) and HOW_MUCH.search(text)
    if one and singular(text[match.start : match.end]) == text[match.start : match.end]:
        paid = [one for one in catalogue.metrics if is_money(one) and _is_of_one(one.name, catalogue)]
        return tuple(metric.name for metric in paid if metric.good_direction != "down")
    if not MONEY_SAID.search(text[match.end :]):
        return ()
    paid = [one for one in catalogue.metrics if is_money(one) and said <= forms(one.name).stems]
    return (paid[0].name,) if len(paid) == 1 else ()


def earned_in_money(catalogue: Catalogue) -> tuple[str, ...]:
    """The only sum of money that is no cost, whatever it is called."""
    sums = [one for one in catalogue.metrics if is_money(one) and one.totalled_by == "sum"]
    earned = [one.name for one in sums if one.good_direction != "down" and not COSTS & forms(one.name).words]
    return tuple(earned) if len(earned) == 1 else ()


def _root(word: str) -> str:
    return ONCE.get(word, stem(word))


def _said_by_verb(text: str, match: Match) -> tuple[str, ...]:
    """`how many copies did we sell`, of `copies_sold` and `returned_copies`."""
    said = frozenset(_root(word.text) for word in words_of(text[match.start : match.end]))
    beside = frozenset(_root(word.text) for word in words_of(text[: match.start] + " " + text[match.end :]))
    rest = {
        name: frozenset(_root(word) for word in plain_form(name).split() if word not in FILLERS) - said
        for name in match.names
    }
    fitting = tuple(name for name, words in rest.items() if words and words <= beside)
    return fitting if len(fitting) == 1 else ()


def _amounts(text: str, match: Match, catalogue: Catalogue) -> tuple[str, ...]:
    """`more fees` and `fees added up` are the fees, not the fee for one."""
    said = text[match.start : match.end]
    whole = [name for name in match.names if " per " not in plain_form(name)]
    if (
        len(whole) == 1
        and singular(said) not in ("cost", "price")
        and not re.search(r"\b(?:per|each|average|an?|one) ", text)
    ):
        return (whole[0],)
    many = singular(said) != said
    if PER_ONE.search(text[: match.start]) or not (ADDED.search(text) or many):
        return ()
    amounts = tuple(name for name in match.names if not _is_of_one(name, catalogue))
    return amounts if len(amounts) == 1 else ()


def _is_of_one(name: str, catalogue: Catalogue) -> bool:
    metric = catalogue.metric(name)
    return bool(metric.ratio_of) or metric.totalled_by in ("ratio", "mean") or " per " in plain_form(name)


def _counted(text: str, match: Match, catalogue: Catalogue) -> Match:
    """`how many cars`, where a fee per car divides by the entries: these are counted, not the fee."""
    said = singular(text[match.start : match.end])
    if PER_ONE.search(text[: match.start]) or said == text[match.start : match.end]:
        return match
    counted = tuple(_denominator(name, said, catalogue) for name in match.names)
    return replace(match, names=tuple(dict.fromkeys(counted)))


def _denominator(name: str, said: str, catalogue: Catalogue) -> str:
    sides = catalogue.metric(name).ratio_of
    one = re.search(r" per (.+)$", plain_form(name))
    if not one or len(sides) != 2 or singular(one[1]) != said or head_of(name) == said:
        return name
    return sides[1]
