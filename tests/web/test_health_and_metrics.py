import random
import tomllib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from houston.access import everything
from houston.agent.patterns.model import PatternsModel
from houston.assembly import Houston, assemble
from houston.status import ConnectionState
from houston.web import metrics
from houston.web.server import WebServer
from tests.store.agency import open_agency
from tests.store.databases import Clock, fresh_url, new_store

TOKEN = "let-me-look"


@dataclass(kw_only=True)
class Watched:
    houston: Houston
    clock: Clock
    url: str
    states: list[ConnectionState] = field(default_factory=list)

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with aiohttp.ClientSession() as http, http.get(self.url + path, headers=named) as reply:
            return reply.status, await reply.text()

    def connection(self, state: str, app_id: str = "A1") -> None:
        self.states[:] = [ConnectionState(app_id=app_id, names=("Acme's own",), state=state)]


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    clock = Clock()
    store = new_store(fresh_url("sqlite", tmp_path), clock)
    await store.open()
    await open_agency(store, clock())
    houston = assemble(store, now=clock, rng=random.Random(7), model=PatternsModel(), tools=())
    watched = Watched(houston=houston, clock=clock, url="")
    server = WebServer(
        houston, host="127.0.0.1", port=0, connections=lambda: watched.states, metrics_token=TOKEN
    )
    await server.start()
    watched.url = server.url
    yield watched
    await server.stop()
    await houston.close()


async def test_houston_is_ready_while_it_is_starting_and_no_longer_when_no_connection_comes(
    watched: Watched,
) -> None:
    watched.connection("connecting")
    assert (await watched.get("/readyz"))[0] == 200
    watched.clock.forward(minutes=2)
    status, said = await watched.get("/readyz")
    assert status == 503
    assert "No connection to Slack" in said


async def test_one_connection_is_enough_and_a_short_break_is_forgiven(watched: Watched) -> None:
    watched.clock.forward(minutes=2)
    watched.states[:] = [
        ConnectionState(app_id="A1", names=("main app",), state="reconnecting"),
        ConnectionState(app_id="A2", names=("Acme",), state="connected"),
    ]
    status, said = await watched.get("/readyz")
    assert status == 200
    assert '"app_id": "A2"' in said
    assert "Acme" not in said, "who may look without a key reads no names"
    watched.connection("reconnecting")
    watched.clock.forward(seconds=50)
    assert (await watched.get("/readyz"))[0] == 200
    watched.clock.forward(seconds=20)
    assert (await watched.get("/readyz"))[0] == 503


async def test_the_figures_are_those_of_the_store(watched: Watched) -> None:
    watched.connection("connected", app_id='A"1\\')
    await watched.houston.faults.report(everything(), title="Boom", message="x")
    status, said = await watched.get("/metrics")
    assert status == 200
    samples = dict(line.rsplit(" ", 1) for line in said.splitlines() if not line.startswith("#"))
    assert samples == {
        'houston_build_info{version="0.1.0"}': "1",
        "houston_events_recorded_total": "1",
        'houston_deliveries{state="due"}': "0",
        'houston_deliveries{state="sent"}': "0",
        'houston_deliveries{state="dead"}': "0",
        "houston_outbox_held": "0",
        'houston_connection{app_id="A\\"1\\\\",state="connected"}': "1",
    }
    assert said.count("# TYPE") == said.count("# HELP") == 5
    assert said.endswith("\n")
    assert not [name for name in ("Acme", "Globex", "Agency", "T1") if name in said]


async def test_figures_are_for_this_machine_and_who_has_the_token(watched: Watched) -> None:
    assert (await watched.get("/metrics"))[0] == 200
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer ü"}):
        assert (await watched.get("/metrics", X_Forwarded_For="203.0.113.9", **headers))[0] == 401
    told = await watched.get("/metrics", X_Forwarded_For="203.0.113.9", Authorization=f"Bearer {TOKEN}")
    assert told[0] == 200


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == metrics.VERSION
