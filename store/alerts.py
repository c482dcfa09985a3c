from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, delete, select

from store.due import moved, unclaimed
from store.posts import changed
from store.repository import Repository
from store.scope import Scope
from store.tables import Alert, Episode, Lifecycle, Report, Rule


class Alerts(Repository):
    """Conditions on reports. The agency's own are for who sees every client."""

    async def all(self, *, scope: Scope) -> list[Alert]:
        query = select(Alert).where(scope.holds(Alert.client_id))
        return list(await self._session.exec(query.order_by(col(Alert.name), col(Alert.id))))

    async def find(self, *, scope: Scope, id: int) -> Alert | None:
        query = select(Alert).where(Alert.id == id, scope.holds(Alert.client_id))
        return (await self._session.exec(query)).first()

    async def named(self, *, scope: Scope, name: str, client_id: int | None) -> list[Alert]:
        """Those of this client (None: of the agency) that are called so, whatever the case."""
        known = [each for each in await self.all(scope=scope) if each.client_id == client_id]
        return [each for each in known if each.name.casefold() == name.casefold()]

    async def save(self, *, alert: Alert) -> Alert:
        """Whoever looks at it at this moment keeps nothing of that."""
        unclaimed(alert)
        self._session.add(alert)
        await self._session.flush()
        return alert

    async def delete(self, *, alert: Alert) -> None:
        await self._session.delete(alert)
        await self._session.flush()

    async def due(self, *, scope: Scope, now: datetime, limit: int) -> list[tuple[Alert, int]]:
        """Those that wait to be looked at, and the ids of their data sources."""
        query = (
            select(Alert, Report.source_id)
            .join(Report, col(Report.id) == col(Alert.report_id))
            .where(col(Alert.active).is_(True), col(Alert.due_at) <= now, scope.holds(Alert.client_id))
            .order_by(col(Alert.due_at))
            .limit(limit)
        )
        return [(alert, source_id) for alert, source_id in await self._session.exec(query)]

    async def take(self, *, alert: Alert, until: datetime) -> bool:
        """Have it alone until then; False where somebody else was first."""
        values = {"due_at": until}
        statement = moved(Alert, id=alert.id or 0, due_at=alert.due_at, values=values)
        taken: int = (await self._session.exec(statement)).rowcount
        return taken == 1

    async def rules(self, *, subject: str) -> list[Rule]:
        """Rules for data alerts of just this subject, whatever the case, in all workspaces; the caller says
        which are meant."""
        query = select(Rule).where(Rule.event_type == "data_alert").order_by(col(Rule.id))
        known = list(await self._session.exec(query))
        return [rule for rule in known if rule.subject.casefold() == subject.casefold()]

    async def end(self, *, key: str, why: str, at: datetime) -> None:
        """Forget where a watched thing stands; its open episode is over, and its message says why.

        Its row is locked, so that a check that runs now comes before or after. Call it before any change
        to the alert: a check locks in this order too.
        """
        fresh = Lifecycle(key=key, since=at).model_dump()
        await self._upsert(Lifecycle, [fresh], key=("key",), keep=tuple(fresh))
        query = select(Lifecycle).where(Lifecycle.key == key).with_for_update()
        lifecycle = (await self._session.exec(query)).one()
        episode = await self._session.get(Episode, lifecycle.episode_id) if lifecycle.episode_id else None
        if episode and episode.resolved_at is None:
            await self._resolve(episode, why, at)
        await self._session.exec(delete(Lifecycle).where(col(Lifecycle.key) == key))

    async def _resolve(self, episode: Episode, why: str, at: datetime) -> None:
        over = {"state": "resolved", "resolved_at": at, "current": {**episode.current, "ended": why}}
        await self._session.exec(update(Episode).where(col(Episode.id) == episode.id).values(**over))
        for statement in changed(episode.id):
            await self._session.exec(statement)
