"""A workspace that has just been installed: let in, or not, in one transaction with all that it brings."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from houston.access import Actor
from houston.team import audit
from houston.team.invitations import InstallRefused, check_open
from houston.team.tokens import APP_TOKEN, BOT_TOKEN, REFRESH_TOKEN, owner
from store import Store, UnitOfWork
from store.tables import Client, Invitation, Workspace

SETUP = "setup"
"""The row that keeps two first installs at once from both being the first."""


@dataclass(frozen=True, kw_only=True)
class Leave:
    """What an install may do beyond bringing a known workspace back."""

    invitation_id: str | None = None
    is_first: bool = False


@dataclass(frozen=True, kw_only=True)
class Installed:
    """What Slack says of an install. Without `expires_at` the token is good until it is revoked;
    `app_token` comes with a Slack app of the workspace's own."""

    team_id: str
    team_name: str
    app_id: str
    bot_id: str
    bot_user_id: str
    installed_by: str
    scopes: str
    bot_token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None
    app_token: str | None = field(default=None, repr=False)
    timezone: str | None = None


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """`actor` is who brings the workspace."""

    store: Store
    now: Callable[[], datetime]
    actor: Actor
    installed: Installed

    async def by_leave(self, leave: Leave) -> Workspace:
        """As Onboarding.install says. Raises InstallRefused, Conflict."""
        async with self.store.begin() as uow:
            known = await uow.workspaces.find(id=self.installed.team_id)
            invitation = await self._invitation(uow, leave)
            if known is None:
                workspace = await self._newcomer(uow, leave, invitation)
            else:
                workspace = await self._returned(uow, known, invitation)
            await uow.commit()
        if known is not None and not _fits(workspace, invitation):
            raise _mismatched(workspace, keeps_token=workspace.active)
        return workspace

    async def for_client(self, client: Client | None) -> Workspace:
        """As Onboarding.add says. Raises InstallRefused, Conflict."""
        async with self.store.begin() as uow:
            known = await uow.workspaces.find(id=self.installed.team_id)
            if known is not None and client is not None and known.client_id != client.id:
                raise _mismatched(known, keeps_token=True)
            client_id = client.id if client else known.client_id if known else None
            workspace = await self._connect(uow, known, client_id)
            await uow.commit()
            return workspace

    async def _invitation(self, uow: UnitOfWork, leave: Leave) -> Invitation | None:
        return await uow.installs.invitation(id=leave.invitation_id) if leave.invitation_id else None

    async def _newcomer(self, uow: UnitOfWork, leave: Leave, invitation: Invitation | None) -> Workspace:
        if leave.is_first and not await uow.workspaces.any_agency():
            await self._take_setup(uow)
        elif invitation is None:
            raise InstallRefused("not_invited", f"{self.installed.team_name} is not invited to this Houston.")
        else:
            await self._use(uow, invitation)
        return await self._connect(uow, None, invitation.client_id if invitation else None)

    async def _returned(self, uow: UnitOfWork, known: Workspace, invitation: Invitation | None) -> Workspace:
        """With a client's invitation that is not for it, it stays as it was: if it is connected, with
        the new tokens, since Slack may have ended the old ones."""
        if not _fits(known, invitation) and not known.active:
            return known
        is_for_it = invitation is not None and invitation.client_id == known.client_id
        if invitation is not None and is_for_it and invitation.used_at is None:
            await uow.installs.use_invitation(id=invitation.id, workspace_id=known.id, now=self.now())
        return await self._connect(uow, known, known.client_id)

    async def _use(self, uow: UnitOfWork, invitation: Invitation) -> None:
        now = self.now()
        check_open(invitation, now)
        id = self.installed.team_id
        if not await uow.installs.use_invitation(id=invitation.id, workspace_id=id, now=now):
            raise InstallRefused("used", "This invitation was used already: each works once.")

    async def _take_setup(self, uow: UnitOfWork) -> None:
        """Raises Conflict where another workspace is the first at this moment."""
        now, id = self.now(), self.installed.team_id
        row = Invitation(
            id=SETUP, created_by="setup code", created_at=now, expires_at=now, used_at=now, used_by=id
        )
        await uow.installs.add_invitation(invitation=row)

    async def _connect(self, uow: UnitOfWork, known: Workspace | None, client_id: int | None) -> Workspace:
        installed, now = self.installed, self.now()
        before = _told(known) if known else None
        workspace = await uow.workspaces.connect(
            id=installed.team_id,
            name=installed.team_name,
            bot_user_id=installed.bot_user_id,
            timezone=installed.timezone,
            now=now,
        )
        workspace.kind = "agency" if client_id is None else "client"
        workspace.client_id, workspace.app_id = client_id, installed.app_id
        workspace.bot_id, workspace.scopes = installed.bot_id, installed.scopes
        workspace.installed_by = installed.installed_by
        workspace.token_expires_at, workspace.rotating_until = installed.expires_at, None
        await uow.workspaces.save(workspace=workspace)
        await self._keep_secrets(uow)
        action = "workspace.reconnected" if known else "workspace.connected"
        subject = f"workspace {workspace.id}"
        after = _told(workspace)
        about = [client_id]
        await audit.record(
            uow, self.actor, action, subject, before=before, after=after, clients=about, now=now
        )
        return workspace

    async def _keep_secrets(self, uow: UnitOfWork) -> None:
        """In place of all that were there: the workspace has one app at a time."""
        place = owner(self.installed.team_id)
        await uow.secrets.remove(owner=place)
        given = {
            BOT_TOKEN: self.installed.bot_token,
            REFRESH_TOKEN: self.installed.refresh_token,
            APP_TOKEN: self.installed.app_token,
        }
        for name, value in given.items():
            if value:
                await uow.secrets.put(owner=place, name=name, value=value, now=self.now())


def _fits(workspace: Workspace, invitation: Invitation | None) -> bool:
    """Whether a known workspace may come back by this invitation: a client's is for that client alone."""
    return invitation is None or invitation.client_id in (None, workspace.client_id)


def _mismatched(workspace: Workspace, *, keeps_token: bool) -> InstallRefused:
    return InstallRefused(
        "other_workspace",
        f"{workspace.name} is known to this Houston already, and not as a workspace of this "
        "client. A workspace stays what it was.",
        keeps_token=keeps_token,
    )


def _told(workspace: Workspace) -> dict[str, str | int | bool | None]:
    """What the audit says of it."""
    return {
        "name": workspace.name,
        "kind": workspace.kind,
        "client_id": workspace.client_id,
        "app_id": workspace.app_id,
        "scopes": workspace.scopes,
        "active": workspace.active,
    }
