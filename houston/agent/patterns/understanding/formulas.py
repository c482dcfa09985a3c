"""Arithmetic over figures that a question asks for, such as `revenue per click` or `15% of the spend`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from houston.agent.patterns.understanding.hypotheses import percent_more
from houston.agent.patterns.understanding.names import Match, find_names
from houston.agent.patterns.understanding.trades import PEOPLE

PER = re.compile(
    r"\s*(?:per|/|divided by|over|for (?:each|every)|by each)\s*(?:single |one )?"
    r"(?P<times>1[.,]?0+(?:[.,]000)?|hundred|thousand|million)?\s*"
)
TIMES = {"hundred": "100", "thousand": "1000", "million": "1000000"}
MINUS = re.compile(r"\s*(?:minus|less|-|–|−|after|without|net of)\s*(?:the |our )?")
PERCENT_OF = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?:%|percent) of\b")
TIMES_OF = re.compile(r"\b(\d+(?:\.\d+)?) ?(?:times|x|×) (?:\S+ ){0,3}$")
TOGETHER = re.compile(
    r"\b(?:(?:add|sum|total|tot|tally)(?:ming|ing|med|led)? (?:it |them |that )?up|add(?: together)?|"
    r"together|combined|in sum|added up|altogether|summed|sum of|in total|plus)\b|\+"
)
PERCENTAGE = re.compile(r"\b(?:rates?|percent|share)\b|%")
PER_PERSON = re.compile(rf"\bper (?:{PEOPLE}|head|person)\b")
SPENT_EACH = re.compile(
    rf"^(?!.*\b(?:most|least|top|best|which|who)\b)(?=.*\b(?:average|each|typical(?:ly)?|every)\b)"
    rf".*\b{PEOPLE} (?:spends?|spent|pays?|paid)\b"
)
"""`what do guests spend on average`, which is nothing of what was spent on ads."""
BECOME = re.compile(
    r"\s*(?:that |which |actually |really |then |eventually )*(?:did |do |does |were |are |have |was "
    r")?(?:turn(?:ed|s|ing)?|bec[ao]me?s?|end(?:ed|s)?(?: up)?|convert(?:ed|s|ing)?|led|leads?|result(?:ed|"
    r"s)?|lead|went|go|goes|grew|made|make|translat(?:ed|es?)|brought|bring|gave|produced?|yield(?:ed)?|"
    r"generated?)\s*(?:in ?to|as|in|to|on to|with|it to)?\s*(?:an? |the )?"
)
WHICH_DID = re.compile(r"\s*(?:that|which|who|were|was|are|is|got|get)(?: \w+)?\s*")
"""`trials that upgrade`"""
CONVERSION = re.compile(r"s? (?:conver\w+|rate)\b")
"""`visits to leads conversion`"""
DERIVED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "roas": (("revenue",), ("spend",)),
    "return on ad spend": (("revenue",), ("spend",)),
    "cpc": (("spend",), ("clicks",)),
    "cost per click": (("spend",), ("clicks",)),
    "ctr": (("clicks",), ("impressions",)),
    "click through rate": (("clicks",), ("impressions",)),
    "aov": (("revenue",), ("orders",)),
    "average order value": (("revenue",), ("orders",)),
    "basket size": (("revenue",), ("orders",)),
    "cpl": (("spend",), ("leads",)),
    "cost per lead": (("spend",), ("leads",)),
    "cpa": (("spend",), ("conversions", "orders")),
    "cac": (("spend",), ("new customers", "orders")),
    "cost per order": (("spend",), ("orders",)),
    "cvr": (("conversions", "orders"), ("clicks", "sessions")),
    "conversion rate": (("conversions", "orders"), ("clicks", "sessions")),
}
"""What is worked out of two metrics, where no metric has that name: over, under."""
DERIVED_NAMES = re.compile(rf"\b(?:{'|'.join(sorted(DERIVED, key=len, reverse=True))})\b")


@dataclass(frozen=True, kw_only=True)
class Formula:
    kind: Literal["ratio", "minus", "percent_of", "together", "per_customer"]
    metrics: tuple[str, ...] = ()
    number: str = ""
    percent: bool = False
    """A ratio that is asked for as a rate or a share."""

    @property
    def times(self) -> str:
        """` * 1000` of a ratio per thousand."""
        return f" * {self.number}" if self.kind == "ratio" and self.number else ""


def find_formula(text: str, names: list[Match]) -> Formula | None:
    """`names` in text order. A metric's own name, such as `cost per click`, is one match and no formula."""
    metrics = [match for match in names if match.kind == "metric" and len(match.names) == 1]
    percent = bool(PERCENTAGE.search(text))
    for first, second in pairwise(metrics):
        between = _between(text, first, second, names)
        both = (first.names[0], second.names[0])
        if first.names[0] != second.names[0] and (per := PER.fullmatch(between)):
            times = TIMES.get(per["times"] or "", (per["times"] or "").replace(",", "").replace(".", ""))
            return Formula(kind="ratio", metrics=both, percent=percent and not times, number=times)
        if first.names[0] != second.names[0] and _to_ratio(text, between, second):
            return Formula(kind="ratio", metrics=both, percent=percent)
        if first.names[0] != second.names[0] and _proportion(text, first, between):
            return Formula(kind="ratio", metrics=both, percent=percent)
        if first.names[0] != second.names[0] and MINUS.fullmatch(between):
            return Formula(kind="minus", metrics=both)
    for first, second in pairwise(metrics):
        if first.names[0] != second.names[0] and _became(text, first, second):
            return Formula(kind="ratio", metrics=(second.names[0], first.names[0]), percent=True)
    if SPENT_EACH.search(text) or (metrics and PER_PERSON.search(text)):
        return Formula(kind="per_customer")
    if len({match.names[0] for match in metrics}) == 1 and (changed := percent_more(text)):
        return Formula(kind="percent_of", metrics=(metrics[0].names[0],), number=changed)
    if len(metrics) == 1 and (times := TIMES_OF.search(text[: metrics[0].start])):
        return Formula(kind="percent_of", metrics=(metrics[0].names[0],), number=f"100 * {times[1]}")
    found = PERCENT_OF.search(text)
    if found and len(metrics) == 1:
        return Formula(kind="percent_of", metrics=(metrics[0].names[0],), number=found["number"])
    channels = {match.names[0] for match in names if match.kind == "channel" and len(match.names) == 1}
    clients = {match.names[0] for match in names if match.kind == "client" and len(match.names) == 1}
    if TOGETHER.search(text) and len(metrics) == 1 and max(len(channels), len(clients)) > 1:
        return Formula(kind="together", metrics=(metrics[0].names[0],))
    return None


def _between(text: str, first: Match, second: Match, names: list[Match]) -> str:
    """Without the channels and clients there: `fees as a share of web revenue`."""
    between = text[first.end : second.start]
    for one in reversed(names):
        if one.kind != "metric" and first.end <= one.start and one.end <= second.start:
            between = between[: one.start - first.end] + between[one.end - first.end :]
    return re.sub(r"\s+", " ", between)


def _proportion(text: str, first: Match, between: str) -> bool:
    """`the ratio of bookings to visits`, `refunds as a share of revenue`"""
    if re.fullmatch(
        r"\s*as (?:a |an )?(?:share|percent|%|part|fraction|proportion|ratio) of (?:the |our )?", between
    ):
        return True
    lead = re.search(r"\b(?:ratio|proportion|quotient) (?:of|between) (?:the |our )?$", text[: first.start])
    return bool(lead and re.fullmatch(r"\s*(?:to|and|over|vs)\s*(?:the |our )?", between))


def _to_ratio(text: str, between: str, second: Match) -> bool:
    """`revenue to spend ratio`"""
    return between.strip() in ("to", "/", "-") and text[second.end :].startswith(" ratio")


def _became(text: str, first: Match, second: Match) -> bool:
    """`what share of visits turned into bookings`, `% of clicks that convert to orders`"""
    rate = re.search(
        r"\bconver(?:sion|ting)(?: rate)?s? (?:from|of|between) (?:the |our )?$", text[: first.start]
    )
    if rate and re.fullmatch(r"\s*(?:in ?to|to|and)\s*(?:an? |the |our )?", text[first.end : second.start]):
        return True
    if _leads_to(text, first, second) and CONVERSION.match(text[second.end :]):
        return True
    lead = re.search(
        r"(?:\b(?:share|percent|part|fraction|proportion|portion|how many|how much|rate)|%) (?:out )?(?:of "
        r")?(?:the |our |all )*$",
        text[: first.start],
    )
    between = text[first.end : second.start]
    told = WHICH_DID.fullmatch(between) or text[second.start : second.end].startswith("convert")
    return bool(lead and (told or BECOME.fullmatch(between)))


def _leads_to(text: str, first: Match, second: Match) -> bool:
    return text[first.end : second.start].strip() in ("to", "into", "-to-")


def derived(text: str, kinds: Mapping[str, Iterable[str]]) -> tuple[Formula, tuple[int, int]] | None:
    """The formula that `roas` or `cost per lead` stands for, and where; None without its metrics."""
    found = DERIVED_NAMES.search(text)
    if found is None:
        return None
    sides = [_first_known(options, kinds) for options in DERIVED[found[0]]]
    if not all(sides) or sides[0] == sides[1]:
        return None
    return Formula(kind="ratio", metrics=(sides[0], sides[1])), found.span()


def _first_known(options: Iterable[str], kinds: Mapping[str, Iterable[str]]) -> str:
    """A metric that is called so; '' where there is none, or several."""
    for option in options:
        for likeness in (98.5, 60.0):
            found = find_names(option, {"metric": kinds["metric"]}, likeness=likeness)
            if len(found) == 1 and len(found[0].names) == 1:
                return found[0].names[0]
    return ""
