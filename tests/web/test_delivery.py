"""From a request of the API to a message in a channel."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from houston import access
from houston.agent.patterns.model import PatternsModel
from houston.assembly import Houston, assemble
from houston.notify.lanes import Pace
from houston.web.server import WebServer
from store import Scope
from store.tables import Channel, Rule
from tests.fakes import FakeMessenger
from tests.store.agency import WORKSPACE, open_agency
from tests.store.databases import Clock, fresh_url, new_store


@pytest.fixture
async def messenger() -> FakeMessenger:
    return FakeMessenger(clock=Clock())


@pytest.fixture
async def houston(tmp_path: Path, messenger: FakeMessenger) -> AsyncIterator[Houston]:
    """An agency whose task failures and errors go to #ops."""
    clock = messenger.clock
    store = new_store(fresh_url("sqlite", tmp_path), clock)
    await store.open()
    await open_agency(store, clock())
    houston = assemble(
        store,
        now=clock,
        rng=random.Random(7),
        model=PatternsModel(),
        tools=(),
        messenger=messenger,
        pace=Pace(window=0),
    )
    await houston.channels.joined(WORKSPACE, Channel(workspace_id=WORKSPACE, id="C1", name="ops"))
    for event_type in ("task_failure", "system_error"):
        await rule(houston, await houston.access.scope(WORKSPACE, "U1"), event_type)
    houston.start()
    yield houston
    await houston.close()


async def rule(houston: Houston, scope: Scope, event_type: str) -> None:
    async with houston.store.begin() as uow:
        destination = await uow.destinations.of(
            workspace_id=WORKSPACE, kind="channel", address="C1", alias="#ops", now=houston.clients.now()
        )
        now, number = houston.clients.now(), await uow.workspaces.take_rule_number(id=WORKSPACE)
        saved = Rule(
            workspace_id=WORKSPACE, number=number, event_type=event_type, created_at=now, updated_at=now
        )
        await uow.rules.save(rule=saved, destination_ids=[destination.id or 0])
        await uow.commit()


async def test_a_failed_run_reported_over_http_arrives_in_its_channel(
    houston: Houston, messenger: FakeMessenger
) -> None:
    server = WebServer(houston, host="127.0.0.1", port=0)
    await server.start()
    headers = {"Authorization": f"Bearer {(await houston.api_keys.create(access.operator(), 'ci')).key}"}
    body = {"job": "load_ads", "run_id": "7", "state": "failed", "error": "quota"}
    async with aiohttp.ClientSession(headers=headers) as http:
        for _ in range(2):
            async with http.post(f"{server.url}/api/v1/task-runs", json=body) as response:
                assert response.status == 201
        [posted] = await messenger.until(1)
    await server.stop()
    assert (posted.workspace_id, posted.address) == (WORKSPACE, "channel:C1")
    assert posted.announcement.event.payload["job"] == "load_ads"


async def test_houstons_own_unhandled_error_arrives_too(houston: Houston, messenger: FakeMessenger) -> None:
    reference = await houston.faults.unhandled(RuntimeError("boom"), "a listener")
    [posted] = await messenger.until(1)
    assert reference in posted.announcement.event.payload["message"]
    await houston.faults.unhandled(RuntimeError("boom again"), "a listener")
    await houston.faults.report(access.everything(), title="Other", message="x")
    assert len(await messenger.until(2)) == 2, "the same fault is told once a day"
