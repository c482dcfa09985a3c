"""Saved queries and metric feeds over HTTP: run before they are kept, complaints at their fields."""

from typing import Any

import pytest

from tests.web import shop
from tests.web.conftest import Api
from tests.web.shop import delete, get, patch, wrong

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def opened(api: Api) -> None:
    shop.open_shop(api)


async def test_a_report_is_run_kept_and_shown(api: Api) -> None:
    source = await shop.source(api)
    id = await shop.report(api, source=source, url="https://bi.example.com/sales", client="acme")
    shown = (await get(api, f"/reports/{id}")).json
    assert (shown["id"], shown["source"], shown["client"], shown["alerts"]) == (id, source, "acme", 0)
    assert (shown["sql"], shown["url"]) == (shop.SQL, "https://bi.example.com/sales")
    assert (await get(api, "/reports")).json == {"items": [shown], "next_cursor": None}


async def test_a_report_of_a_clients_source_is_that_clients(api: Api) -> None:
    id = await shop.report(api, client="acme")
    assert (await get(api, f"/reports/{id}")).json["client"] == "acme"


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"name": ""}, "name", ""),
    ({"source": "4711"}, "source", "Choose a data source"),
    ({"source": "9" * 19}, "source", "Choose a data source"),
    ({"source": "shop"}, "source", ""),
    ({"sql": "SELECT nonsense FROM sales"}, "sql", "nonsense"),
    ({"sql": "DELETE FROM sales"}, "sql", ""),
    ({"sql": "SELECT 1; SELECT 2"}, "sql", ""),
    ({"url": "javascript:alert(1)"}, "url", ""),
    ({"client": "nobody"}, "client", "nobody"),
]


async def test_what_cannot_be_kept_is_refused_at_its_field(api: Api) -> None:
    body = {"name": "Sales", "source": await shop.source(api), "sql": shop.SQL}
    for changes, field, said in REFUSED:
        assert said in wrong(await api.post("/reports", body | changes))[field], changes
    assert (await get(api, "/reports")).json["items"] == []


async def test_a_change_keeps_what_is_left_out_and_null_makes_it_the_agencys(api: Api) -> None:
    source = await shop.source(api)
    path = f"/reports/{await shop.report(api, source=source, client='acme')}"
    assert (await patch(api, path, {"name": "Till"})).json["client"] == "acme"
    changed = (await patch(api, path, {"client": None, "sql": "SELECT 1 AS one"})).json
    assert (changed["name"], changed["client"], changed["sql"]) == ("Till", None, "SELECT 1 AS one")
    assert list(wrong(await patch(api, path, {"sql": "SELECT"}))) == ["sql"]


async def test_one_that_is_watched_stays_until_its_alerts_are_gone(api: Api) -> None:
    id = await shop.report(api)
    alert = await shop.alert(api, report=id)
    refused = await delete(api, f"/reports/{id}")
    assert (refused.status, "Low revenue" in refused.json["detail"]) == (409, True)
    assert (await delete(api, f"/alerts/{alert}")).status == 204
    assert (await delete(api, f"/reports/{id}")).status == 204
    assert (await get(api, f"/reports/{id}")).status == 404


async def test_a_clients_key_reads_its_own_sources_only(api: Api) -> None:
    agencys = await shop.report(api, name="The agency's")
    acmes = await shop.source(api, name="Acme's", client="acme")
    own = await shop.report(api, source=acmes, key=api.acme_key)
    seen = (await get(api, "/reports", key=api.acme_key)).json["items"]
    assert [(each["id"], each["client"]) for each in seen] == [(own, "acme")]
    for id in (agencys, "4711"):
        path = f"/reports/{id}"
        assert (await patch(api, path, {"name": "Mine"}, key=api.acme_key)).status == 404
        assert (await delete(api, path, key=api.acme_key)).status == 404
    source = (await get(api, f"/reports/{agencys}")).json["source"]
    body = {"name": "Theirs", "sql": shop.SQL}
    theirs = await api.post("/reports", body | {"source": source}, key=api.acme_key)
    assert wrong(theirs) == wrong(await api.post("/reports", body | {"source": "4711"}, key=api.acme_key))


async def test_a_repeat_with_the_same_key_saves_one(api: Api) -> None:
    body = {"name": "Sales", "source": await shop.source(api), "sql": shop.SQL}
    asked = [await api.post("/reports", body, headers={"Idempotency-Key": "1"}) for _ in range(2)]
    assert asked[0].json == asked[1].json
    assert len((await get(api, "/reports")).json["items"]) == 1
