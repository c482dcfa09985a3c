from collections.abc import Sequence
from dataclasses import dataclass

from store import Scope, Store
from store.tables import Delivery, Event


@dataclass(frozen=True, kw_only=True)
class History:
    """What happened and what became of telling it, the newest first. `before` is the last id of the
    page before."""

    store: Store

    async def events(
        self,
        scope: Scope,
        *,
        client_id: int | None = None,
        type: str | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[Event]:
        async with self.store.read() as uow:
            return await uow.events.all(
                scope=scope, client_id=client_id, type=type, before=before, limit=limit
            )

    async def deliveries(
        self,
        scope: Scope,
        *,
        workspace_ids: Sequence[str],
        event_id: int | None = None,
        state: int | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[Delivery]:
        """Those to these workspaces."""
        async with self.store.read() as uow:
            return await uow.deliveries.all(
                scope=scope,
                workspace_ids=workspace_ids,
                event_id=event_id,
                state=state,
                before=before,
                limit=limit,
            )
