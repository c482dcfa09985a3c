from datetime import datetime
from typing import Any

from sqlmodel import select

from store.repository import Repository
from store.tables import ApiKey, ApiRequest


class ApiKeys(Repository):
    """Keys of the HTTP API and their answered requests. A key decides the scope, so it takes none."""

    async def find(self, *, hash: str) -> ApiKey | None:
        return (await self._session.exec(select(ApiKey).where(ApiKey.hash == hash))).first()

    async def add(self, *, name: str, hash: str, client_id: int | None, now: datetime) -> ApiKey:
        key = ApiKey(name=name, hash=hash, client_id=client_id, created_at=now)
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
