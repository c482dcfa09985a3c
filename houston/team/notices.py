"""What Houston itself has to say to people, by DM: durable, through the outbox."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston.notify.outbox import Outbox
from store import Store, UnitOfWork
from store.dispatch import Target
from store.tables import Event, Workspace

log = logging.getLogger(__name__)

NOTICE = "notice"
"""The event type. No rule can be made for it."""


@dataclass(frozen=True, kw_only=True)
class Notices:
    """Tells people by DM what they need to know.

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

        Where no admin is known, to whoever installed Houston there.
        """
        async with self.store.begin() as uow:
            workspaces = await _workspaces(uow, workspace_id)
            targets = [each for one in workspaces for each in await self._admins(uow, one)]
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
    ) -> None:
        """To one person."""
        async with self.store.begin() as uow:
            target = await self._target(uow, workspace_id, user_id)
            await uow.commit()
        await self._record(text, [target], about, key)

    async def _record(
        self, text: str, targets: Sequence[Target], about: Mapping[str, Any] | None, key: str | None
    ) -> None:
        if not targets:
            log.warning("there is nobody to tell a notice to%s", f" ({key})" if key else "")
            return
        id, now = self.store.ids.next(), self.now()
        event = Event(
            id=id,
            type=NOTICE,
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
        assert destination.id is not None
        return Target(
            workspace_id=workspace_id, destination_id=destination.id, address=f"dm:{user_id}", rule_ids=[]
        )


async def _workspaces(uow: UnitOfWork, workspace_id: str | None) -> list[Workspace]:
    active = await uow.workspaces.all_active()
    if workspace_id is None:
        return [each for each in active if each.has_clients]
    return [each for each in active if each.id == workspace_id]
