from datetime import datetime

from sqlalchemy import exists, or_, update
from sqlmodel import col, select

from store.repository import Repository
from store.tables import Delivery, Destination, Preference, Rule, RuleDestination


class Destinations(Repository):
    """A workspace's places to send to; they belong to the workspace, not to a client."""

    async def all(self, *, workspace_id: str) -> list[Destination]:
        query = select(Destination).where(Destination.workspace_id == workspace_id)
        return list(await self._session.exec(query.order_by(col(Destination.alias))))

    async def get(self, *, id: int) -> Destination | None:
        return await self._session.get(Destination, id)

    async def uses(self, *, id: int) -> list[int]:
        """The numbers of the rules that send there, at once or when nobody takes what they told."""
        sends = exists().where(
            col(RuleDestination.rule_id) == col(Rule.id), col(RuleDestination.destination_id) == id
        )
        query = select(Rule.number).where(or_(sends, col(Rule.escalate_to) == id))
        return list(await self._session.exec(query.order_by(col(Rule.number))))

    async def is_preferred(self, *, id: int) -> bool:
        """Whether a member has chosen to be told there."""
        query = select(Preference.user_id).where(Preference.destination_id == id).limit(1)
        return (await self._session.exec(query)).first() is not None

    async def was_used(self, *, id: int) -> bool:
        """Whether anything was ever on its way there."""
        query = select(Delivery.id).where(Delivery.destination_id == id).limit(1)
        return (await self._session.exec(query)).first() is not None

    async def save(self, *, destination: Destination) -> None:
        self._session.add(destination)
        await self._session.flush()

    async def delete(self, *, destination: Destination) -> None:
        await self._session.delete(destination)
        await self._session.flush()

    async def of(
        self, *, workspace_id: str, kind: str, address: str, alias: str, now: datetime
    ) -> Destination:
        """The destination at this address, made if it is new."""
        found = await self.find(workspace_id=workspace_id, kind=kind, address=address)
        if found is None:
            found = Destination(
                workspace_id=workspace_id, kind=kind, address=address, alias=alias, created_at=now
            )
            self._session.add(found)
            await self._session.flush()
        return found

    async def find(self, *, workspace_id: str, kind: str, address: str) -> Destination | None:
        query = select(Destination).where(
            Destination.workspace_id == workspace_id,
            Destination.kind == kind,
            Destination.address == address,
        )
        return (await self._session.exec(query)).first()

    async def mark(self, *, workspace_id: str, kind: str, address: str, error: str) -> None:
        """The same for whatever leads to this address, if anything does."""
        await self._session.exec(
            update(Destination)
            .where(
                col(Destination.workspace_id) == workspace_id,
                col(Destination.kind) == kind,
                col(Destination.address) == address,
            )
            .values(error=error)
        )

    async def set_error(self, *, id: int, error: str) -> None:
        """What keeps it from receiving, in plain words; '' when it works again."""
        await self._session.exec(update(Destination).where(col(Destination.id) == id).values(error=error))

    async def failing(self) -> list[int]:
        """The ids of those that something is wrong with, in any workspace."""
        is_wrong = or_(
            col(Destination.error) != "",
            col(Destination.failures) > 0,
            col(Destination.paused_at).is_not(None),
        )
        found = await self._session.exec(select(Destination.id).where(is_wrong))
        return [id for id in found if id is not None]

    async def failed(self, *, id: int, error: str) -> int:
        """Note that it failed; how often it has in a row. 0 for one that is not there."""
        statement = (
            update(Destination)
            .where(col(Destination.id) == id)
            .values(error=error, failures=col(Destination.failures) + 1)
            .returning(col(Destination.failures))
        )
        counted: int | None = (await self._session.exec(statement)).scalar_one_or_none()
        return counted or 0

    async def pause(self, *, id: int, now: datetime) -> bool:
        """Whether it was at work until now."""
        is_at_work = (col(Destination.id) == id, col(Destination.paused_at).is_(None))
        changed: int = (
            await self._session.exec(update(Destination).where(*is_at_work).values(paused_at=now))
        ).rowcount
        return changed == 1

    async def works(self, *, id: int) -> None:
        """Forget what was wrong with it."""
        statement = update(Destination).where(col(Destination.id) == id)
        await self._session.exec(statement.values(error="", failures=0, paused_at=None))

    async def owners(self, *, id: int) -> list[str]:
        """Whose rules send there."""
        query = (
            select(Rule.owner)
            .join(RuleDestination, col(RuleDestination.rule_id) == col(Rule.id))
            .where(RuleDestination.destination_id == id, Rule.owner != "", col(Rule.active).is_(True))
        )
        return sorted(set(await self._session.exec(query)))
