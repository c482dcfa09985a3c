"""Destinations over HTTP: added after a test, renamed, tested, resumed; the URL never comes back."""

import json
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from houston.access import everything, operator
from houston.agent.patterns.model import PatternsModel
from houston.assembly import assemble
from houston.errors import PermanentFailure, TemporaryFailure
from houston.web.server import WebServer
from store.tables import Channel
from tests.fakes import FakeMessenger
from tests.store.agency import WORKSPACE, open_agency
from tests.store.databases import Clock, fresh_url, new_store
from tests.web.conftest import Api

pytestmark = pytest.mark.slow

URL = "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"
SECRET = "XXXXXXXXXXXXXXXXXXXXXXXX"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slack(clock: Clock) -> FakeMessenger:
    return FakeMessenger(clock)


@pytest.fixture
async def api(tmp_path: Path, clock: Clock, slack: FakeMessenger) -> AsyncIterator[Api]:
    store = new_store(fresh_url("sqlite", tmp_path), clock)
    await store.open()
    agency = await open_agency(store, clock())
    async with store.begin() as uow:
        await uow.channels.put(channels=[Channel(workspace_id=WORKSPACE, id="C1", name="ops")])
        await uow.commit()
    houston = assemble(
        store, now=clock, rng=random.Random(7), model=PatternsModel(), tools=(), messenger=slack
    )
    server = WebServer(houston, host="127.0.0.1", port=0)
    await server.start()
    async with aiohttp.ClientSession() as http:
        yield Api(
            houston=houston,
            agency=agency,
            clock=clock,
            http=http,
            url=server.url,
            agency_key=(await houston.api_keys.create(operator(), "pipelines")).key,
            erased=[],
            acme_key=(await houston.api_keys.create(operator(), "acme's shop", "acme")).key,
        )
    await server.stop()
    await houston.close()


def draft(**values: Any) -> dict[str, Any]:
    return {"workspace": WORKSPACE, "kind": "webhook", "alias": "Ops", "target": URL} | values


async def one(api: Api) -> dict[str, Any]:
    [found] = (await api.ask("GET", "/api/v1/destinations")).json["items"]
    assert isinstance(found, dict)
    return found


async def test_a_webhook_is_tried_then_kept_and_its_url_never_comes_back(
    api: Api, slack: FakeMessenger
) -> None:
    made = await api.post("/destinations", draft())
    assert made.status == 201, made.json
    [test] = slack.posted
    assert "test from Houston" in test.announcement.event.payload["text"]
    seen = await one(api)
    assert (seen["id"], seen["kind"], seen["alias"]) == (made.json["id"], "webhook", "Ops")
    assert SECRET not in json.dumps(seen)
    assert test.address == f"webhook:{seen['address']}"
    assert await api.houston.new_destinations.urls(WORKSPACE, test.address) == URL


async def test_a_place_that_takes_no_test_is_not_kept(api: Api, slack: FakeMessenger) -> None:
    slack.failures["channel:C1"].append(PermanentFailure("This channel is archived. Unarchive it."))
    refused = await api.post("/destinations", draft(kind="channel", target="C1"))
    assert refused.status == 422
    assert refused.json["errors"][0]["field"] == "target"
    assert "Unarchive it" in refused.json["errors"][0]["message"]
    assert (await api.ask("GET", "/api/v1/destinations")).json["items"] == []


@pytest.mark.parametrize(
    ("changed", "status", "field"),
    [
        ({"target": "https://example.com/hook"}, 422, "url"),
        ({"kind": "service", "target": "nonsense"}, 422, "url"),
        ({"kind": "channel", "target": "C404"}, 422, "target"),
        ({"kind": "dm", "target": "U404"}, 422, "target"),
        ({"kind": "pigeon"}, 422, "kind"),
        ({"alias": " "}, 422, "alias"),
        ({"workspace": "T404"}, 422, "workspace"),
    ],
)
async def test_what_cannot_be_kept_is_refused_at_its_field(
    api: Api, changed: dict[str, Any], status: int, field: str
) -> None:
    refused = await api.post("/destinations", draft(**changed))
    assert refused.status == status
    assert [each["field"] for each in refused.json["errors"]] == [field]


async def test_the_same_url_twice_is_a_conflict_that_names_the_other(api: Api) -> None:
    await api.post("/destinations", draft())
    again = await api.post("/destinations", draft(alias="Other"))
    assert again.status == 409
    assert "Ops" in again.json["detail"]


async def test_alias_and_url_change(api: Api, slack: FakeMessenger) -> None:
    path = f"/api/v1/destinations/{(await api.post('/destinations', draft())).json['id']}"
    other = URL.replace("X", "Y")
    changed = await api.ask("PATCH", path, json={"alias": "Night shift", "url": other})
    assert changed.json["alias"] == "Night shift"
    assert (
        await api.houston.new_destinations.urls(WORKSPACE, f"webhook:{(await one(api))['address']}") == other
    )
    async with api.houston.store.read() as uow:
        entries = await uow.audit.page(scope=everything(), before=None, limit=10)
    assert SECRET not in str([(each.before, each.after) for each in entries])
    assert "destination.url_changed" in [each.action for each in entries]


async def test_a_test_says_whether_it_arrived_and_what_to_do(api: Api, slack: FakeMessenger) -> None:
    path = f"/api/v1/destinations/{(await api.post('/destinations', draft())).json['id']}"
    assert (await api.ask("POST", f"{path}/test")).json == {"arrived": True, "advice": ""}
    address = slack.posted[0].address
    slack.failures[address].append(PermanentFailure("It was revoked. Make a new one."))
    tried = await api.ask("POST", f"{path}/test")
    assert tried.status == 200
    assert tried.json == {"arrived": False, "advice": "It was revoked. Make a new one."}
    assert (await one(api))["error"] == "It was revoked. Make a new one."
    slack.failures[address].append(TemporaryFailure("Slack is not available.", uncertain=True))
    assert "try again in a minute" in (await api.ask("POST", f"{path}/test")).json["advice"]


async def test_a_paused_destination_is_resumed(api: Api, clock: Clock) -> None:
    id = int((await api.post("/destinations", draft())).json["id"])
    async with api.houston.store.begin() as uow:
        await uow.destinations.failed(id=id, error="It was broken.")
        await uow.destinations.pause(id=id, now=clock())
        await uow.commit()
    assert (await one(api))["paused_at"]
    resumed = await api.ask("POST", f"/api/v1/destinations/{id}/resume")
    assert (resumed.status, resumed.json["paused_at"], resumed.json["error"]) == (200, None, "")


async def test_another_clients_key_reaches_none_of_it(api: Api) -> None:
    id = (await api.post("/destinations", draft())).json["id"]
    for path in (f"/destinations/{id}/test", f"/destinations/{id}/resume"):
        assert (await api.ask("POST", f"/api/v1{path}", key=api.acme_key)).status == 404
    refused = await api.post("/destinations", draft(alias="Mine"), key=api.acme_key)
    assert refused.status == 422
