"""The episodes that go on, as somebody sees them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from houston.access import Actor
from houston.notify.permalinks import Permalinks
from houston.watch.standing import OPEN, Standing, standing
from store import Store
from store.tables import Client, Episode, Post


@dataclass(frozen=True, kw_only=True)
class EpisodeSeen:
    """`link` leads to its message in the reader's workspace, where there is one."""

    standing: Standing
    client: Client | None
    link: str | None


@dataclass(frozen=True, kw_only=True)
class GoingOn:
    store: Store
    permalinks: Permalinks
    now: Callable[[], datetime]

    async def __call__(self, actor: Actor, limit: int) -> list[EpisodeSeen]:
        """Those that nobody has taken first, then the newest first."""
        async with self.store.read() as uow:
            found = await uow.episodes.in_states(scope=actor.scope, states=OPEN, limit=limit)
        return await self._seen(actor, found)

    async def lately(
        self,
        actor: Actor,
        *,
        client_id: int | None = None,
        states: Collection[str] | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        limit: int = 50,
    ) -> tuple[list[EpisodeSeen], list[Episode]]:
        """Those that went on at some time with start <= time < end, the newest first: as many as may be
        shown, and the rows of all."""
        async with self.store.read() as uow:
            found = await uow.episodes.lately(
                scope=actor.scope, client_id=client_id, states=states, start=start, end=end
            )
        return await self._seen(actor, found[:limit]), found

    async def _seen(self, actor: Actor, found: Sequence[Episode]) -> list[EpisodeSeen]:
        scope, now = actor.scope, self.now()
        assert scope.workspace_id is not None
        async with self.store.read() as uow:
            known = await uow.posts.episodes(scope=scope, ids=[each.id for each in found])
            clients = {client.id: client for client in await uow.clients.all(scope=scope)}
            workspace = await uow.workspaces.find(id=scope.workspace_id)
            posts = await uow.posts.here(scope=scope, episode_ids=[each.id for each in found])
        shown = {each.id: _shown(actor, posts, each.id) for each in found}
        links = await self.permalinks.all(_place(post) for post in shown.values() if post)
        return [
            EpisodeSeen(
                standing=standing(
                    *known[each.id],
                    workspace_id=scope.workspace_id,
                    is_agency=workspace is not None and workspace.has_clients,
                    now=now,
                ),
                client=clients.get(each.client_id),
                link=links.get(_place(post)) if (post := shown[each.id]) else None,
            )
            for each in found
            if each.id in known
        ]


def _shown(actor: Actor, posts: Sequence[Post], episode_id: int) -> Post | None:
    """The message that the actor can open: a channel's, else their own."""
    mine = [post for post in posts if post.episode_id == episode_id and post.ts]
    channels = [post for post in mine if post.address.startswith("channel:")]
    return next(iter([*channels, *(post for post in mine if post.address == f"dm:{actor.user_id}")]), None)


def _place(post: Post) -> tuple[str, str, str]:
    return post.workspace_id, post.channel, post.ts
