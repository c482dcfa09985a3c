"""Slack users as Houston knows them, kept as Slack describes them."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import asdict, dataclass, field
from datetime import datetime

from houston.team.leaving import Word, leave, record
from houston.team.notices import Notices
from store import Store, UnitOfWork
from store.tables import Member


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A person as Slack describes them. An empty e-mail: Slack does not tell."""

    user_id: str
    team_id: str
    name: str
    email: str
    timezone: str
    is_slack_admin: bool
    is_guest: bool
    active: bool

    def describes(self, member: Member) -> bool:
        """Whether Houston knows all this already: Slack tells of changes that it does not keep, too."""
        kept = asdict(self) | {"email": self.email or member.email}
        return all(getattr(member, name) == value for name, value in kept.items())


@dataclass(frozen=True, kw_only=True)
class Members:
    """What Houston's admins decided of a member stays, whatever Slack says of them."""

    store: Store
    notices: Notices
    now: Callable[[], datetime]
    _changing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def find(self, workspace_id: str, user_id: str) -> Member | None:
        async with self.store.read() as uow:
            return await uow.members.find(workspace_id=workspace_id, user_id=user_id)

    async def of(self, workspace_id: str, user_ids: Collection[str]) -> list[Member]:
        """Those of these who are known."""
        async with self.store.read() as uow:
            return await uow.members.of(workspace_id=workspace_id, user_ids=user_ids)

    async def changed(
        self, workspace_id: str, profile: Profile, ask: Callable[[], Awaitable[Profile]]
    ) -> None:
        """Slack says that a member changed. Two such words may come in the wrong order, so for what
        differs Slack is asked how things stand now. Whom Houston never met, it meets when they come."""
        async with self._changing:
            known = await self.find(workspace_id, profile.user_id)
            if known and not profile.describes(known):
                await self.seen(workspace_id, await ask())

    async def seen(self, workspace_id: str, profile: Profile) -> Member:
        """The member as Slack describes them now.

        Somebody new sees every client; a guest none until an admin lists some. Whoever is deactivated
        loses at once what Houston gave them, and gets nothing back by returning.
        """
        async with self.store.begin() as uow:
            known = await uow.members.find(workspace_id=workspace_id, user_id=profile.user_id)
            was = (known.active, known.is_guest) if known else None
            member = known or self._new(workspace_id, profile)
            _describe(member, profile)
            await uow.members.save(member=member)
            words = await self._follow(uow, member, *was) if was else []
            await uow.commit()
        for word in words:
            await self._tell(workspace_id, word)
        return member

    async def _follow(self, uow: UnitOfWork, member: Member, was_active: bool, was_guest: bool) -> list[Word]:
        """What follows from a change in Slack."""
        if was_active and not member.active:
            return await leave(uow, member, now=self.now())
        if member.active and not was_active:
            return await self._welcome_back(uow, member)
        if member.is_guest and not was_guest:
            return await self._narrow(uow, member)
        return []

    async def _welcome_back(self, uow: UnitOfWork, member: Member) -> list[Word]:
        workspace_id = member.workspace_id
        await uow.destinations.mark(workspace_id=workspace_id, kind="dm", address=member.user_id, error="")
        await record(uow, member, "member.returned", {"active": False}, {"active": True}, now=self.now())
        return [
            Word(
                text=f"*{member.name}* is active in Slack again. What they could see and do here did not "
                "come back with them: `/houston people` gives it."
            )
        ]

    async def _narrow(self, uow: UnitOfWork, member: Member) -> list[Word]:
        """A guest begins with no clients, also one who was more before."""
        if not member.sees_all:
            return []
        member.sees_all = False
        before, after = {"clients": "all"}, {"clients": "listed"}
        await record(uow, member, "member.became_guest", before, after, now=self.now())
        return []

    async def _tell(self, workspace_id: str, word: Word) -> None:
        if word.user_id:
            await self.notices.tell(workspace_id, word.user_id, word.text)
        else:
            await self.notices.tell_admins(text=word.text, workspace_id=workspace_id)

    def _new(self, workspace_id: str, profile: Profile) -> Member:
        return Member(
            workspace_id=workspace_id,
            user_id=profile.user_id,
            sees_all=not profile.is_guest,
            seen_at=self.now(),
        )


def _describe(member: Member, profile: Profile) -> None:
    member.team_id, member.name = profile.team_id, profile.name
    member.email, member.timezone = profile.email or member.email, profile.timezone
    member.is_slack_admin, member.is_guest = profile.is_slack_admin, profile.is_guest
    member.active = profile.active
