"""What a watched thing is checked for, and how its checks are judged."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Verdict = Literal["ok", "breach", "no_data", "error"]
Reaction = Literal["keep", "ok", "fire", "tell"]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One look at a thing. One that no longer breaches but has not recovered (`ok` without
    `is_recovered`) keeps firing what fires, and fires nothing. A breach that `is_news` is told at once,
    also where the thing fires already."""

    at: datetime
    verdict: Verdict
    severity: str = "warning"
    is_recovered: bool = True
    is_news: bool = False


@dataclass(frozen=True, kw_only=True)
class Policy:
    """It fires once `n` of the newest `m` checks breach, and is over after `keep_firing_for`: so many
    good checks in a row, or good ones for so long.

    `no_data` and `error` (of which it takes `errors_in_row`) each leave everything as it is (`keep`),
    count as good (`ok`) or as a breach (`fire`), or are told, once (`tell`).

    While it fires, `repeated` is told at most once every `repeat_after`, and at once where it gets
    worse. A fire within `reopen_within` of the end is the same episode again. A breach more than
    `forget_after` after the last one begins a new episode, and nothing is told of the old one's end.

    `takes` says which checks count: `later` ones than the last only; those of the `same` moment too,
    where the caller knows repeats by something else; or `any`, in the order in which they come.
    """

    n: int = 1
    m: int = 1
    keep_firing_for: int | timedelta = 1
    no_data: Reaction = "keep"
    error: Reaction = "keep"
    errors_in_row: int = 1
    repeat_after: timedelta | None = None
    reopen_within: timedelta | None = None
    forget_after: timedelta | None = None
    announces_resolved: bool = True
    takes: Literal["later", "same", "any"] = "later"

    def __post_init__(self) -> None:
        if not 1 <= self.n <= self.m:
            raise ValueError(f"{self.n} of {self.m} checks cannot breach")

    @property
    def remembered(self) -> int:
        """How many verdicts it takes to judge."""
        good = self.keep_firing_for
        return max(self.m, good if isinstance(good, int) else 1)
