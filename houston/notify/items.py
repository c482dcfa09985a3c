"""One event of a message, as things stand when the message is written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from houston import access
from houston.errors import Withdrawn
from houston.notify.messenger import Announcement
from houston.watch.standing import Standing, Who, standing
from store import UnitOfWork
from store.dispatch import Leased
from store.tables import Client, Delivery, Event, Post, Workspace

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


async def read_item(
    uow: UnitOfWork,
    workspace: Workspace,
    delivery: Delivery,
    event: Event,
    client: Client | None,
    now: datetime,
) -> Item:
    """Raises Withdrawn where what it was about has been deleted."""
    if event.client_id and client is None:
        raise Withdrawn(DELETED)
    said = Announcement(
        event=event,
        client_name=_name(client, workspace),
        timezone=ZoneInfo(workspace.timezone),
        delivery_id=delivery.id,
        episode=await _standing(uow, workspace, event, now),
        is_escalated=bool(event.payload.get("escalation")),
        muted=await _muted(uow, workspace, delivery) if event.episode_id else None,
        **await _sent_on(uow, workspace, event, delivery.address),
    )
    return Item(delivery=delivery, event=event, said=said, post=await post_of(uow, delivery, event))


async def _standing(uow: UnitOfWork, workspace: Workspace, event: Event, now: datetime) -> Standing | None:
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
        now=now,
    )


async def _muted(uow: UnitOfWork, workspace: Workspace, delivery: Delivery) -> Who | None:
    """Who switched off the rules that it came by; None while one of them is on."""
    if not delivery.rule_ids:
        return None
    paused = await uow.rules.paused(
        scope=access.everything(), workspace_id=workspace.id, ids=delivery.rule_ids
    )
    if len(paused) < len(delivery.rule_ids) or not paused[0].paused_by:
        return None
    return Who(name=paused[0].paused_name, user_id=paused[0].paused_by.partition("/")[2] or None)


async def client_of(uow: UnitOfWork, event: Event) -> Client | None:
    if event.client_id is None:
        return None
    return await uow.clients.get(scope=access.everything(), id=event.client_id)


async def post_of(uow: UnitOfWork, delivery: Delivery, event: Event) -> Post | None:
    """The message that shows the event's episode at this address."""
    if event.episode_id is None:
        return None
    found = await uow.posts.at(
        scope=access.everything(),
        workspace_id=delivery.workspace_id,
        address=delivery.address,
        episode_ids=[event.episode_id],
    )
    return found[0] if found else None


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


def _name(client: Client | None, workspace: Workspace) -> str | None:
    return client.name if client and workspace.has_clients else None
