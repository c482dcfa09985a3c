"""What a message says: gathered as things stand when it is written."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from houston import access
from houston.errors import PermanentFailure, Withdrawn
from houston.notify import wall
from houston.notify.items import DELETED, Item, client_of, post_of, read_item
from houston.notify.messenger import Announcement
from houston.notify.routing import ONE_WAY
from houston.watch.chart import Chart
from store import Store, UnitOfWork
from store.dispatch import Leased
from store.tables import Client, Event, Post, Workspace

DrawnFrom = Callable[[Event, ZoneInfo], Awaitable[Chart | None]]


@dataclass(frozen=True, kw_only=True)
class Composed:
    """What becomes of a batch of deliveries to one address.

    `tells` are said by the message, of which there is none where the Post's own change says it all;
    `covered` are said along with them. A reply goes under `root`. `refused` may not be told there
    any more; `later` needs a message of its own. `is_held`: the destination has been paused.
    """

    announcement: Announcement | None = None
    root: Post | None = None
    tells: Sequence[Item] = ()
    covered: Sequence[Item] = ()
    later: Sequence[Leased] = ()
    refused: Mapping[int, PermanentFailure] = field(default_factory=dict)
    is_held: bool = False


@dataclass(frozen=True, kw_only=True)
class Current:
    """What a Post should show now; `shown` is the sum of the versions of its own episodes, not of those
    that it merely mentions."""

    announcement: Announcement
    shown: int


@dataclass(frozen=True, kw_only=True)
class Composer:
    """`charts` say how the chart of an event type comes about, for those that have one."""

    store: Store
    charts: Mapping[str, DrawnFrom]
    now: Callable[[], datetime]

    async def compose(self, batch: Sequence[Leased]) -> Composed:
        async with self.store.read() as uow:
            around = await uow.surroundings.of(scope=access.everything(), delivery=batch[0].delivery)
            if around.destination and around.destination.paused_at:
                return Composed(is_held=True)
            if around.workspace is None:
                raise Withdrawn(DELETED)
            items, refused = await self._allowed(uow, around.workspace, batch, around.client)
            composed = await self._shared(uow, items)
        return replace(await self._with_chart(composed), refused=refused)

    async def current(self, leader: Post) -> Current:
        """Raises PermanentFailure where the Post may not be kept up any more."""
        async with self.store.read() as uow:
            workspace = await _workspace(uow, leader.workspace_id)
            told = await uow.posts.told_in(
                scope=access.everything(),
                workspace_id=leader.workspace_id,
                address=leader.address,
                ts=leader.ts,
            )
            items = [
                await read_item(uow, workspace, delivery, event, await client_of(uow, event), self.now())
                for delivery, event in told
            ]
            for each in items:
                await wall.check(uow, leader.address, each.event, workspace)
        if not items:
            raise Withdrawn(DELETED)
        tells, _ = _once_an_episode(items)
        led = [item for item in tells if item.post and item.post.leader_id == leader.id]
        shown = sum(item.said.episode.version for item in led if item.said.episode)
        announcement = await self._drawn(_message(tells), tells[0], leader.chart_file)
        return Current(announcement=announcement, shown=shown)

    async def leader(self, post: Post) -> Post:
        """The Post that the message of this one is kept up by."""
        scope = access.everything()
        async with self.store.read() as uow:
            led = await uow.posts.led_by(scope=scope, leader_id=post.leader_id)
        return next((each for each in led if each.id == post.leader_id), post)

    async def posts(self, batch: Sequence[Leased]) -> dict[int, Post]:
        """The messages that show the episodes of these deliveries already, by delivery."""
        async with self.store.read() as uow:
            found = {each.delivery.id: await post_of(uow, each.delivery, each.event) for each in batch}
        return {id: post for id, post in found.items() if post and post.ts}

    async def _allowed(
        self, uow: UnitOfWork, workspace: Workspace, batch: Sequence[Leased], client: Client | None
    ) -> tuple[list[Item], dict[int, PermanentFailure]]:
        items: list[Item] = []
        refused: dict[int, PermanentFailure] = {}
        for leased in batch:
            try:
                is_same = client is not None and client.id == leased.event.client_id
                about = client if is_same else await client_of(uow, leased.event)
                found = await read_item(uow, workspace, leased.delivery, leased.event, about, self.now())
                await wall.check(uow, leased.delivery.address, leased.event, workspace)
                items.append(replace(found, leased=leased))
            except PermanentFailure as failure:
                refused[leased.delivery.id] = failure
        return items, refused

    async def _shared(self, uow: UnitOfWork, items: Sequence[Item]) -> Composed:
        """Which of these share the message, and whether it is a reply."""
        if not items:
            return Composed()
        tells, covered = _once_an_episode(items)
        if items[0].delivery.bundle and len(tells) > 1:
            return Composed(announcement=_message(tells), tells=tells, covered=covered)
        if items[0].has_post:
            return await self._reply(uow, items)
        tells, covered = _once_an_episode([item for item in items if not item.has_post])
        later = [item.leased for item in items if item.has_post and item.leased]
        return Composed(announcement=_message(tells), tells=tells, covered=covered, later=later)

    async def _reply(self, uow: UnitOfWork, items: Sequence[Item]) -> Composed:
        """The newest news of the first episode; what came before it goes without saying."""
        root = items[0].post
        news = [item for item in items if item.episode_id == items[0].episode_id]
        later = [item.leased for item in items if item not in news and item.leased]
        last = news[-1]
        if last.event.phase == "resolved" and await self._goes_on(uow, root):
            return Composed(root=root, covered=news, later=later)
        announcement = replace(last.said, is_reply=True)
        return Composed(announcement=announcement, root=root, tells=[last], covered=news[:-1], later=later)

    async def _goes_on(self, uow: UnitOfWork, root: Post | None) -> bool:
        """Whether other episodes of the same message are not over yet."""
        if root is None:
            return False
        led = await uow.posts.led_by(scope=access.everything(), leader_id=root.leader_id)
        found = await uow.posts.episodes(scope=access.everything(), ids=[post.episode_id for post in led])
        return any(episode.resolved_at is None for episode, _ in found.values())

    async def _with_chart(self, composed: Composed) -> Composed:
        if composed.announcement is None or composed.announcement.is_reply:
            return composed
        drawn = await self._drawn(composed.announcement, composed.tells[0], "")
        return replace(composed, announcement=drawn)

    async def _drawn(self, announcement: Announcement, item: Item, chart_file: str) -> Announcement:
        """With its picture: the one that Slack has, or one to be uploaded. A group has none."""
        if chart_file:
            return replace(announcement, chart_file=chart_file)
        draw = self.charts.get(item.event.type)
        if draw is None or announcement.others or item.delivery.address.startswith(ONE_WAY):
            return announcement
        return replace(announcement, chart=await draw(item.event, announcement.timezone))


def _once_an_episode(items: Iterable[Item]) -> tuple[list[Item], list[Item]]:
    """One item for each episode, and those that say nothing beside it."""
    tells: list[Item] = []
    covered: list[Item] = []
    seen: set[int] = set()
    for item in items:
        is_more = item.episode_id is not None and item.episode_id in seen
        (covered if is_more else tells).append(item)
        if item.episode_id is not None:
            seen.add(item.episode_id)
    return tells, covered


def _message(tells: Sequence[Item]) -> Announcement:
    first, *others = tells
    held = first.delivery.bundle.partition(":")[0] if others else ""
    return replace(first.said, others=tuple(item.said for item in others), held=held)


async def _workspace(uow: UnitOfWork, id: str) -> Workspace:
    workspace = await uow.workspaces.find(id=id)
    if workspace is None:
        raise Withdrawn(DELETED)
    return workspace
