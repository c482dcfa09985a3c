"""A workspace with two channels and a rule for both."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from houston.notify.rules.rules import RuleDraft, Rules
from store import Store
from store.tables import Channel
from tests.actors import admin
from tests.store.databases import Clock, fresh_url, new_store
from tests.unit.notify.office import ALONE, EVERYTHING, Office


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = new_store(fresh_url("sqlite", tmp_path), Clock())
    await store.open()
    yield store
    await store.close()


@pytest.fixture
async def office(store: Store) -> AsyncIterator[Office]:
    clock = Clock()
    await furnished(store, clock)
    office = Office(store, clock, ALONE)
    yield office
    await office.close()


async def furnished(store: Store, clock: Clock) -> None:
    async with store.begin() as uow:
        await uow.workspaces.connect(id="T1", name="Agency", bot_user_id="U0", timezone="UTC", now=clock())
        await uow.channels.put(channels=[Channel(workspace_id="T1", id=id, name=id) for id in ("C1", "C2")])
        await uow.commit()
    rules = Rules(store=store, now=clock)
    await rules.add(admin(EVERYTHING), RuleDraft(channels=("C1", "C2"), event_type="system_error"))
