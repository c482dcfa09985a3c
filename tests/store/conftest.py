from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store import Store
from tests.store.agency import Agency, open_agency
from tests.store.databases import KINDS, Clock, fresh_url, new_store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return fresh_url(request.param, tmp_path)


@pytest.fixture
async def store(url: str, clock: Clock) -> AsyncIterator[Store]:
    store = new_store(url, clock)
    await store.open()
    yield store
    await store.close()


@pytest.fixture
async def agency(store: Store, clock: Clock) -> Agency:
    return await open_agency(store, clock())
