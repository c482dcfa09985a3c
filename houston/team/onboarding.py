"""How a workspace comes to Houston: who may bring it, and what it is from then on."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston import access
from houston.access import Actor
from houston.errors import Conflict
from houston.team.arrivals import Arrival, Installed, Leave
from houston.team.invitations import InstallRefused, check_open, is_setup_code, setup_code, signed
from store import Store, UnitOfWork
from store.tables import Client, InstallState, Workspace

STATE_BYTES = 32
STATE_LIFE = timedelta(minutes=10)
REMEMBERED = timedelta(hours=1)
"""How long an expired state is known for one, so that its owner is told so."""


@dataclass(frozen=True, kw_only=True)
class Onboarding:
    store: Store
    now: Callable[[], datetime]
    draw: Callable[[int], str] = secrets.token_urlsafe

    def setup_code(self) -> str:
        """Lets the first workspace in, and counts for nothing once there is one."""
        return setup_code(self.store.keyring)

    async def is_open(self) -> bool:
        """Whether no agency's workspace was ever connected, so that the setup code counts."""
        async with self.store.read() as uow:
            return not await uow.workspaces.any_agency()

    async def begin(self, *, browser: str, invitation: str | None = None, code: str | None = None) -> str:
        """The state of a new install by this browser, good once and for ten minutes.

        Without an invitation's link or the setup code only a known workspace can come of it.
        Raises InstallRefused.
        """
        now, state = self.now(), self.draw(STATE_BYTES)
        async with self.store.begin() as uow:
            await uow.installs.forget_expired(before=now - REMEMBERED)
            leave = await self._leave(uow, invitation, code, now)
            under_way = InstallState(
                hash=_hash(state),
                browser_hash=_hash(browser),
                invitation_id=leave.invitation_id,
                is_first=leave.is_first,
                expires_at=now + STATE_LIFE,
            )
            await uow.installs.begin(state=under_way)
            await uow.commit()
        return state

    async def redeem(self, state: str, browser: str) -> Leave:
        """What this install may do; the state is used up whatever comes of it. Raises InstallRefused."""
        async with self.store.begin() as uow:
            found = await uow.installs.take(hash=_hash(state))
            await uow.commit()
        if found is None:
            raise InstallRefused(
                "unknown_state", "Houston knows nothing of this install, or it is done already."
            )
        if found.expires_at <= self.now():
            raise InstallRefused("expired_state", "This took longer than ten minutes.")
        if not secrets.compare_digest(found.browser_hash, _hash(browser)):
            raise InstallRefused("other_browser", "This install was begun in another browser.")
        return Leave(invitation_id=found.invitation_id, is_first=found.is_first)

    async def install(self, leave: Leave, installed: Installed) -> Workspace:
        """The workspace, connected. Raises InstallRefused; then the tokens are not kept.

        A known workspace stays what it was and gets everything back; a new one is what the leave says.
        """
        actor = access.installer(installed.team_id, installed.installed_by)
        arrival = Arrival(store=self.store, now=self.now, actor=actor, installed=installed)
        try:
            return await arrival.by_leave(leave)
        except Conflict:
            return await arrival.by_leave(leave)

    async def add(self, actor: Actor, installed: Installed, client: Client | None) -> Workspace:
        """A workspace that somebody connects by its tokens: the agency's own, or this client's.

        A known one stays what it was. Raises NotAllowed, InstallRefused.
        """
        actor.demand_agency("connect workspaces")
        arrival = Arrival(store=self.store, now=self.now, actor=actor, installed=installed)
        return await arrival.for_client(client)

    async def _leave(self, uow: UnitOfWork, invitation: str | None, code: str | None, now: datetime) -> Leave:
        if invitation is not None:
            found = await signed(uow, self.store.keyring, invitation, now)
            check_open(found, now)
            return Leave(invitation_id=found.id)
        if code is None:
            return Leave()
        if await uow.workspaces.any_agency():
            raise InstallRefused("code_over", "The setup code has done its work: a workspace is connected.")
        if not is_setup_code(self.store.keyring, code):
            raise InstallRefused("wrong_code", "This is not the setup code.")
        return Leave(is_first=True)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
