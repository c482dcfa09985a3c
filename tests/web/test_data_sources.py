"""Data sources over HTTP: tried before they are kept, and their URLs never come back."""

import json
from typing import Any

import pytest

from houston.access import everything
from tests.web import shop
from tests.web.conftest import Api
from tests.web.shop import delete, get, patch, wrong

INSIDE = "postgresql://reader:hunter2@127.0.0.1/shop"

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def opened(api: Api) -> None:
    shop.open_shop(api)


async def test_a_source_is_tried_kept_and_shown_without_its_url(api: Api) -> None:
    id = await shop.source(api, client="acme")
    shown = (await get(api, f"/data-sources/{id}")).json
    assert (shown["id"], shown["name"], shown["client"], shown["dialect"]) == (id, "Shop", "acme", "sqlite")
    assert (shown["error"], shown["created_at"]) == ("", "2026-11-14T12:00:00Z")
    assert "url" not in shown
    assert (await get(api, "/data-sources")).json == {"items": [shown], "next_cursor": None}


async def test_an_agencys_source_is_of_no_client_and_lists_its_tables(api: Api) -> None:
    id = await shop.source(api)
    assert (await get(api, f"/data-sources/{id}")).json["client"] is None
    tried = await api.post(f"/data-sources/{id}/test", None)
    assert (tried.status, tried.json) == (200, {"dialect": "sqlite", "tables": ["sales"]})


async def test_csv_files_are_a_source(api: Api) -> None:
    id = await shop.source(api, name="Ads", url=f"duckdb:///{api.files / 'ads'}")
    assert (await api.post(f"/data-sources/{id}/test", None)).json == {
        "dialect": "duckdb",
        "tables": ["spend"],
    }


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"url": ""}, "url", "Write where it is"),
    ({"url": INSIDE}, "url", "HOUSTON_ALLOW_HOSTS"),
    ({"url": "postgresql://reader:hunter2@db.example.com/shop"}, "url", "is not known"),
    ({"url": "sqlite:////etc/passwd"}, "url", "HOUSTON_FILE_ROOTS"),
    ({"name": " "}, "name", ""),
    ({"client": "nobody"}, "client", "nobody"),
    ({"password": "x"}, "password", "is not a field"),
]


async def test_what_cannot_be_kept_is_refused_at_its_field(api: Api) -> None:
    for changes, field, said in REFUSED:
        refused = await api.post("/data-sources", {"name": "Shop", "url": shop.url(api)} | changes)
        assert said in wrong(refused)[field], changes
        assert "hunter2" not in json.dumps(refused.json)
    assert (await get(api, "/data-sources")).json["items"] == []


async def test_a_name_is_taken_once(api: Api) -> None:
    await shop.source(api)
    refused = await api.post("/data-sources", {"name": "SHOP", "url": shop.url(api)})
    assert "another" in wrong(refused)["name"].lower()


async def test_a_change_of_the_name_keeps_the_url_and_a_new_url_is_tried(api: Api) -> None:
    path = f"/data-sources/{await shop.source(api)}"
    assert (await patch(api, path, {"name": "Till"})).json["name"] == "Till"
    assert (await api.post(f"{path}/test", None)).json["tables"] == ["sales"]
    assert list(wrong(await patch(api, path, {"url": INSIDE}))) == ["url"]
    changed = await patch(api, path, {"url": f"duckdb:///{api.files / 'ads'}"})
    assert (changed.json["name"], changed.json["dialect"]) == ("Till", "duckdb")
    async with api.houston.store.read() as uow:
        entries = await uow.audit.page(scope=everything(), before=None, limit=10)
    told = [entry.action for entry in entries if entry.action.startswith("data_source")]
    assert told == ["data_source.url_changed", "data_source.edited", "data_source.added"]


async def test_a_database_that_cannot_be_reached_is_a_bad_gateway_with_what_to_do(api: Api) -> None:
    id = await shop.source(api)
    (api.files / "shop.db").unlink()
    tried = await api.post(f"/data-sources/{id}/test", None)
    assert (tried.status, tried.json["title"]) == (502, "Bad Gateway")
    assert "Check that the file is where it was" in tried.json["detail"]
    assert (await get(api, f"/data-sources/{id}")).json["error"] == tried.json["detail"]


async def test_one_that_is_read_stays_until_its_readers_are_gone(api: Api) -> None:
    id = await shop.source(api)
    report = await shop.report(api, source=id)
    refused = await delete(api, f"/data-sources/{id}")
    assert (refused.status, "Sales" in refused.json["detail"]) == (409, True)
    assert (await delete(api, f"/reports/{report}")).status == 204
    assert (await delete(api, f"/data-sources/{id}")).status == 204
    assert (await get(api, f"/data-sources/{id}")).status == 404


async def test_a_clients_key_has_its_own_and_adds_no_files(api: Api) -> None:
    agencys, acmes = await shop.source(api), await shop.source(api, name="Acme's", client="acme")
    seen = (await get(api, "/data-sources", key=api.acme_key)).json["items"]
    assert [each["id"] for each in seen] == [acmes]
    for id in (agencys, "4711", "9" * 19):
        path, key = f"/data-sources/{id}", api.acme_key
        asked = [await get(api, path, key=key), await patch(api, path, {"name": "Mine"}, key=key)]
        asked += [await delete(api, path, key=key), await api.post(f"{path}/test", None, key=key)]
        assert [each.status for each in asked] == [404] * 4
    assert (await patch(api, f"/data-sources/{acmes}", {"name": "Ours"}, key=api.acme_key)).status == 200
    refused = await api.post("/data-sources", {"name": "Files", "url": shop.url(api)}, key=api.acme_key)
    assert "Only the operator or an agency's admin" in wrong(refused)["url"]
    foreign = {"name": "Theirs", "url": shop.url(api), "client": "globex"}
    assert list(wrong(await api.post("/data-sources", foreign, key=api.acme_key))) == ["client"]


async def test_a_repeat_with_the_same_key_adds_one(api: Api) -> None:
    body = {"name": "Shop", "url": shop.url(api)}
    asked = [await api.post("/data-sources", body, headers={"Idempotency-Key": "1"}) for _ in range(2)]
    assert [each.status for each in asked] == [201, 201]
    assert asked[0].json == asked[1].json
    assert len((await get(api, "/data-sources")).json["items"]) == 1
