"""What a message says: gathered as things stand when it is written."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from houston import access
from houston.errors import PermanentFailure, Withdrawn
from houston.notify import wall
from houston.notify.messenger import Announcement
from houston.notify.routing import ONE_WAY
from houston.watch.chart import Chart
from houston.watch.standing import Standing, Who, standing
from store import Store, UnitOfWork
from store.dispatch import Leased
from store.tables import Client, Delivery, Event, Post, Workspace

DrawnFrom = Callable[[Event, ZoneInfo], Awaitable[Chart | None]]

DELETED = "What this message was about has been deleted."


@dataclass(frozen=True, kw_only=True)
class Item:
    """One event of a message, with the Post that its episode has at this address already."""

    delivery: Delivery
    event: Event
    said: Announcement
    post: Post | None = None
    leased: Leased | None = None

    @property
    def episode_id(self) -> int | None:
        return self.event.episode_id

    @property
    def has_post(self) -> bool:
        return self.post is not None and bool(self.post.ts)


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
                await self._item(uow, workspace, delivery, event, await _client(uow, event))
                for delivery, event in told
            ]
            for item in items:
                await wall.check(uow, leader.address, item.event, workspace)
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
            found = {each.delivery.id: await _post(uow, each.delivery, each.event) for each in batch}
        return {id: post for id, post in found.items() if post and post.ts}

    async def _allowed(
        self, uow: UnitOfWork, workspace: Workspace, batch: Sequence[Leased], client: Client | None
    ) -> tuple[list[Item], dict[int, PermanentFailure]]:
        items: list[Item] = []
        refused: dict[int, PermanentFailure] = {}
        for leased in batch:
            try:
                is_same = client is not None and client.id == leased.event.client_id
                about = client if is_same else await _client(uow, leased.event)
                item = await self._item(uow, workspace, leased.delivery, leased.event, about)
                await wall.check(uow, leased.delivery.address, leased.event, workspace)
                items.append(replace(item, leased=leased))
            except PermanentFailure as failure:
                refused[leased.delivery.id] = failure
        return items, refused

    async def _item(
        self,
        uow: UnitOfWork,
        workspace: Workspace,
        delivery: Delivery,
        event: Event,
        client: Client | None,
    ) -> Item:
        if event.client_id and client is None:
            raise Withdrawn(DELETED)
        said = Announcement(
            event=event,
            client_name=_name(client, workspace),
            timezone=ZoneInfo(workspace.timezone),
            delivery_id=delivery.id,
            episode=await self._standing(uow, workspace, event),
            is_escalated=bool(event.payload.get("escalation")),
            muted=await self._muted(uow, workspace, delivery) if event.episode_id else None,
            **await _sent_on(uow, workspace, event, delivery.address),
        )
        return Item(delivery=delivery, event=event, said=said, post=await _post(uow, delivery, event))

    async def _standing(self, uow: UnitOfWork, workspace: Workspace, event: Event) -> Standing | None:
        if event.episode_id is None:
            return None
        found = await uow.posts.episodes(scope=access.everything(), ids=[event.episode_id])
        if event.episode_id not in found:
            raise Withdrawn(DELETED)
        episode, lifecycle = found[event.episode_id]
        return standing(
            episode,
            lifecycle,
            workspace_id=workspace.id,
            is_agency=workspace.has_clients,
            now=self.now(),
        )

    async def _muted(self, uow: UnitOfWork, workspace: Workspace, delivery: Delivery) -> Who | None:
        """Who switched off the rules that it came by; None while one of them is on."""
        if not delivery.rule_ids:
            return None
        paused = await uow.rules.paused(
            scope=access.everything(), workspace_id=workspace.id, ids=delivery.rule_ids
        )
        if len(paused) < len(delivery.rule_ids) or not paused[0].paused_by:
            return None
        return Who(name=paused[0].paused_name, user_id=paused[0].paused_by.partition("/")[2] or None)

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


async def _client(uow: UnitOfWork, event: Event) -> Client | None:
    if event.client_id is None:
        return None
    return await uow.clients.get(scope=access.everything(), id=event.client_id)


async def _sent_on(uow: UnitOfWork, workspace: Workspace, event: Event, address: str) -> dict[str, Any]:
    """Not in front of another company's people: what a place is called is the workspace's own business."""
    if event.episode_id is None or event.payload.get("escalation"):
        return {}
    if await _is_shared(uow, workspace, address):
        return {}
    went = await uow.escalations.went(
        scope=access.everything(), workspace_id=workspace.id, episode_id=event.episode_id
    )
    return {"escalated_to": went[0][1].alias, "escalated_at": went[0][0].done_at} if went else {}


async def _is_shared(uow: UnitOfWork, workspace: Workspace, address: str) -> bool:
    kind, _, id = address.partition(":")
    channel = await uow.channels.find(workspace_id=workspace.id, id=id) if kind == "channel" else None
    return channel is not None and channel.is_shared


async def _post(uow: UnitOfWork, delivery: Delivery, event: Event) -> Post | None:
    if event.episode_id is None:
        return None
    found = await uow.posts.at(
        scope=access.everything(),
        workspace_id=delivery.workspace_id,
        address=delivery.address,
        episode_ids=[event.episode_id],
    )
    return found[0] if found else None


def _name(client: Client | None, workspace: Workspace) -> str | None:
    return client.name if client and workspace.has_clients else None
