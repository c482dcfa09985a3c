"""Alerts: conditions on a report's rows, as people keep them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.access import Actor
from houston.errors import Conflict
from houston.reports.ownership import made_by
from houston.watch.alerts import alert_rows, own_rule
from houston.watch.alerts.alert import AlertDraft, AlertPreview, AlertRule, AlertSeen, Explained
from houston.watch.alerts.checks import AlertChecks
from houston.watch.alerts.filling import fill
from houston.watch.alerts.previews import Previews, Progress, quietly
from houston.watch.alerts.watched import key
from store import Scope, Store
from store.tables import Alert

__all__ = ["CHANGE", "AlertDraft", "AlertPreview", "AlertRule", "AlertSeen", "Alerts", "Explained"]

CHANGE = "change alerts"
DELETED, PAUSED = "Alert deleted", "Alert paused"


@dataclass(frozen=True, kw_only=True)
class Alerts:
    """`stale` is called once messages show what is no longer so."""

    store: Store
    previews: Previews
    checks: AlertChecks
    now: Callable[[], datetime]
    stale: Callable[[], None] = lambda: None

    async def all(self, scope: Scope) -> list[AlertSeen]:
        """By name."""
        async with self.store.read() as uow:
            return await alert_rows.seen(uow, scope, await uow.alerts.all(scope=scope))

    async def get(self, scope: Scope, id: int) -> AlertSeen:
        """Raises NotFound."""
        async with self.store.read() as uow:
            return (await alert_rows.seen(uow, scope, [await alert_rows.found(uow, scope, id)]))[0]

    async def explain(self, actor: Actor, draft: AlertDraft) -> tuple[Explained, ...]:
        """What each condition means and what it gives today. Raises InvalidFields by `rules` where one
        cannot be read, by `report`, `schedule`, `timezone`, `match`, `no_data` and `n`; NotAllowed."""
        actor.demand_admin(CHANGE)
        return await self.previews.explain(actor, draft)

    async def preview(self, actor: Actor, draft: AlertDraft, progress: Progress = quietly) -> AlertPreview:
        """What it would have done over the last 90 days. Raises as `explain`."""
        actor.demand_admin(CHANGE)
        return await self.previews.preview(actor, draft, progress)

    async def demand_fit(self, actor: Actor, draft: AlertDraft) -> None:
        """Raises as `add` would, but for its channels, and adds nothing."""
        actor.demand_admin(CHANGE)
        await self._demand_fit(actor, self._new(actor), draft)
        await self.previews.demand_judgeable(actor, draft)

    async def add(self, actor: Actor, draft: AlertDraft) -> AlertSeen:
        """Judged once before it is kept. Raises InvalidFields by `name`, `report`, `rules`, `match`,
        `schedule`, `timezone`, `owner`, `runbook`, `n`, `no_data` and `channels`; NotAllowed."""
        actor.demand_admin(CHANGE)
        await self._demand_fit(actor, self._new(actor), draft)
        await self.previews.demand_judgeable(actor, draft)
        async with self.store.begin() as uow:
            alert = self._new(actor)
            await fill(uow, actor, alert, draft, self.now())
            await uow.alerts.save(alert=alert)
            await uow.alerts.end(key=key(alert.id), why=DELETED, at=self.now())
            await own_rule.choose(uow, actor, alert, draft.channels or (), self.now())
            await alert_rows.keep(uow, actor, "alert.added", alert, None, now=self.now())
        return await self.get(actor.scope, alert.id or 0)

    async def edit(self, actor: Actor, id: int, draft: AlertDraft) -> AlertSeen:
        """Raises as `add`, and NotFound."""
        actor.demand_admin(CHANGE)
        known = (await self.get(actor.scope, id)).alert
        await self._demand_fit(actor, Alert(**known.model_dump()), draft)
        if draft.active and _asks_else(known, draft):
            await self.previews.demand_judgeable(actor, draft)
        async with self.store.begin() as uow:
            alert = await alert_rows.found(uow, actor.scope, id)
            before, name = await alert_rows.told(uow, alert), alert.name
            if not draft.active:
                await uow.alerts.end(key=key(id), why=PAUSED, at=self.now())
            await fill(uow, actor, alert, draft, self.now())
            await own_rule.rename(uow, actor, alert, name, self.now())
            await uow.alerts.save(alert=alert)
            if draft.channels is not None:
                await own_rule.choose(uow, actor, alert, draft.channels, self.now())
            await alert_rows.keep(uow, actor, "alert.edited", alert, before, now=self.now())
        self.stale()
        return await self.get(actor.scope, id)

    async def delete(self, actor: Actor, id: int) -> Alert:
        """What it tells of ends with it, and a rule that was only its own. Raises NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            alert = await alert_rows.found(uow, actor.scope, id)
            before = await alert_rows.told(uow, alert)
            await own_rule.remove(uow, actor, alert, self.now())
            await uow.alerts.end(key=key(id), why=DELETED, at=self.now())
            await uow.alerts.delete(alert=alert)
            await alert_rows.keep(uow, actor, "alert.deleted", alert, before, now=self.now())
        self.stale()
        return alert

    async def pause(self, actor: Actor, id: int) -> AlertSeen:
        """What it tells of ends. Raises NotFound, NotAllowed."""
        return await self._switch(actor, id, active=False)

    async def resume(self, actor: Actor, id: int) -> AlertSeen:
        """Due as if it were new. Raises NotFound, NotAllowed."""
        return await self._switch(actor, id, active=True)

    async def check(self, actor: Actor, id: int) -> AlertSeen:
        """Look now, whatever the schedule says. Raises Conflict where it is paused, or looked at by
        somebody at this moment; NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        known = await self.get(actor.scope, id)
        if not known.alert.active:
            raise Conflict(f"{known.alert.name} is paused. Resume it first.")
        await self.checks.look_now(id)
        return await self.get(actor.scope, id)

    async def _switch(self, actor: Actor, id: int, *, active: bool) -> AlertSeen:
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            alert = await alert_rows.found(uow, actor.scope, id)
            before = await alert_rows.told(uow, alert)
            if not active:
                await uow.alerts.end(key=key(id), why=PAUSED, at=self.now())
            alert.active, alert.failures, alert.error = active, 0, ""
            alert.due_at = alert_rows.first_due(alert, self.now())
            await uow.alerts.save(alert=alert)
            action = "alert.resumed" if active else "alert.paused"
            await alert_rows.keep(uow, actor, action, alert, before, now=self.now())
        self.stale()
        return await self.get(actor.scope, id)

    async def _demand_fit(self, actor: Actor, alert: Alert, draft: AlertDraft) -> None:
        """Raises InvalidFields before anything is asked."""
        async with self.store.read() as uow:
            await fill(uow, actor, alert, draft, self.now())

    def _new(self, actor: Actor) -> Alert:
        now = self.now()
        home = actor.scope.workspace_id
        return Alert(
            workspace_id=home, report_id=0, name="", created_by=made_by(actor), created_at=now, due_at=now
        )


def _asks_else(known: Alert, draft: AlertDraft) -> bool:
    return known.report_id != draft.report_id or [each["text"] for each in known.rules] != [
        each.text for each in draft.rules
    ]
