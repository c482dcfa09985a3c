"""What members may do and see: given by Houston's admins."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston.access import Actor
from houston.errors import Invalid
from houston.team import audit
from houston.team.people import Person, listed, member_of, person_of, workspace_of
from store import Store, UnitOfWork
from store.tables import Client, Member, Workspace

CHANGE = "change what people may do and see"


@dataclass(frozen=True, kw_only=True)
class Roles:
    """Of the actor's workspace."""

    store: Store
    now: Callable[[], datetime]

    async def people(self, actor: Actor) -> list[Person]:
        """Everybody of the workspace by name, those who left last. Raises NotAllowed, NotFound."""
        actor.demand_admin("see what people may do and see")
        async with self.store.read() as uow:
            workspace = await workspace_of(uow, actor)
            members = await uow.members.all(workspace_id=workspace.id)
            found = [await person_of(uow, actor, workspace, member) for member in members]
        return sorted(found, key=lambda each: not each.member.active)

    async def person(self, actor: Actor, user_id: str) -> Person:
        """Raises NotAllowed, NotFound."""
        actor.demand_admin("see what people may do and see")
        async with self.store.read() as uow:
            workspace, member = await member_of(uow, actor, user_id)
            return await person_of(uow, actor, workspace, member)

    async def set_admin(self, actor: Actor, user_id: str, is_admin: bool) -> Member:
        """Make somebody an admin, or a member again. Raises NotAllowed, NotFound, Invalid."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            _, member = await member_of(uow, actor, user_id)
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
    ) -> Member:
        """Which clients a member of an agency sees; None: all of them.

        Raises NotAllowed, NotFound, Invalid.
        """
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            workspace, member = await member_of(uow, actor, user_id)
            _check_list(workspace, member)
            before = await listed(uow, actor, member)
            member.sees_all = client_ids is None
            await self._keep(uow, actor, member, client_ids or ())
            after = await listed(uow, actor, member)
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
    admins = await uow.members.admins(workspace_id=member.workspace_id)
    if not is_admin and [each.user_id for each in admins] == [member.user_id]:
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


def _slugs(clients: Sequence[Client] | None) -> str | list[str]:
    return "all" if clients is None else [client.slug for client in clients]
