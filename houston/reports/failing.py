"""Whoever made it hears of what fails again and again, once, and of its recovery, once."""

from dataclasses import dataclass

from houston.access import sees
from houston.team.notices import Notices
from store import Store, UnitOfWork

FAILS = (
    "{noun} *{name}* has failed three times in a row. {why}\nI keep trying, and tell you when it works again."
)
WELL = "{noun} *{name}* works again."


@dataclass(frozen=True, kw_only=True)
class Concerned:
    """Whom it concerns: `person` as `T1/U1`, else the admins of `workspace_id`; the agency's, where that
    is none, or not connected any more."""

    person: str = ""
    workspace_id: str | None = None
    client_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Failing:
    store: Store
    notices: Notices

    async def tell(self, text: str, concerned: Concerned, *, key: str) -> None:
        """The same `key` is told once."""
        workspace_id, _, user_id = concerned.person.partition("/")
        async with self.store.read() as uow:
            is_there = bool(user_id) and await _may_know(uow, workspace_id, user_id, concerned.client_id)
            home = await uow.workspaces.find(id=concerned.workspace_id) if concerned.workspace_id else None
        if is_there:
            await self.notices.tell(workspace_id, user_id, text, key=key, client_id=concerned.client_id)
        else:
            admins = home.id if home and home.active else None
            await self.notices.tell_admins(text=text, workspace_id=admins, key=key)


def fails(noun: str, name: str, why: str) -> str:
    return FAILS.format(noun=noun, name=_plain(name), why=why)


def well(noun: str, name: str) -> str:
    return WELL.format(noun=noun, name=_plain(name))


def _plain(name: str) -> str:
    return name.replace("*", "")


async def _may_know(uow: UnitOfWork, workspace_id: str, user_id: str, client_id: int | None) -> bool:
    """Whoever has left, or sees less than when they made it, hears nothing."""
    workspace = await uow.workspaces.find(id=workspace_id)
    member = await uow.members.find(workspace_id=workspace_id, user_id=user_id)
    if workspace is None or not workspace.active or member is None or member.is_stranger:
        return False
    return await sees(uow, workspace, member, client_id)
