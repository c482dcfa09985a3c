from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, delete, select

from store.repository import Repository
from store.scope import Scope
from store.tables import InstallState, Invitation


class Installs(Repository):
    """Invitations to install Houston, and the installs that are under way."""

    async def add_invitation(self, *, invitation: Invitation) -> None:
        self._session.add(invitation)
        await self._session.flush()

    async def invitations(self, *, scope: Scope, now: datetime) -> list[Invitation]:
        """Those that can still be used, the newest first."""
        query = select(Invitation).where(
            col(Invitation.used_at).is_(None),
            col(Invitation.expires_at) > now,
            scope.holds(Invitation.client_id),
        )
        return list(await self._session.exec(query.order_by(col(Invitation.created_at).desc())))

    async def invitation(self, *, id: str) -> Invitation | None:
        """Whoever holds the signed link may ask, so this takes no scope."""
        return await self._session.get(Invitation, id)

    async def use_invitation(self, *, id: str, workspace_id: str, now: datetime) -> bool:
        """Whether it was still to be had. No workspace means that it is withdrawn."""
        statement = (
            update(Invitation)
            .where(
                col(Invitation.id) == id, col(Invitation.used_at).is_(None), col(Invitation.expires_at) > now
            )
            .values(used_at=now, used_by=workspace_id)
        )
        used: int = (await self._session.exec(statement)).rowcount
        return used == 1

    async def begin(self, *, state: InstallState) -> None:
        self._session.add(state)
        await self._session.flush()

    async def take(self, *, hash: str) -> InstallState | None:
        """The install of this state, which is gone from then on."""
        statement = delete(InstallState).where(col(InstallState.hash) == hash).returning(InstallState)
        found: InstallState | None = (await self._session.exec(statement)).scalars().first()
        return found

    async def forget_expired(self, *, before: datetime) -> None:
        """Those that ran out before then."""
        await self._session.exec(delete(InstallState).where(col(InstallState.expires_at) <= before))
