from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from houston.watch.standing import Standing, standing
from store import Scope, Store
from store.tables import Delivery, Episode, Event


@dataclass(frozen=True, kw_only=True)
class History:
    """What happened and what became of telling it, the newest first. `before` is the last id of the
    page before."""

    store: Store
    now: Callable[[], datetime]

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

    async def episodes(
        self,
        scope: Scope,
        *,
        client_id: int | None = None,
        type: str | None = None,
        states: Collection[str] | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[tuple[Episode, Standing]]:
        """Each with how it stands; people in it are of no workspace."""
        async with self.store.read() as uow:
            found = await uow.episodes.all(
                scope=scope, client_id=client_id, type=type, states=states, before=before, limit=limit
            )
            known = await uow.posts.episodes(scope=scope, ids=[each.id for each in found])
        now = self.now()
        stands = {
            id: standing(*pair, workspace_id="", is_agency=scope.client_ids is None, now=now)
            for id, pair in known.items()
        }
        return [(each, stands[each.id]) for each in found if each.id in stands]
