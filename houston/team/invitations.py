"""Leave to install Houston: links that an agency's admins give away, and the first-run setup code."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston.access import Actor
from houston.errors import HoustonError, Invalid, NotFound
from houston.team import audit
from store import Store, UnitOfWork
from store.crypto import Keyring
from store.tables import Client, Invitation

INSTALL_PATH = "/slack/install"
PURPOSE = "invitation"
LONGEST_DAYS = 30
CODE_BYTES, CODE_GROUP = 10, 4
"""80 bits, written as four groups of four."""


class InstallRefused(HoustonError):
    """Houston may not be installed so; `reason` is a word for programs.

    `keeps_token`: what Slack has just given belongs to a connection that stands, and is not to be revoked.
    """

    def __init__(self, reason: str, message: str, *, keeps_token: bool = False) -> None:
        super().__init__(message)
        self.reason = reason
        self.keeps_token = keeps_token


@dataclass(frozen=True, kw_only=True)
class Invitations:
    store: Store
    now: Callable[[], datetime]
    draw: Callable[[int], str] = secrets.token_urlsafe

    async def invite(self, actor: Actor, client: Client | None, days: int = 7) -> str:
        """The path of a link that installs Houston once: for this client, or as an agency's workspace.

        Raises NotAllowed, Invalid.
        """
        actor.demand_agency("invite workspaces")
        if not 1 <= days <= LONGEST_DAYS:
            raise Invalid("days", f"An invitation lasts 1 to {LONGEST_DAYS} days.")
        invitation = self._new(actor, client, timedelta(days=days))
        async with self.store.begin() as uow:
            await uow.installs.add_invitation(invitation=invitation)
            after = {"client": client.slug if client else None, "expires": invitation.expires_at.isoformat()}
            await self._record(uow, actor, invitation, "invited", after)
            await uow.commit()
        signature = self.store.keyring.sign(PURPOSE, invitation.id)
        return f"{INSTALL_PATH}?invitation={invitation.id}.{signature}"

    async def revoke(self, actor: Actor, id: str) -> None:
        """Raises NotFound where it cannot be used any more anyway, NotAllowed."""
        actor.demand_agency("withdraw invitations")
        async with self.store.begin() as uow:
            invitation = await uow.installs.invitation(id=id)
            if not await uow.installs.use_invitation(id=id, workspace_id="", now=self.now()):
                raise NotFound("This invitation was used, withdrawn or has expired already.")
            assert invitation is not None
            await self._record(uow, actor, invitation, "uninvited", None)
            await uow.commit()

    def _new(self, actor: Actor, client: Client | None, length: timedelta) -> Invitation:
        now = self.now()
        return Invitation(
            id=self.draw(12),
            client_id=client.id if client else None,
            created_by=actor.id,
            created_at=now,
            expires_at=now + length,
        )

    async def _record(
        self,
        uow: UnitOfWork,
        actor: Actor,
        invitation: Invitation,
        verb: str,
        after: dict[str, str | None] | None,
    ) -> None:
        action = f"{'agency' if invitation.client_id is None else 'client'}.{verb}"
        about = [invitation.client_id]
        subject = f"invitation {invitation.id}"
        await audit.record(uow, actor, action, subject, after=after, clients=about, now=self.now())


async def signed(uow: UnitOfWork, keyring: Keyring, link: str, now: datetime) -> Invitation:
    """The invitation of a link, still to be had. Raises InstallRefused."""
    id, _, signature = link.partition(".")
    if not keyring.verifies(PURPOSE, id, signature):
        raise InstallRefused(
            "not_ours", "This link is not one that Houston has made, or a part of it is missing."
        )
    invitation = await uow.installs.invitation(id=id)
    if invitation is None:
        raise InstallRefused("withdrawn", "This invitation was withdrawn.")
    check_open(invitation, now)
    return invitation


def check_open(invitation: Invitation, now: datetime) -> None:
    """Raises InstallRefused where it cannot be used any more."""
    if invitation.used_at is not None:
        if invitation.used_by:
            raise InstallRefused("used", "This invitation was used already: each works once.")
        raise InstallRefused("withdrawn", "This invitation was withdrawn.")
    if invitation.expires_at <= now:
        raise InstallRefused("expired", "This invitation has expired.")


def setup_code(keyring: Keyring) -> str:
    """What the log tells the operator, and nobody else can know: `ABCD-EFGH-IJKL-MNOP`."""
    digest = hashlib.sha256(keyring.sign("setup", "the first workspace").encode()).digest()
    letters = base64.b32encode(digest[:CODE_BYTES]).decode()
    return "-".join(letters[at : at + CODE_GROUP] for at in range(0, len(letters), CODE_GROUP))


def is_setup_code(keyring: Keyring, typed: str) -> bool:
    """However it was typed: case, spaces and hyphens do not count."""
    given = "".join(char for char in typed.upper() if char.isalnum())
    return hmac.compare_digest(given.encode(), setup_code(keyring).replace("-", "").encode())
