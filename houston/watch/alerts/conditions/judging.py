"""What an alert's conditions make of the rows of a run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from houston.watch.alerts.conditions.absences import row_count, silence
from houston.watch.alerts.conditions.errors import ConditionError
from houston.watch.alerts.conditions.findings import Finding, Rule, failed
from houston.watch.alerts.conditions.kinds import Condition, RowCount, Silence, Threshold
from houston.watch.alerts.conditions.rows import Baselines, Rows
from houston.watch.alerts.conditions.shifts import movement
from houston.watch.alerts.conditions.thresholds import threshold
from houston.watch.policy import Verdict
from houston.watch.snapshot import RANKS

UTC = ZoneInfo("UTC")
NO_RULES = "The alert has no condition"


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """`severity` is the worst of the conditions that breach, else of all. `error` says in plain words what
    went wrong, or why there is no data. `is_recovered` is as a lifecycle's check has it."""

    verdict: Verdict
    severity: str
    findings: tuple[Finding, ...]
    error: str = ""
    is_recovered: bool = True

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said besides, such as that there is no baseline yet."""
        return tuple(dict.fromkeys(each.note for each in self.findings if each.verdict == "ok" and each.note))


def judge(
    rules: Sequence[Rule],
    match: Literal["any", "all"],
    rows: Rows,
    baselines: Baselines,
    now: datetime,
    zone: ZoneInfo = UTC,
) -> Judgement:
    """Raises nothing: a column that is missing or of another kind is the verdict `error`.

    A breach of any-of stands though another condition fails; all-of says so first. Where nothing is
    wrong, no rows or only empty cells are `no_data` unless another condition decides without them.
    """
    found = tuple(_finding(each.condition, rows, baselines, now, zone).of(each) for each in rules)
    verdict: Verdict = _verdict(match, {each.verdict for each in found}) if found else "error"
    told = [each.note for each in found if each.verdict == verdict] if found else [NO_RULES]
    broken = [each for each in found if each.verdict == "breach"] if verdict == "breach" else found
    return Judgement(
        verdict=verdict,
        severity=max(
            (each.severity for each in broken), key=lambda each: RANKS.get(each, 0), default="warning"
        ),
        findings=found,
        error=". ".join(dict.fromkeys(told)) if verdict in ("error", "no_data") else "",
        is_recovered=_is_recovered(match, found),
    )


def seen(judgement: Judgement) -> list[dict[str, str]]:
    """The `rules` of an event's payload: those that are broken; once all is well every one, so that what
    fired can be shown with what it is now."""
    if judgement.verdict == "breach":
        told = [each for each in judgement.findings if each.verdict == "breach"]
    elif judgement.verdict == "ok":
        told = [each for each in judgement.findings if judgement.is_recovered or not each.is_recovered]
    else:
        told = []
    return [{"text": each.text, "current": each.current} for each in told]


def _finding(
    condition: Condition, rows: Rows, baselines: Baselines, now: datetime, zone: ZoneInfo
) -> Finding:
    try:
        match condition:
            case Threshold():
                return threshold(condition, rows, zone)
            case RowCount():
                return row_count(condition, rows)
            case Silence():
                return silence(condition, rows, baselines, now, zone)
            case _:
                return movement(condition, rows, baselines.of(condition.wish), zone)
    except ConditionError as error:
        return failed(error.why)


def _verdict(match: Literal["any", "all"], verdicts: set[Verdict]) -> Verdict:
    """The first of these that any condition has."""
    order: tuple[Verdict, ...] = ("breach", "error", "no_data", "ok")
    if match == "all":
        order = ("error", "ok", "no_data", "breach")
    return next(each for each in order if each in verdicts)


def _is_recovered(match: Literal["any", "all"], found: Sequence[Finding]) -> bool:
    """Whether it would not fire either if what waits for its recovery breached."""
    firing = [each.verdict == "breach" or not each.is_recovered for each in found]
    return not (all(firing) if match == "all" else any(firing))
