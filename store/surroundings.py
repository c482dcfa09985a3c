from dataclasses import dataclass

from sqlalchemy import and_
from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Channel, Client, Delivery, Destination, Workspace


@dataclass(frozen=True, kw_only=True)
class Around:
    """Where a delivery goes, and whom it is about."""

    workspace: Workspace | None = None
    client: Client | None = None
    channel: Channel | None = None
    destination: Destination | None = None


class Surroundings(Repository):
    """One look at all that a message stands among: the hot path of delivering."""

    async def of(self, *, scope: Scope, delivery: Delivery) -> Around:
        """No client where the delivery is about none, or it is not to be seen."""
        query = (
            select(Workspace, Client, Channel, Destination)
            .select_from(Workspace)
            .outerjoin(Client, and_(col(Client.id) == delivery.client_id, scope.holds(Client.id)))
            .outerjoin(
                Channel,
                and_(
                    col(Channel.workspace_id) == col(Workspace.id),
                    col(Channel.id) == delivery.address.partition(":")[2],
                ),
            )
            .outerjoin(Destination, col(Destination.id) == delivery.destination_id)
            .where(Workspace.id == delivery.workspace_id)
        )
        found = (await self._session.exec(query)).first()
        if found is None:
            return Around()
        workspace, client, channel, destination = found
        return Around(workspace=workspace, client=client, channel=channel, destination=destination)
