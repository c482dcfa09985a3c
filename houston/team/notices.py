"""What Houston itself has to say to people: durable, through the outbox."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston.notify.outbox import Outbox
from store import Store, UnitOfWork
from store.dispatch import Target
from store.tables import Destination, Event, Workspace

log = logging.getLogger(__name__)

NOTICE = "notice"
"""The event type. No rule can be made for it."""


@dataclass(frozen=True, kw_only=True)
class Notices:
    """Tells people by DM what they need to know, and admins in their default channel where that is fit.

    `text` may hold `*bold*` and `code`; the rest is escaped, so it pings nobody. `about` is what a
    view needs beside the words, such as the channel to approve. A notice of the same `key` is told
    once.
    """

    store: Store
    outbox: Outbox
    now: Callable[[], datetime]

    async def tell_admins(
        self,
        *,
        text: str,
        workspace_id: str | None = None,
        about: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> None:
        """To each admin of this workspace; None: of every agency workspace that is connected.

        Where no admin is known, to whoever installed Houston there. What asks nobody for anything goes
        to the default channel instead, if all who read there may know it.
        """
        async with self.store.begin() as uow:
            targets: list[Target] = []
            for one in await _workspaces(uow, workspace_id):
                channel = await default_channel(uow, one) if about is None else None
                targets += [_at(channel)] if channel else await self._admins(uow, one)
            await uow.commit()
        await self._record(text, targets, about, key)

    async def tell(
        self,
        workspace_id: str,
        user_id: str,
        text: str,
        *,
        about: Mapping[str, Any] | None = None,
        key: str | None = None,
        client_id: int | None = None,
    ) -> None:
        """To one person. What speaks of a client's data names it: it goes with the client, and is told
        to nobody who may not see it any more."""
        async with self.store.begin() as uow:
            target = await self._target(uow, workspace_id, user_id)
            await uow.commit()
        await self._record(text, [target], about, key, client_id)

    async def _record(
        self,
        text: str,
        targets: Sequence[Target],
        about: Mapping[str, Any] | None,
        key: str | None,
        client_id: int | None = None,
    ) -> None:
        if not targets:
            log.warning("there is nobody to tell a notice to%s", f" ({key})" if key else "")
            return
        id, now = self.store.ids.next(), self.now()
        homes = {target.workspace_id for target in targets}
        event = Event(
            id=id,
            type=NOTICE,
            client_id=client_id,
            workspace_id=homes.pop() if len(homes) == 1 else None,
            occurred_at=now,
            recorded_at=now,
            dedupe_key=f"{NOTICE}:{key or id}",
            payload={"text": text, "about": dict(about or {})},
        )
        await self.outbox.record(event, targets=targets)

    async def _admins(self, uow: UnitOfWork, workspace: Workspace) -> list[Target]:
        admins = [each.user_id for each in await uow.members.admins(workspace_id=workspace.id)]
        if not admins and workspace.installed_by:
            admins = [workspace.installed_by]
        return [await self._target(uow, workspace.id, user_id) for user_id in admins]

    async def _target(self, uow: UnitOfWork, workspace_id: str, user_id: str) -> Target:
        member = await uow.members.find(workspace_id=workspace_id, user_id=user_id)
        destination = await uow.destinations.of(
            workspace_id=workspace_id,
            kind="dm",
            address=user_id,
            alias=f"@{member.name if member else user_id}",
            now=self.now(),
        )
        return _at(destination)


async def default_channel(uow: UnitOfWork, workspace: Workspace) -> Destination | None:
    """The workspace's default channel, if it works and is fit for what only admins need to know: not a
    client's, shared with nobody outside, and nobody there sees some clients only."""
    id = workspace.default_destination_id
    found = await uow.destinations.get(id=id) if id is not None else None
    if found is None or found.kind != "channel" or found.error or found.paused_at:
        return None
    channel = await uow.channels.find(workspace_id=workspace.id, id=found.address)
    if channel is None or not channel.is_member or channel.is_archived:
        return None
    members = await uow.members.all(workspace_id=workspace.id)
    seeing = (each.sees_all or each.is_admin for each in members if each.active)
    is_limited = workspace.has_clients and not all(seeing)
    return None if channel.is_shared or channel.client_id is not None or is_limited else found


def _at(destination: Destination) -> Target:
    assert destination.id is not None
    return Target(
        workspace_id=destination.workspace_id,
        destination_id=destination.id,
        address=f"{destination.kind}:{destination.address}",
        rule_ids=[],
    )


async def _workspaces(uow: UnitOfWork, workspace_id: str | None) -> list[Workspace]:
    active = await uow.workspaces.all_active()
    if workspace_id is None:
        return [each for each in active if each.has_clients]
    return [each for each in active if each.id == workspace_id]
