from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from store.repository import Repository
from store.tables import Destination


class Destinations(Repository):
    """A workspace's places to send to; they belong to the workspace, not to a client."""

    async def all(self, *, workspace_id: str) -> list[Destination]:
        query = select(Destination).where(Destination.workspace_id == workspace_id)
        return list(await self._session.exec(query.order_by(col(Destination.alias))))

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

    async def set_error(self, *, id: int, error: str) -> None:
        """What keeps it from receiving, in plain words; '' when it works again."""
        await self._session.exec(update(Destination).where(col(Destination.id) == id).values(error=error))
