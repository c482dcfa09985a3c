"""Alerts between the table and people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from houston.access import Actor, everything
from houston.errors import Invalid, NotFound
from houston.reports import timing
from houston.reports.ownership import client_named
from houston.team import audit
from houston.watch.alerts.alert import AlertSeen
from houston.watch.alerts.watched import key
from houston.watch.alerts.ways import ways
from store import Scope, UnitOfWork
from store.tables import Alert, Lifecycle

PAUSED, NEW, ERROR = "paused", "new", "error"
TOLD = {"name", "report_id", "match", "rules", "schedule", "timezone", "owner", "runbook"} | {
    *("n", "m", "no_data", "active")
}
"""What the audit keeps of one."""


async def found(uow: UnitOfWork, scope: Scope, id: int) -> Alert:
    """Raises NotFound."""
    alert = await uow.alerts.find(scope=scope, id=id)
    if alert is None:
        raise NotFound("I know no such alert. /houston alerts lists them.")
    return alert


async def seen(uow: UnitOfWork, scope: Scope, alerts: Sequence[Alert]) -> list[AlertSeen]:
    """With what people call their parts, and how they stand."""
    clients = {client.id: client.name for client in await uow.clients.all(scope=scope)}
    reports = {report.id: report.name for report in await uow.reports.all(scope=scope)}
    stand = await uow.lifecycles.of_keys(scope=scope, keys=[key(alert.id) for alert in alerts])
    sent = await ways(uow, scope, alerts)
    return [
        AlertSeen(
            alert=alert,
            report_name=reports.get(alert.report_id, ""),
            client=clients.get(alert.client_id),
            state=_state(alert, stand.get(key(alert.id))),
            words=timing.words(alert.schedule),
            places=sent[alert.id or 0].places,
            destinations=sent[alert.id or 0].own,
        )
        for alert in alerts
    ]


async def keep(
    uow: UnitOfWork,
    actor: Actor,
    action: str,
    alert: Alert,
    before: dict[str, Any] | None,
    *,
    now: datetime,
) -> None:
    after = None if action.endswith("deleted") else await told(uow, alert)
    clients, subject = [alert.client_id], f"alert {alert.id}"
    await audit.record(uow, actor, action, subject, before=before, after=after, clients=clients, now=now)
    await uow.commit()


async def told(uow: UnitOfWork, alert: Alert) -> dict[str, Any]:
    client = await client_named(uow, everything(), alert.client_id)
    return {**alert.model_dump(include=TOLD), "client": client.slug if client else None}


def first_due(alert: Alert, now: datetime) -> datetime:
    """At once where nobody can read its schedule: the check says so."""
    try:
        return timing.first_due(alert.schedule, now, timing.zone(alert.timezone))
    except Invalid:
        return now


def _state(alert: Alert, stands: Lifecycle | None) -> str:
    if not alert.active:
        return PAUSED
    if alert.failures >= timing.TOLD_AFTER:
        return ERROR
    if alert.checked_at is None:
        return NEW
    return stands.state if stands else "ok"
