"""`no rows`, `no data for 3h`, `no data in created_at for 2 days`."""

import re
from datetime import timedelta

from houston.watch.alerts.conditions.kinds import Column, Condition, Number, RowCount, Silence
from houston.watch.alerts.conditions.sentence import Sentence
from houston.watch.quoting import nearest
from houston.watch.schedules.vocabulary import SECONDS

PART = re.compile(r"(\d{1,9}) ?([a-z]+)(?: and)? ?", re.IGNORECASE)
LONGEST = 3_660 * 86_400


def absence(said: Sentence) -> Condition | None:
    """None for what does not begin with `no`, or has an operator. Raises ConditionError."""
    words = said.words
    if words[0] in ("no", "any") and words[1:] in (["rows"], ["row"]):
        return RowCount(text=said.text, operator="=" if words[0] == "no" else ">", value=Number(value=0))
    if words[0] != "no" or any(each.kind == "symbol" for each in said.tokens):
        return None
    if words[1:2] == ["data"]:
        return _silence(said)
    meant = nearest(words[1], ("rows", "data")) if len(words) > 1 else None
    if meant:
        said.refuse(f"Did you mean {'no rows' if meant == 'rows' else 'no data for 3h'}?", said.at(1))
    return None


def _silence(said: Sentence) -> Silence:
    found = said.find(("for", "since"), 2)
    if found is None:
        said.refuse("Write for how long, like no data for 3h; or write no rows", len(said.text))
    index, _ = found
    column = None
    if index > 2:
        if said.words[2] != "in" or index == 3:
            said.refuse("Write no data for 3h, or no data in created_at for 3h", said.at(2))
        column = _column(said, index)
    return Silence(text=said.text, column=column, length=_length(said, index + 1))


def _column(said: Sentence, end: int) -> Column:
    token = said.tokens[3]
    if token.kind == "quoted" and end == 4:
        return Column(name=token.text.strip(), at=token.at)
    return Column(name=said.text[token.at : said.end(end)], at=token.at)


def _length(said: Sentence, index: int) -> timedelta:
    at, left = said.at(index), said.text[said.at(index) :]
    total, done = 0, 0
    for part in PART.finditer(left):
        size = SECONDS.get(part[2].lower())
        if part.start() != done or size is None:
            break
        total, done = total + int(part[1]) * size, part.end()
    if done < len(left) or not left:
        said.refuse("Write how long, like 3h, 90 minutes or 2 days", at + done)
    if not 0 < total <= LONGEST:
        said.refuse("Write a length above zero, of ten years at most", at)
    return timedelta(seconds=total)
