from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from houston import access
from houston.errors import Withdrawn
from houston.notify import wall
from houston.notify.messenger import Announcement
from houston.watch.chart import Chart
from store import Store
from store.dispatch import Leased
from store.tables import Client, Event, Workspace

DrawnFrom = Callable[[Event, ZoneInfo], Awaitable[Chart | None]]


@dataclass(frozen=True, kw_only=True)
class Announcer:
    """Gathers what a message says of an event, as it stands when the message is written."""

    store: Store
    charts: Mapping[str, DrawnFrom]
    """How the chart of an event type comes about, for those that have one."""

    async def __call__(self, leased: Leased) -> Announcement:
        """Raises PermanentFailure where the message may not be told at its address any more."""
        event = leased.event
        async with self.store.read() as uow:
            workspace = await uow.workspaces.find(id=leased.delivery.workspace_id)
            scope = access.everything()
            client = await uow.clients.get(scope=scope, id=event.client_id) if event.client_id else None
            if workspace is None or (event.client_id and client is None):
                raise Withdrawn("What this message was about has been deleted.")
            await wall.check(uow, leased.delivery, event, workspace)
        zone = ZoneInfo(workspace.timezone)
        chart = self.charts.get(event.type)
        return Announcement(
            event=event,
            client_name=_name(client, workspace),
            timezone=zone,
            chart=await chart(event, zone) if chart else None,
        )


def _name(client: Client | None, workspace: Workspace) -> str | None:
    return client.name if client and workspace.has_clients else None
