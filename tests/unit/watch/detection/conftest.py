from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.store.agency import open_agency
from tests.store.databases import Clock, fresh_url, new_store
from tests.unit.watch.detection.watchroom import WatchRoom


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[WatchRoom]:
    clock = Clock()
    store = new_store(fresh_url("sqlite", tmp_path), clock)
    await store.open()
    agency = await open_agency(store, clock())
    room = WatchRoom(store, clock, agency.acme)
    yield room
    await room.close()
