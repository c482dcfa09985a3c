"""`Revenue < 10000`, `rows > 0`, `Name contains "x"`, `Revenue < 10000 until > 12000`."""

import operator as compare
from typing import Literal

from houston.watch.alerts.conditions.kinds import (
    Condition,
    Day,
    Flag,
    Moment,
    Number,
    Operator,
    RowCount,
    Text,
    Threshold,
    Until,
    Value,
)
from houston.watch.alerts.conditions.numbers import number
from houston.watch.alerts.conditions.phrases import COMPARED, ROWS, SYMBOLS, UNTIL, WORDED, opposite
from houston.watch.alerts.conditions.sentence import Sentence
from houston.watch.alerts.conditions.values import dated, value

ORDERED = {"<": compare.lt, "<=": compare.le, ">": compare.gt, ">=": compare.ge}


def comparison(said: Sentence, kind: Literal["symbol", "word"]) -> Condition | None:
    """None where there is no operator of this kind. Raises ConditionError."""
    found = _symbol(said) if kind == "symbol" else _phrase(said)
    if found is None:
        return None
    index, width, operator = found
    after = index + width
    recovery = said.find(UNTIL, after)
    ends = recovery[0] if recovery else len(said.tokens)
    if ends == after:
        said.refuse("Write a value here, like 10000", said.at(after))
    start = said.tokens[after].at
    if _is_rows(said, index):
        return _row_count(said, operator, start, recovery)
    wanted = _fitting(said, operator, value(said.text, start, said.end(ends)), start)
    column, which = said.subject(index)
    until = _until(said, *recovery, operator, wanted) if recovery else None
    return Threshold(text=said.text, column=column, operator=operator, value=wanted, which=which, until=until)


def _symbol(said: Sentence) -> tuple[int, int, Operator] | None:
    """That of a recovery comes after the operator in words, and is not meant."""
    recovery = said.find(UNTIL, 2)
    for index, token in enumerate(said.tokens[: recovery[0] if recovery else None]):
        if token.kind == "symbol":
            return index, 1, SYMBOLS[token.text]
    return None


def _phrase(said: Sentence) -> tuple[int, int, Operator] | None:
    found = said.find(WORDED, said.start + 1)
    return (found[0], len(found[1].split()), WORDED[found[1]]) if found else None


def _is_rows(said: Sentence, index: int) -> bool:
    return " ".join(said.words[:index]) in ROWS


def _row_count(said: Sentence, operator: Operator, start: int, recovery: tuple[int, str] | None) -> RowCount:
    if recovery:
        said.refuse("Rows are counted anew each time; leave this out", said.at(recovery[0]))
    wanted = number(said.text, start, len(said.text))
    if operator == "contains":
        said.refuse("Rows are counted: write a number, like rows > 0", start)
    return RowCount(text=said.text, operator=operator, value=wanted)


def _fitting(said: Sentence, operator: Operator, wanted: Value, start: int) -> Value:
    """With the value as what the operator makes of it."""
    if isinstance(wanted, Text) and operator in ORDERED:
        if (day := dated(wanted.text)) is None:
            said.refuse("Text has no order here; write = or contains, and numbers without quotes", start)
        return day
    if isinstance(wanted, Flag) and operator not in ("=", "!="):
        said.refuse("Write = true or = false", start)
    if operator == "contains" and isinstance(wanted, Number | Day | Moment):
        said.refuse('Put what it contains in quotes: Name contains "x"', start)
    return wanted


def _until(said: Sentence, index: int, phrase: str, operator: Operator, wanted: Value) -> Until:
    """Beyond the threshold, on its good side."""
    if operator not in ORDERED or not isinstance(wanted, Number):
        said.refuse("Only what is below or above a number can recover at another", said.at(index))
    after = index + len(phrase.split())
    beyond, width = _operator(said, after, operator)
    after += width
    back = number(said.text, said.at(after), len(said.text))
    if ORDERED[operator](back.value, wanted.value) or beyond[0] != opposite(operator)[0]:
        said.refuse("This lies on the side on which it fires; write a value beyond it", said.at(after))
    return Until(operator=beyond, value=back)


def _operator(said: Sentence, index: int, operator: Operator) -> tuple[Operator, int]:
    if index >= len(said.tokens):
        said.refuse("Write a number here", len(said.text))
    if said.tokens[index].kind == "symbol":
        return SYMBOLS[said.tokens[index].text], 1
    phrase = said.begins(index, COMPARED)
    return (COMPARED[phrase], len(phrase.split())) if phrase else (_with_equal(operator), 0)


def _with_equal(operator: Operator) -> Operator:
    return ">=" if operator[0] == "<" else "<="
