import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston import access
from houston.errors import Conflict, NotFound
from houston.records.checks import text
from store import Scope, Store
from store.tables import ApiKey, ApiRequest

PREFIX = "hk_"


def new_key() -> str:
    return f"{PREFIX}{secrets.token_urlsafe(24)}"


@dataclass(frozen=True, kw_only=True)
class ApiKeys:
    """Keys of the HTTP API. A key is shown once; only its hash is kept."""

    store: Store
    now: Callable[[], datetime]
    draw: Callable[[], str] = new_key

    async def create(self, name: str, client_slug: str | None = None) -> str:
        """A new key, the agency's or one client's. Raises Invalid, NotFound."""
        name = text("name", name, most=100, required=True)
        key = self.draw()
        async with self.store.begin() as uow:
            client = None
            if client_slug is not None:
                client = await uow.clients.find(scope=access.operator(), slug=client_slug)
                if client is None:
                    raise NotFound(f"I know no client called {client_slug[:80]!r}.")
            await uow.api_keys.add(
                name=name, hash=_hash(key), client_id=client.id if client else None, now=self.now()
            )
            await uow.commit()
        return key

    async def scope_of(self, bearer: str) -> tuple[ApiKey, Scope] | None:
        """Whose key this is and what it may see; None for no key of ours."""
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


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def _id(key: ApiKey) -> int:
    assert key.id is not None
    return key.id
