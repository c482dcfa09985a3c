"""What came of a condition."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from houston.watch.alerts.conditions.kinds import Condition, Which
from houston.watch.policy import Verdict


@dataclass(frozen=True, kw_only=True)
class Rule:
    condition: Condition
    severity: str = "warning"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What came of one condition.

    `text` is the condition as typed; `current` the worst value as people write it (`8,750 (and 4 more)`),
    '' where there is none; `note` what else must be said: what went wrong, or that there is no baseline
    yet. `row` is the index of the row that is shown. `is_recovered` is false for a value that no longer
    breaches, and has not come as far as its `until`.
    """

    text: str
    verdict: Verdict
    current: str = ""
    note: str = ""
    severity: str = "warning"
    is_recovered: bool = True
    row: int | None = None

    def of(self, rule: Rule) -> "Finding":
        return replace(self, text=rule.condition.text, severity=rule.severity)

    def waiting(self) -> "Finding":
        return replace(self, is_recovered=False)


@dataclass(frozen=True, kw_only=True)
class Tested:
    """A row for which a condition could be tested, and how to show its value: of thousands of rows only
    the worst is shown."""

    row: int
    is_breach: bool
    show: Callable[[], str]


CUT = "The result has more rows than were read, so nobody can say. Let the query choose the rows that matter"


def finding(tested: list[Tested], which: Which, *, is_cut: bool) -> Finding:
    """Of at least one test, the worst first. What more rows could turn is an error."""
    broken = [each for each in tested if each.is_breach]
    is_breach = len(broken) == len(tested) if which == "all" else bool(broken)
    if is_cut and which != "first" and is_breach == (which == "all"):
        return Finding(text="", verdict="error", note=CUT)
    worst = broken[0] if broken else tested[0]
    more = _more(len(broken) - 1, is_cut) if is_breach and which != "first" else ""
    return Finding(
        text="", verdict="breach" if is_breach else "ok", current=worst.show() + more, row=worst.row
    )


def failed(note: str) -> Finding:
    return Finding(text="", verdict="error", note=note)


def missing(note: str) -> Finding:
    return Finding(text="", verdict="no_data", note=note)


def _more(count: int, is_cut: bool) -> str:
    if not count:
        return ""
    return f" (and {'at least ' if is_cut else ''}{count:,} more)"
