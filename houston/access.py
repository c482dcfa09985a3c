"""The only maker of a Scope: who may see which clients, and who may change things."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from houston.errors import NotAllowed, NotFound
from store import Scope, Store, UnitOfWork
from store.tables import ApiKey, Channel, Member, Workspace

NOBODY: frozenset[int] = frozenset()
API_KEY, MEMBER = "api_key", "member"
"""How the ids of such actors begin."""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts and what they may see. `id` is how the audit names them: `member T1/U1`, `api_key 3`.

    `admins` are the names of those who could do what a member may not. `is_held`: the channel in
    which they act shows less than they may see elsewhere.
    """

    id: str
    name: str
    scope: Scope
    is_admin: bool
    admins: tuple[str, ...] = ()
    is_held: bool = False
    user_id: str = ""
    """Slack's, where it is a member."""
    is_stranger: bool = False
    """Whether they are of another company, met in a Slack Connect channel."""
    via: str = ""
    """How they act where it is not by their own hand, such as `answer 12`: the audit says so."""

    @property
    def runs_houston(self) -> bool:
        """Whether they are an admin of the agency, also in a channel that is held to one client: what
        keeps Houston itself from working is nobody else's business."""
        return self.is_admin and (self.is_held or self.scope.client_ids is None)

    def demand_admin(self, what: str) -> None:
        """Raises NotAllowed, which names those who can; `what` reads as in "change rules"."""
        if not self.is_admin:
            raise NotAllowed(f"Only Houston's admins can {what}. {_ask(self.admins)}")

    def demand_colleague(self, what: str) -> None:
        """For what a stranger may not even look at. Raises NotAllowed."""
        if self.is_stranger:
            raise NotAllowed(f"Only people of this workspace can {what}.")

    def demand_unheld(self, what: str) -> None:
        """For what is a whole workspace's: a channel that shows less shows none of it. Raises NotAllowed."""
        if self.is_held:
            raise NotAllowed(f"This channel is held to one client: {what} in a direct message to Houston.")

    def demand_agency(self, what: str) -> None:
        """For what reaches beyond one client: an admin whose scope is every client. Raises NotAllowed."""
        self.demand_admin(what)
        self.demand_unheld(what)
        if self.scope.client_ids is not None:
            raise NotAllowed(f"Only an admin of the agency can {what}.")


def operator(name: str = "the command line") -> Actor:
    """Whoever can run Houston's commands: every client, no workspace."""
    return Actor(id="cli", name=name, scope=everything(), is_admin=True)


def slack() -> Actor:
    """Slack itself, which takes a workspace away."""
    return Actor(id="slack", name="Slack", scope=Scope(workspace_id=None, client_ids=NOBODY), is_admin=False)


def installer(workspace_id: str, user_id: str) -> Actor:
    """Whoever installs Houston: let in for that alone, and not yet known as a member."""
    scope = Scope(workspace_id=workspace_id, client_ids=NOBODY)
    return Actor(
        id=f"{MEMBER} {workspace_id}/{user_id}", name=user_id, scope=scope, is_admin=False, user_id=user_id
    )


def itself(workspace_id: str) -> Actor:
    """Houston, where it acts in a workspace on what Slack told it."""
    scope = Scope(workspace_id=workspace_id, client_ids=None)
    return Actor(id="houston", name="Houston", scope=scope, is_admin=True)


def everything() -> Scope:
    """Houston's own work."""
    return Scope(workspace_id=None, client_ids=None)


def for_api_key(key: ApiKey) -> Actor:
    """A key sees and changes its client, or everything where it is the agency's."""
    seen = None if key.client_id is None else frozenset({key.client_id})
    scope = Scope(workspace_id=None, client_ids=seen)
    return Actor(id=f"{API_KEY} {key.id}", name=key.name, scope=scope, is_admin=True)


@dataclass(frozen=True, kw_only=True)
class Access:
    """Actors and scopes for people in Slack: workspace ∩ member ∩ channel."""

    store: Store

    async def scope(self, workspace_id: str, user_id: str, channel_id: str | None = None) -> Scope:
        """What this person may see here. Raises NotFound for a workspace that is not connected."""
        return (await self.actor(workspace_id, user_id, channel_id)).scope

    async def actor(self, workspace_id: str, user_id: str, channel_id: str | None = None) -> Actor:
        """Raises NotFound for a workspace that is not connected. Somebody unknown sees nothing."""
        async with self.store.read() as uow:
            workspace = await uow.workspaces.find(id=workspace_id)
            if workspace is None or not workspace.active:
                raise NotFound("This workspace is not connected to Houston.")
            member = await uow.members.find(workspace_id=workspace_id, user_id=user_id)
            channel = await _channel(uow, workspace_id, channel_id)
            seen = await _seen(uow, workspace, member, channel)
            is_admin = member is not None and member.is_admin
            admins = () if is_admin else await _admins(uow, workspace_id)
        elsewhere = Scope(workspace_id=workspace_id, client_ids=seen)
        scope = _held_to(channel, elsewhere)
        return Actor(
            id=f"{MEMBER} {workspace_id}/{user_id}",
            name=member.name if member else user_id,
            scope=scope,
            is_held=scope != elsewhere and seen is None,
            is_admin=is_admin,
            admins=admins,
            user_id=user_id,
            is_stranger=member is not None and member.is_stranger,
        )

    async def in_workspace(self, actor: Actor, workspace_id: str) -> Actor:
        """The same actor, held to one workspace. Raises NotFound: the same for none and for one outside."""
        async with self.store.read() as uow:
            workspace = await uow.workspaces.find(id=workspace_id)
        if workspace is None or not is_within(actor.scope, workspace):
            raise NotFound(f"I know no workspace {workspace_id[:80]!r}.")
        seen = actor.scope.client_ids
        if workspace.client_id is not None:
            seen = frozenset({workspace.client_id})
        return replace(actor, scope=Scope(workspace_id=workspace.id, client_ids=seen))

    async def workspaces(self, scope: Scope) -> list[Workspace]:
        """The workspaces that may be seen, also those that are no longer connected, the oldest first."""
        async with self.store.read() as uow:
            return [each for each in await uow.workspaces.all() if is_within(scope, each)]

    async def kept_out(
        self, scope: Scope, members: Sequence[Member], channel_id: str | None = None
    ) -> list[Member]:
        """Those of these who may not see all that this scope shows, in this channel."""
        assert scope.workspace_id is not None
        async with self.store.read() as uow:
            workspace = await uow.workspaces.find(id=scope.workspace_id)
            assert workspace is not None
            channel = await _channel(uow, workspace.id, channel_id)
            seen = [await _seen(uow, workspace, member, channel) for member in members]
        pairs = zip(members, seen, strict=True)
        return [member for member, each in pairs if not _covers(each, scope.client_ids)]


def is_within(scope: Scope, workspace: Workspace) -> bool:
    """An agency's workspace is only for who sees every client."""
    own = scope.workspace_id in (None, workspace.id)
    return own and (scope.client_ids is None or workspace.client_id in scope.client_ids)


async def sees(uow: UnitOfWork, workspace: Workspace, member: Member | None, client_id: int | None) -> bool:
    """Whether a person may see what belongs to this client, or to none, outside of any channel."""
    seen = await _seen(uow, workspace, member, None)
    return seen is None or client_id in seen


async def _channel(uow: UnitOfWork, workspace_id: str, id: str | None) -> Channel | None:
    return await uow.channels.find(workspace_id=workspace_id, id=id) if id else None


async def _seen(
    uow: UnitOfWork, workspace: Workspace, member: Member | None, channel: Channel | None
) -> frozenset[int] | None:
    """What the workspace and the member allow, before the channel has its say."""
    if member is None or not member.active:
        return NOBODY
    if member.is_stranger:
        return frozenset({channel.client_id}) if channel and channel.client_id and channel.is_open else NOBODY
    if workspace.client_id is not None:
        return frozenset({workspace.client_id})
    if member.is_admin or member.sees_all:
        return None
    return frozenset(await uow.members.clients(workspace_id=workspace.id, user_id=member.user_id))


def _held_to(channel: Channel | None, scope: Scope) -> Scope:
    if channel is None:
        return scope
    if not channel.is_open:
        return Scope(workspace_id=scope.workspace_id, client_ids=NOBODY)
    return scope if channel.client_id is None else scope.narrowed(channel.client_id)


def _covers(seen: frozenset[int] | None, wanted: frozenset[int] | None) -> bool:
    return seen is None or (wanted is not None and wanted <= seen)


async def _admins(uow: UnitOfWork, workspace_id: str) -> tuple[str, ...]:
    return tuple(member.name for member in await uow.members.admins(workspace_id=workspace_id))


def _ask(names: Sequence[str]) -> str:
    if not names:
        return "Your Slack workspace's admins and owners are Houston's admins too."
    return f"Ask {', '.join(names[:3])}."
