from datetime import datetime
from typing import Any

from sqlalchemy import tuple_
from sqlmodel import col, delete, select

from store.repository import Repository
from store.scope import Scope
from store.tables import ApiKey, ApiRequest


class ApiKeys(Repository):
    """Keys of the HTTP API and their answered requests. Who shows a key has no scope yet."""

    async def find(self, *, hash: str) -> ApiKey | None:
        """None for one that was revoked."""
        query = select(ApiKey).where(ApiKey.hash == hash, col(ApiKey.revoked_at).is_(None))
        return (await self._session.exec(query)).first()

    async def all(self, *, scope: Scope) -> list[ApiKey]:
        """The oldest first, also those that were revoked."""
        query = select(ApiKey).where(scope.holds(ApiKey.client_id)).order_by(col(ApiKey.id))
        return list(await self._session.exec(query))

    async def get(self, *, scope: Scope, id: int) -> ApiKey | None:
        query = select(ApiKey).where(ApiKey.id == id, scope.holds(ApiKey.client_id))
        return (await self._session.exec(query)).first()

    async def add(
        self, *, name: str, hash: str, client_id: int | None, created_by: str = "", now: datetime
    ) -> ApiKey:
        key = ApiKey(name=name, hash=hash, client_id=client_id, created_by=created_by, created_at=now)
        self._session.add(key)
        await self._session.flush()
        return key

    async def answered(self, *, api_key_id: int, idempotency_key: str) -> ApiRequest | None:
        return await self._session.get(ApiRequest, (api_key_id, idempotency_key))

    async def keep_answer(
        self,
        *,
        api_key_id: int,
        idempotency_key: str,
        fingerprint: str,
        status: int,
        answer: dict[str, Any],
        now: datetime,
    ) -> None:
        self._session.add(
            ApiRequest(
                api_key_id=api_key_id,
                idempotency_key=idempotency_key,
                fingerprint=fingerprint,
                status=status,
                answer=answer,
                created_at=now,
            )
        )

    async def forget_answers(self, *, before: datetime, limit: int) -> int:
        """Delete some of those given before then; how many."""
        key = (col(ApiRequest.api_key_id), col(ApiRequest.idempotency_key))
        old = select(*key).where(col(ApiRequest.created_at) < before).limit(limit)
        done = await self._session.exec(delete(ApiRequest).where(tuple_(*key).in_(old)))
        deleted: int = done.rowcount
        return deleted
