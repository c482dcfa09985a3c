import json
from pathlib import Path

import pytest

from tests.web.conftest import Api, everything_kept


async def test_a_key_is_made_over_http_shown_once_and_works(api: Api) -> None:
    made = await api.post("/api-keys", {"name": "the shop", "client": "acme"})
    assert (made.status, made.json["event_id"]) == (201, None)
    assert (await api.ask("GET", "/api/v1/notes", key=made.json["key"])).status == 200
    listed = await api.ask("GET", "/api/v1/api-keys")
    newest = listed.json["items"][-1]
    assert newest == {
        "id": made.json["id"],
        "name": "the shop",
        "client": "acme",
        "created_by": f"api_key {listed.json['items'][0]['id']}",
        "created_at": "2026-11-14T12:00:00Z",
        "revoked_at": None,
    }
    assert "hk_" not in json.dumps(listed.json)


async def test_a_repeat_gets_the_same_answer_without_the_key_which_is_kept_nowhere(
    api: Api, tmp_path: Path
) -> None:
    again = {"Idempotency-Key": "once"}
    first = await api.post("/api-keys", {"name": "ci"}, headers=again)
    repeat = await api.post("/api-keys", {"name": "ci"}, headers=again)
    assert (repeat.status, repeat.json) == (201, first.json | {"key": None})
    assert first.json["key"].encode() not in everything_kept(tmp_path)
    assert len((await api.ask("GET", "/api/v1/api-keys")).json["items"]) == 3


async def test_a_revoked_key_opens_nothing_at_once(api: Api) -> None:
    keys = {each["name"]: each["id"] for each in (await api.ask("GET", "/api/v1/api-keys")).json["items"]}
    path = "/api/v1/api-keys/" + keys["acme's shop"]
    assert (await api.ask("DELETE", path)).status == 204
    assert (await api.ask("GET", "/api/v1/notes", key=api.acme_key)).status == 401
    assert (await api.ask("DELETE", path)).status == 204, "once more does nothing"
    entries = (await api.ask("GET", "/api/v1/audit")).json["items"]
    assert [each["action"] for each in entries].count("api_key.revoked") == 1
    listed = (await api.ask("GET", "/api/v1/api-keys")).json["items"]
    assert [each["revoked_at"] for each in listed] == [None, "2026-11-14T12:00:00Z"]


@pytest.mark.parametrize("id", ["4711", "x", "9" * 30])
async def test_a_key_that_is_not_there_cannot_be_revoked(api: Api, id: str) -> None:
    assert (await api.ask("DELETE", f"/api/v1/api-keys/{id}")).status == 404


@pytest.mark.parametrize(
    ("body", "field"), [({"name": ""}, "name"), ({"name": "x", "client": "nobody"}, "client")]
)
async def test_a_bad_key_names_its_field(api: Api, body: dict[str, str], field: str) -> None:
    reply = await api.post("/api-keys", body)
    assert (reply.status, [each["field"] for each in reply.json["errors"]]) == (422, [field])
