"""How a workspace is set up, as the *Connection* tab shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from houston.access import Actor
from houston.errors import NotFound
from houston.team.tokens import owner, with_own_apps
from store import Scope, Store, UnitOfWork
from store.tables import Client, Destination, Invitation, Workspace


@dataclass(frozen=True, kw_only=True)
class Installed:
    """Another workspace, as an agency sees it. No client: an agency's own. `own_app`: its Slack app."""

    workspace: Workspace
    client: Client | None
    own_app: bool


@dataclass(frozen=True, kw_only=True)
class Invited:
    """An invitation that can still be used. No client: to an agency's workspace."""

    invitation: Invitation
    client: Client | None


@dataclass(frozen=True, kw_only=True)
class Setup:
    """What one person may know of it; `installed` and `invited` are an agency's only."""

    workspace: Workspace
    members: int
    failing: Sequence[Destination]
    installed: Sequence[Installed]
    invited: Sequence[Invited]


@dataclass(frozen=True, kw_only=True)
class Setups:
    store: Store
    now: Callable[[], datetime]

    async def __call__(self, actor: Actor) -> Setup:
        """Raises NotFound for a workspace that is not connected."""
        scope = actor.scope
        assert scope.workspace_id is not None
        async with self.store.read() as uow:
            workspace = await uow.workspaces.find(id=scope.workspace_id)
            if workspace is None:
                raise NotFound("This workspace is not connected to Houston.")
            members = await uow.members.all(workspace_id=workspace.id)
            is_agency = workspace.has_clients
            return Setup(
                workspace=workspace,
                members=sum(member.active for member in members),
                failing=await _failing(uow, scope),
                installed=await _installed(uow, scope) if is_agency else (),
                invited=await self._invited(uow, scope) if is_agency and actor.is_admin else (),
            )

    async def _invited(self, uow: UnitOfWork, scope: Scope) -> list[Invited]:
        clients = {each.id: each for each in await uow.clients.all(scope=scope)}
        found = await uow.installs.invitations(scope=scope, now=self.now())
        return [Invited(invitation=each, client=clients.get(each.client_id)) for each in found]


async def _failing(uow: UnitOfWork, scope: Scope) -> list[Destination]:
    """Those of the rules in this scope."""
    rules = {rule.id for rule in await uow.rules.all(scope=scope)}
    found = await uow.rules.destinations(scope=scope)
    within = [each for rule_id, those in found.items() if rule_id in rules for each in those]
    return list({each.id: each for each in within if each.error}.values())


async def _installed(uow: UnitOfWork, scope: Scope) -> list[Installed]:
    """The other workspaces: those of this scope's clients, and agencies' for who sees every client."""
    clients = {each.id: each for each in await uow.clients.all(scope=scope)}
    with_own = await with_own_apps(uow)
    return [
        Installed(
            workspace=each,
            client=clients.get(each.client_id),
            own_app=owner(each.id) in with_own,
        )
        for each in await uow.workspaces.all()
        if each.id != scope.workspace_id and scope.allows(each.client_id)
    ]
