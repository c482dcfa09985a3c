"""What the conditions of alerts gave in the newest run that is kept of their reports; nothing is asked."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from houston.errors import Invalid
from houston.watch.alerts.alert import AlertSeen
from houston.watch.alerts.conditions import Baselines, Rule, judge
from houston.watch.alerts.conditions.kinds import RowCount, Threshold
from houston.watch.alerts.rows_of import of_run
from houston.watch.alerts.watched import key, watched
from store import Scope, Store
from store.tables import Alert, Lifecycle, ReportRun

BY_ITSELF = (Threshold, RowCount)
"""Conditions whose value is in the rows of one run."""


@dataclass(frozen=True, kw_only=True)
class Latest:
    """By condition as written, the value it had; and since when the alert stands as it does."""

    values: Mapping[str, str]
    stands: Lifecycle | None


@dataclass(frozen=True, kw_only=True)
class LatestValues:
    store: Store

    async def __call__(self, scope: Scope, alerts: Sequence[AlertSeen]) -> Mapping[int, Latest]:
        """By the alert's id."""
        rows = [each.alert for each in alerts]
        async with self.store.read() as uow:
            runs = await uow.report_runs.newest(
                scope=scope, report_ids={each.report_id for each in rows}, well=True
            )
            stand = await uow.lifecycles.of_keys(scope=scope, keys=[key(each.id) for each in rows])
        found = await asyncio.to_thread(lambda: [_values(each, runs.get(each.report_id)) for each in rows])
        return {
            each.id or 0: Latest(values=values, stands=stand.get(key(each.id)))
            for each, values in zip(rows, found, strict=True)
        }


def _values(alert: Alert, run: ReportRun | None) -> Mapping[str, str]:
    """None of an alert that cannot be read any more: how it fails is told in its own words."""
    if run is None:
        return {}
    try:
        what = watched(alert)
    except Invalid:
        return {}
    rules: list[Rule] = [rule for rule in what.rules if isinstance(rule.condition, BY_ITSELF)]
    judgement = judge(rules, "any", of_run(run), Baselines(), run.at, what.zone)
    return {finding.text: finding.current for finding in judgement.findings if finding.current}
