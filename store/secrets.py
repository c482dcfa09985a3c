from datetime import datetime

from sqlalchemy import func, literal, tuple_, update
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.crypto import Keyring
from store.repository import Repository
from store.tables import Secret


class Secrets(Repository):
    """Tokens and addresses that must not be read in the database. They belong to a row, not to a client."""

    def __init__(self, session: AsyncSession, keyring: Keyring) -> None:
        super().__init__(session)
        self._keyring = keyring

    async def get(self, *, owner: str, name: str) -> str | None:
        """Raises Unreadable where no key of ours opens it."""
        found = await self.find(owner=owner, name=name)
        return self._open(found) if found else None

    async def find(self, *, owner: str, name: str) -> Secret | None:
        """The row as it is, sealed."""
        return await self._session.get(Secret, (owner, name))

    async def put(self, *, owner: str, name: str, value: str, now: datetime) -> None:
        key_id, sealed = self._keyring.seal(value, row=_row(owner, name))
        row = {"owner": owner, "name": name, "key_id": key_id, "sealed": sealed, "updated_at": now}
        await self._upsert(Secret, [row], key=("owner", "name"))

    async def remove(self, *, owner: str) -> None:
        await self._session.exec(delete(Secret).where(col(Secret.owner) == owner))

    async def all(self, *, name: str | None = None) -> list[Secret]:
        """The rows as they are, sealed."""
        query = select(Secret).order_by(col(Secret.owner), col(Secret.name))
        return list(await self._session.exec(query.where(Secret.name == name) if name else query))

    async def after(self, *, owner: str, name: str, limit: int) -> list[Secret]:
        """The next rows of a walk over all of them, sealed; begin with two empty strings."""
        place = tuple_(col(Secret.owner), col(Secret.name))
        query = select(Secret).where(place > tuple_(literal(owner), literal(name)))
        return list(
            await self._session.exec(query.order_by(col(Secret.owner), col(Secret.name)).limit(limit))
        )

    async def count(self) -> int:
        return (await self._session.exec(select(func.count()).select_from(Secret))).one()

    async def reseal(self, *, old: Secret, key_id: str, sealed: bytes) -> bool:
        """Put the same value under another key; False where it was changed meanwhile."""
        statement = update(Secret).where(
            col(Secret.owner) == old.owner, col(Secret.name) == old.name, col(Secret.sealed) == old.sealed
        )
        done = await self._session.exec(statement.values(key_id=key_id, sealed=sealed))
        changed: int = done.rowcount
        return changed == 1

    def _open(self, secret: Secret) -> str:
        return self._keyring.open(secret.key_id, secret.sealed, row=row_of(secret))


def row_of(secret: Secret) -> str:
    """What the value is bound to: moved to another row, it does not open."""
    return _row(secret.owner, secret.name)


def _row(owner: str, name: str) -> str:
    return f"{owner}/{name}"
