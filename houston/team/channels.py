from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from houston.access import itself
from houston.team.approvals import set_approval
from store import Scope, Store, UnitOfWork
from store.tables import Channel

OFFERED = 100
"""Slack shows no more options than this."""


@dataclass(frozen=True, kw_only=True)
class Channels:
    """The channels that the bot is a member of, kept by Slack's events."""

    store: Store
    now: Callable[[], datetime]

    async def find(self, workspace_id: str, id: str) -> Channel | None:
        async with self.store.read() as uow:
            return await uow.channels.find(workspace_id=workspace_id, id=id)

    async def offered(self, scope: Scope, query: str, private_ids: Collection[str]) -> list[Channel]:
        """What the picker shows for `query`; of private channels only `private_ids`, the asker's own."""
        assert scope.workspace_id is not None
        async with self.store.read() as uow:
            channels = await uow.channels.member_of(workspace_id=scope.workspace_id)
        wanted = query.strip().lstrip("#").casefold()
        visible = (each for each in channels if not each.is_private or each.id in private_ids)
        found = [each for each in visible if wanted in each.name.casefold() or wanted == each.id.casefold()]
        return sorted(found, key=lambda each: not each.name.startswith(wanted))[:OFFERED]

    async def replace(self, workspace_id: str, channels: Sequence[Channel]) -> list[Channel]:
        """Make these the bot's only memberships. Returns those that are newly shared."""
        async with self.store.begin() as uow:
            shared = await self._compare(uow, workspace_id, channels)
            await uow.channels.replace(workspace_id=workspace_id, channels=channels)
            await uow.commit()
        return shared

    async def joined(self, workspace_id: str, channel: Channel) -> list[Channel]:
        """Keep a channel as Slack describes it now. Returns it where it is newly shared."""
        async with self.store.begin() as uow:
            shared = await self._compare(uow, workspace_id, [channel])
            await uow.channels.put(channels=[channel])
            await uow.commit()
        return shared

    async def left(self, workspace_id: str, id: str) -> None:
        await self._change(workspace_id, id, is_member=False)

    async def renamed(self, workspace_id: str, id: str, name: str) -> None:
        await self._change(workspace_id, id, name=name)

    async def archived(self, workspace_id: str, id: str, is_archived: bool) -> None:
        await self._change(workspace_id, id, is_archived=is_archived)

    async def _compare(
        self, uow: UnitOfWork, workspace_id: str, channels: Sequence[Channel]
    ) -> list[Channel]:
        """Those that were not shared before. An approval ends with the sharing that it was given for."""
        ids = [each.id for each in channels]
        known = {each.id: each for each in await uow.channels.of(workspace_id=workspace_id, ids=ids)}
        for channel in channels:
            before = known.get(channel.id)
            if before and before.approved_by and not channel.is_shared:
                actor = itself(workspace_id)
                await set_approval(uow, actor, before, "", action="channel.unshared", now=self.now())
        fresh = {each.id for each in channels} - {id for id, each in known.items() if each.is_shared}
        return [each for each in channels if each.is_shared and each.id in fresh]

    async def _change(
        self,
        workspace_id: str,
        id: str,
        *,
        name: str | None = None,
        is_archived: bool | None = None,
        is_member: bool | None = None,
    ) -> None:
        async with self.store.begin() as uow:
            await uow.channels.change(
                workspace_id=workspace_id, id=id, name=name, is_archived=is_archived, is_member=is_member
            )
            await uow.commit()
