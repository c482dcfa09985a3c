import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from houston import access
from houston.access import Actor
from houston.errors import Conflict, NotFound
from houston.records.checks import text
from houston.team import audit
from store import Scope, Store, UnitOfWork
from store.tables import ApiKey, ApiRequest, Client

PREFIX = "hk_"


def new_key() -> str:
    return f"{PREFIX}{secrets.token_urlsafe(24)}"


@dataclass(frozen=True, kw_only=True)
class NewKey:
    """What is shown once."""

    id: int
    key: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ApiKeys:
    """Keys of the HTTP API. A key is shown once; only its hash is kept."""

    store: Store
    now: Callable[[], datetime]
    draw: Callable[[], str] = new_key

    async def all(self, scope: Scope) -> list[ApiKey]:
        """The oldest first, also those that were revoked."""
        async with self.store.read() as uow:
            return await uow.api_keys.all(scope=scope)

    async def create(self, actor: Actor, name: str, client_slug: str | None = None) -> NewKey:
        """A new key, the agency's or one client's. Raises Invalid, NotFound, NotAllowed."""
        actor.demand_agency("make API keys")
        name, key = text("name", name, most=100, required=True), self.draw()
        async with self.store.begin() as uow:
            client = await _client(uow, actor.scope, client_slug) if client_slug is not None else None
            row = await uow.api_keys.add(
                name=name,
                hash=_hash(key),
                client_id=client.id if client else None,
                created_by=actor.id,
                now=self.now(),
            )
            after = {"name": name, "client": client.slug if client else None}
            await self._keep(uow, actor, "api_key.created", row, after=after)
        return NewKey(id=_id(row), key=key)

    async def revoke(self, actor: Actor, id: int) -> None:
        """It opens nothing from now on; once more does nothing. Raises NotFound, NotAllowed."""
        actor.demand_agency("revoke API keys")
        async with self.store.begin() as uow:
            row = await uow.api_keys.get(scope=actor.scope, id=id)
            if row is None:
                raise NotFound(f"There is no API key {id}.")
            if row.revoked_at is None:
                row.revoked_at = self.now()
                await self._keep(uow, actor, "api_key.revoked", row, before={"name": row.name})

    async def _keep(
        self,
        uow: UnitOfWork,
        actor: Actor,
        action: str,
        key: ApiKey,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        await audit.record(
            uow,
            actor,
            action,
            f"API key {key.id}",
            before=before,
            after=after,
            clients=[key.client_id],
            now=self.now(),
        )
        await uow.commit()

    async def holder(self, bearer: str) -> tuple[ApiKey, Actor] | None:
        """Whose key this is and who acts by it; None for no key of ours, and for a revoked one."""
        async with self.store.read() as uow:
            key = await uow.api_keys.find(hash=_hash(bearer))
        return (key, access.for_api_key(key)) if key else None

    async def answered(self, key: ApiKey, idempotency_key: str) -> ApiRequest | None:
        """What this key was answered when it sent this Idempotency-Key before."""
        async with self.store.read() as uow:
            return await uow.api_keys.answered(api_key_id=_id(key), idempotency_key=idempotency_key)

    async def keep_answer(
        self, key: ApiKey, idempotency_key: str, *, fingerprint: str, status: int, answer: dict[str, Any]
    ) -> None:
        """Remember an answer; where another process was first, its answer stays."""
        try:
            async with self.store.begin() as uow:
                await uow.api_keys.keep_answer(
                    api_key_id=_id(key),
                    idempotency_key=idempotency_key,
                    fingerprint=fingerprint,
                    status=status,
                    answer=answer,
                    now=self.now(),
                )
                await uow.commit()
        except Conflict:
            return


async def _client(uow: UnitOfWork, scope: Scope, slug: str) -> Client:
    client = await uow.clients.find(scope=scope, slug=slug)
    if client is None:
        raise NotFound(f"I know no client called {slug[:80]!r}.")
    return client


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def _id(key: ApiKey) -> int:
    assert key.id is not None
    return key.id
