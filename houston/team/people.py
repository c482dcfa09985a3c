"""Who is who in a workspace, as far as an actor reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from houston.access import Actor
from houston.errors import NotFound
from store import UnitOfWork
from store.tables import Client, Member, Workspace


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member with the clients on their list, as far as the asker may see them.

    No `clients`: all of them, or the workspace tells none apart. `more` counts those not shown.
    """

    member: Member
    clients: Sequence[Client] | None = None
    more: int = 0


async def workspace_of(uow: UnitOfWork, actor: Actor) -> Workspace:
    """The actor's own; a key's is that of Access.in_workspace. Raises NotFound for one that is in none."""
    workspace = await uow.workspaces.find(id=actor.scope.workspace_id or "")
    if workspace is None:
        raise NotFound("I know no such workspace.")
    return workspace


async def member_of(uow: UnitOfWork, actor: Actor, user_id: str) -> tuple[Workspace, Member]:
    """Raises NotFound, also for a stranger from another workspace."""
    workspace = await workspace_of(uow, actor)
    member = await uow.members.find(workspace_id=workspace.id, user_id=user_id)
    if member is None or member.is_stranger:
        raise NotFound("I know nobody like that here. /houston people lists everybody.")
    return workspace, member


async def person_of(uow: UnitOfWork, actor: Actor, workspace: Workspace, member: Member) -> Person:
    if not workspace.has_clients or member.is_admin or member.sees_all:
        return Person(member=member)
    shown = await listed(uow, actor, member) or ()
    ids = await uow.members.clients(workspace_id=workspace.id, user_id=member.user_id)
    return Person(member=member, clients=shown, more=len(ids) - len(shown))


async def listed(uow: UnitOfWork, actor: Actor, member: Member) -> list[Client] | None:
    """The clients on a member's list that the actor may see; None: all."""
    if member.sees_all:
        return None
    ids = await uow.members.clients(workspace_id=member.workspace_id, user_id=member.user_id)
    return [client for client in await uow.clients.all(scope=actor.scope) if client.id in ids]
