"""What a condition can say."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

Which = Literal["any", "first", "all"]
Operator = Literal["<", "<=", ">", ">=", "=", "!=", "contains"]
Direction = Literal["drops", "rises", "changes"]
Wish = Literal["previous", "yesterday", "last_week", "same_day_last_week"]
"""An earlier run to compare with."""


@dataclass(frozen=True, kw_only=True)
class Number:
    """`before` and `after` are only shown: the number is compared as the column holds it."""

    value: int | float
    before: str = ""
    after: str = ""

    @property
    def is_percent(self) -> bool:
        return self.after.strip().lower() in ("%", "percent", "pct")


@dataclass(frozen=True, kw_only=True)
class Text:
    """Compared without regard to case and to spaces around it."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Flag:
    is_true: bool


@dataclass(frozen=True, kw_only=True)
class Day:
    day: date


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Without a zone it is in the alert's."""

    at: datetime


Value = Number | Text | Flag | Day | Moment


@dataclass(frozen=True, kw_only=True)
class Column:
    """A name as written, without quotes, and where. `longer` is the name with the word `any`, `first` or
    `all` before it, in case that is what the column is called."""

    name: str
    longer: str = ""
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class Until:
    """It fires until this holds, which lies beyond the threshold."""

    operator: Operator
    value: Number


@dataclass(frozen=True, kw_only=True)
class Written:
    """`text` is what somebody typed."""

    text: str = field(default="", compare=False)


@dataclass(frozen=True, kw_only=True)
class Threshold(Written):
    """`Revenue < 10000`, `all Name = "x"`."""

    column: Column
    operator: Operator
    value: Value
    which: Which = "any"
    until: Until | None = None


@dataclass(frozen=True, kw_only=True)
class RowCount(Written):
    """`rows > 0`, `no rows`."""

    operator: Operator
    value: Number


@dataclass(frozen=True, kw_only=True)
class Silence(Written):
    """`no data for 3h`: the newest time in the column, else in the first column of times, is older."""

    length: timedelta
    column: Column | None = None


@dataclass(frozen=True, kw_only=True)
class Changed(Written):
    """`Revenue changed`."""

    column: Column
    which: Which = "any"
    wish: Wish = "previous"


@dataclass(frozen=True, kw_only=True)
class Shift(Written):
    """`Revenue drops 20% vs last week`, `rises by 500`: by so much, or more."""

    column: Column
    direction: Direction
    amount: Number
    which: Which = "any"
    wish: Wish = "previous"


Condition = Threshold | RowCount | Silence | Changed | Shift
