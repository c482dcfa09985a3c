from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from store.repository import Repository
from store.tables import Delivery, Destination, Rule, RuleDestination


class Destinations(Repository):
    """A workspace's places to send to; they belong to the workspace, not to a client."""

    async def all(self, *, workspace_id: str) -> list[Destination]:
        query = select(Destination).where(Destination.workspace_id == workspace_id)
        return list(await self._session.exec(query.order_by(col(Destination.alias))))

    async def get(self, *, id: int) -> Destination | None:
        return await self._session.get(Destination, id)

    async def uses(self, *, id: int) -> list[int]:
        """The numbers of the rules that send there."""
        query = (
            select(Rule.number)
            .join(RuleDestination, col(RuleDestination.rule_id) == col(Rule.id))
            .where(RuleDestination.destination_id == id)
        )
        return list(await self._session.exec(query.order_by(col(Rule.number))))

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
        query = select(Destination).where(
            Destination.workspace_id == workspace_id,
            Destination.kind == kind,
            Destination.address == address,
        )
        found = (await self._session.exec(query)).first()
        if found is None:
            found = Destination(
                workspace_id=workspace_id, kind=kind, address=address, alias=alias, created_at=now
            )
            self._session.add(found)
            await self._session.flush()
        return found

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
