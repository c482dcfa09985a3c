"""What members may do and see: given by Houston's admins."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston.access import Actor
from houston.errors import Invalid, NotFound
from houston.team import audit
from store import Store, UnitOfWork
from store.tables import Client, Member, Workspace

CHANGE = "change what people may do and see"


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member with the clients on their list, as far as the asker may see them.

    No `clients`: all of them, or the workspace tells none apart. `more` counts those not shown.
    """

    member: Member
    clients: Sequence[Client] | None = None
    more: int = 0


@dataclass(frozen=True, kw_only=True)
class Roles:
    """`workspace_id` may be left out where the actor belongs to one."""

    store: Store
    now: Callable[[], datetime]

    async def people(self, actor: Actor, workspace_id: str | None = None) -> list[Person]:
        """Everybody of the workspace by name, those who left last. Raises NotAllowed, NotFound."""
        actor.demand_admin("see what people may do and see")
        async with self.store.read() as uow:
            workspace = await _workspace(uow, actor, workspace_id)
            members = await uow.members.all(workspace_id=workspace.id)
            found = [await _person(uow, actor, workspace, member) for member in members]
        return sorted(found, key=lambda each: not each.member.active)

    async def person(self, actor: Actor, user_id: str, workspace_id: str | None = None) -> Person:
        """Raises NotAllowed, NotFound."""
        actor.demand_admin("see what people may do and see")
        async with self.store.read() as uow:
            workspace, member = await _member(uow, actor, workspace_id, user_id)
            return await _person(uow, actor, workspace, member)

    async def set_admin(
        self, actor: Actor, user_id: str, is_admin: bool, workspace_id: str | None = None
    ) -> Member:
        """Make somebody an admin, or a member again. Raises NotAllowed, NotFound, Invalid."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            _, member = await _member(uow, actor, workspace_id, user_id)
            await _check_role(uow, member, is_admin)
            before, member.role = member.role, "admin" if is_admin else "member"
            await uow.members.save(member=member)
            action = "member.made_admin" if is_admin else "member.made_member"
            await self._record(uow, actor, action, member, {"role": before}, {"role": member.role})
            await uow.commit()
        return member

    async def set_clients(
        self,
        actor: Actor,
        user_id: str,
        client_ids: Collection[int] | None,
        workspace_id: str | None = None,
    ) -> Member:
        """Which clients a member of an agency sees; None: all of them.

        Raises NotAllowed, NotFound, Invalid.
        """
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            workspace, member = await _member(uow, actor, workspace_id, user_id)
            _check_list(workspace, member)
            before = await _list(uow, actor, member)
            member.sees_all = client_ids is None
            await self._keep(uow, actor, member, client_ids or ())
            after = await _list(uow, actor, member)
            ids = {each.id for each in (*(before or ()), *(after or ()))}
            changed = {"clients": _slugs(before)}, {"clients": _slugs(after)}
            await self._record(uow, actor, "member.clients_changed", member, *changed, ids)
            await uow.commit()
        return member

    async def _keep(self, uow: UnitOfWork, actor: Actor, member: Member, client_ids: Collection[int]) -> None:
        """The new list. What the actor may not see they can neither choose nor take away."""
        allowed = {client.id for client in await uow.clients.all(scope=actor.scope)}
        if not allowed.issuperset(client_ids) or (member.sees_all and actor.scope.client_ids is not None):
            raise Invalid("member_clients", "Choose clients from the list.")
        where = {"workspace_id": member.workspace_id, "user_id": member.user_id}
        hidden = set(await uow.members.clients(**where)) - allowed
        await uow.members.save(member=member)
        await uow.members.set_clients(**where, client_ids=hidden | set(client_ids))

    async def _record(
        self,
        uow: UnitOfWork,
        actor: Actor,
        action: str,
        member: Member,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        clients: Collection[int | None] = (),
    ) -> None:
        await audit.record(
            uow,
            actor,
            action,
            f"member {member.workspace_id}/{member.user_id}",
            before=before,
            after=after,
            clients=clients,
            now=self.now(),
        )


async def _workspace(uow: UnitOfWork, actor: Actor, id: str | None) -> Workspace:
    """The one that is named, as far as this actor reaches."""
    own = actor.scope.workspace_id
    workspace = await uow.workspaces.find(id=id or own or "")
    if workspace is None or own not in (None, workspace.id) or not _reaches(actor, workspace):
        raise NotFound("I know no such workspace.")
    return workspace


def _reaches(actor: Actor, workspace: Workspace) -> bool:
    """Somebody of the workspace does, and a key whose client it is."""
    return actor.scope.workspace_id is not None or actor.scope.allows(workspace.client_id)


async def _member(
    uow: UnitOfWork, actor: Actor, workspace_id: str | None, user_id: str
) -> tuple[Workspace, Member]:
    workspace = await _workspace(uow, actor, workspace_id)
    member = await uow.members.find(workspace_id=workspace.id, user_id=user_id)
    if member is None or member.is_stranger:
        raise NotFound("I know nobody like that here. /houston people lists everybody.")
    return workspace, member


async def _check_role(uow: UnitOfWork, member: Member, is_admin: bool) -> None:
    if not member.active:
        raise Invalid("member", f"{member.name} is deactivated in Slack.")
    if is_admin and member.is_guest:
        raise Invalid("member", f"{member.name} is a guest in Slack, and guests cannot be admins.")
    if not is_admin and member.is_slack_admin:
        raise Invalid(
            "member",
            f"{member.name} is an admin of the Slack workspace, and so of Houston too. "
            "Slack's owners can change that in Slack.",
        )
    others = [each for each in await uow.members.admins(workspace_id=member.workspace_id)]
    if not is_admin and [each.user_id for each in others] == [member.user_id]:
        raise Invalid("member", f"{member.name} is the last admin. Make somebody else an admin first.")


def _check_list(workspace: Workspace, member: Member) -> None:
    if not workspace.has_clients:
        raise Invalid("member_clients", "This workspace has one client only, so there is nothing to choose.")
    if member.is_admin:
        raise Invalid(
            "member_clients",
            f"{member.name} is an admin, and admins see every client. Make them a member first.",
        )
    if not member.active:
        raise Invalid("member_clients", f"{member.name} is deactivated in Slack.")


async def _person(uow: UnitOfWork, actor: Actor, workspace: Workspace, member: Member) -> Person:
    if not workspace.has_clients or member.is_admin or member.sees_all:
        return Person(member=member)
    shown = await _list(uow, actor, member) or ()
    ids = await uow.members.clients(workspace_id=workspace.id, user_id=member.user_id)
    return Person(member=member, clients=shown, more=len(ids) - len(shown))


async def _list(uow: UnitOfWork, actor: Actor, member: Member) -> list[Client] | None:
    """The clients on a member's list that the actor may see; None: all."""
    if member.sees_all:
        return None
    ids = await uow.members.clients(workspace_id=member.workspace_id, user_id=member.user_id)
    return [client for client in await uow.clients.all(scope=actor.scope) if client.id in ids]


def _slugs(clients: Sequence[Client] | None) -> str | list[str]:
    return "all" if clients is None else [client.slug for client in clients]
