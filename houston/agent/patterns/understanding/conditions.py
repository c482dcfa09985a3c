"""Which customers are asked for: `with more than 10 orders`, `who never bought anything`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

AMOUNT = r"[$€£]?(?P<value>\d[\d.,]*)(?P<k>k)?"
WHAT = r"(?: (?P<what>orders?|times|purchases?|revenue|worth|in revenue|euros?|dollars?|pounds?))?"
NEVER = re.compile(
    r"\b(?:never|not|haven't|hasn't|didn't|don't|no|zero|without|0)\b(?: \w+){0,2}? ?(?:order\w*|bought"
    r"|buy\w*|purchas\w*)\b"
)
ONCE = re.compile(
    r"\b(?:order\w*|bought|buy|purchas\w*|shopped) (?:\w+ )?(?:only |just )?once\b|\b(?:only|just) one"
    r" order\b"
)
AGAIN = re.compile(
    r"\b(?:order\w*|bought|buy|purchas\w*|shopped) (?:\w+ )?(?:more than once|twice|several times|"
    r"repeatedly|again)\b|\bmore than (?:one|a single) (?:order|purchase)\b"
)
MORE = re.compile(
    rf"\b(?:(?P<over>more than|over|above|exceeding)|at least|min(?:imum)?(?: of)?) {AMOUNT}{WHAT}"
)
LESS = re.compile(
    rf"\b(?:(?P<under>less than|fewer than|under|below)|at most|up to|max(?:imum)?(?: of)?) {AMOUNT}{WHAT}"
)
OR_MORE = re.compile(rf"\b{AMOUNT} ?(?:or more|\+|plus){WHAT}")


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Which figures are asked for; a bound itself is not where it is `strict`."""

    least: float = float("-inf")
    most: float = float("inf")
    strict: bool = False
    says: str
    """As it is put behind what is counted."""

    def holds(self, value: float | None) -> bool:
        if value is None or (self.strict and value in (self.least, self.most)):
            return False
        return self.least <= value <= self.most


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Of lifetime `orders` or `revenue`; the bounds are included."""

    of: str
    least: float = 0.0
    most: float = float("inf")
    says: str
    """As it is put behind `customers`."""

    @property
    def counted(self) -> str:
        """What customer_summary calls these; empty where it does not count them."""
        counts = {
            (0.0, 0.0): "never_ordered", (1.0, 1.0): "ordered_once",
            (2.0, float("inf")): "ordered_more_than_once",
        }  # fmt: skip
        return counts.get((float(self.least), float(self.most)), "") if self.of == "orders" else ""

    def holds(self, customer: Mapping[str, Any]) -> bool:
        return self.least <= float(customer[self.of]) <= self.most


def condition_in(text: str) -> Condition | None:
    if NEVER.search(text):
        return Condition(of="orders", most=0, says="who never ordered")
    if ONCE.search(text):
        return Condition(of="orders", least=1, most=1, says="who ordered once")
    if AGAIN.search(text):
        return Condition(of="orders", least=2, says="who ordered more than once")
    for pattern in (MORE, OR_MORE, LESS):
        if found := pattern.search(text):
            return _bounded(found, text, below=pattern is LESS)
    return None


def _bounded(found: re.Match[str], text: str, *, below: bool) -> Condition | None:
    said = found["what"] or ""
    of = "orders" if re.match(r"order|time|purchase", said) else "revenue" if said or _of_money(text) else ""
    if not of:
        return None
    value = float(found["value"].replace(",", "").rstrip(".")) * (1000 if found["k"] else 1)
    strict = {**found.groupdict()}
    step = 1e-9
    if below:
        most = value - step if strict.get("under") else value
        return Condition(of=of, most=most, says=f"with {found[0]}" if said else f"with {found[0]} of revenue")
    least = value + step if strict.get("over") else value
    return Condition(of=of, least=least, says=f"with {found[0]}" if said else f"with {found[0]} of revenue")


def _of_money(text: str) -> bool:
    return bool(re.search(r"[$€£]|\b(?:revenue|spen[dt]s?|spending|worth|paid|brought)\b", text))
