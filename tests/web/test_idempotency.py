import asyncio
from typing import Any

import pytest

from tests.web.conftest import Api

pytestmark = pytest.mark.slow

NOTE = {"title": "Budget raised"}
BODIES: dict[str, dict[str, Any]] = {
    "/notes": NOTE,
    "/errors": {"title": "Boom", "message": "x"},
    "/task-runs": {"job": "load", "run_id": "1", "state": "failed"},
    "/points": {"points": [{"metric": "m", "client": "acme", "time": "2026-11-14T10:00:00Z", "value": 1}]},
}


def keyed(value: str = "order-1") -> dict[str, str]:
    return {"Idempotency-Key": value}


@pytest.mark.parametrize("path", BODIES)
async def test_a_repeat_gets_the_same_answer_and_does_nothing(api: Api, path: str) -> None:
    first = await api.post(path, BODIES[path], headers=keyed())
    events = len(await api.told())
    api.clock.forward(days=1)
    again = await api.post(path, BODIES[path], headers=keyed())
    assert (first.status, first.json) == (again.status, again.json) == (201, first.json)
    assert len(await api.told()) == events


async def test_without_a_key_each_post_is_its_own(api: Api) -> None:
    first, second = await api.post("/notes", NOTE), await api.post("/notes", NOTE)
    assert first.json["id"] != second.json["id"]


async def test_another_body_under_the_same_key_is_refused(api: Api) -> None:
    await api.post("/notes", NOTE, headers=keyed())
    for path, body in (("/notes", {"title": "Other"}), ("/errors", BODIES["/errors"])):
        reply = await api.post(path, body, headers=keyed())
        assert reply.status == 422
        assert "Idempotency-Key" in reply.json["detail"]
    assert len(await api.told()) == 1


async def test_repeats_that_come_at_once_are_done_once(api: Api) -> None:
    replies = await asyncio.gather(*(api.post("/notes", NOTE, headers=keyed()) for _ in range(8)))
    assert len({reply.json["id"] for reply in replies}) == 1
    assert len(await api.told()) == 1


async def test_two_api_keys_may_use_the_same_idempotency_key(api: Api) -> None:
    first = await api.post("/notes", NOTE, headers=keyed())
    second = await api.post("/notes", NOTE, headers=keyed(), key=api.acme_key)
    assert first.json["id"] != second.json["id"]


async def test_a_refused_request_may_be_mended_under_its_key(api: Api) -> None:
    assert (await api.post("/notes", {"title": ""}, headers=keyed())).status == 422
    assert (await api.post("/notes", NOTE, headers=keyed())).status == 201


@pytest.mark.parametrize("value", ["", "two words", "x" * 256])
async def test_an_idempotency_key_that_is_none_is_refused(api: Api, value: str) -> None:
    assert (await api.post("/notes", NOTE, headers=keyed(value))).status == 400
