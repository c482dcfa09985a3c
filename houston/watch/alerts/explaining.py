"""What conditions mean, and what they give, in words."""

from collections.abc import Sequence

from houston.watch.alerts.alert import Explained
from houston.watch.alerts.conditions import ConditionError, Finding, Judgement, Rows, Rule, check, meaning


def explained(rules: Sequence[Rule], judgement: Judgement, rows: Rows) -> tuple[Explained, ...]:
    pairs = zip(rules, judgement.findings, strict=True)
    return tuple(_one(rule, finding, rows) for rule, finding in pairs)


def _one(rule: Rule, finding: Finding, rows: Rows) -> Explained:
    is_wrong = finding.verdict == "error"
    return Explained(
        text=finding.text,
        meaning=meaning(rule.condition),
        current=finding.current,
        verdict=finding.verdict,
        error=_wrong(rule, finding, rows) if is_wrong else "",
        note="" if is_wrong else finding.note,
    )


def _wrong(rule: Rule, finding: Finding, rows: Rows) -> str:
    """With a caret, where a column is not there."""
    try:
        check(rule.condition, rows.columns)
    except ConditionError as error:
        return error.message
    return f"{finding.text}: {finding.note}"
