"""Metric feeds over HTTP: run before they are kept, then on their schedule."""

from typing import Any

import pytest

from tests.web import shop
from tests.web.conftest import Api
from tests.web.shop import delete, get, patch, wrong

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def opened(api: Api) -> None:
    shop.open_shop(api)


async def feed(api: Api, **more: Any) -> str:
    if "source" not in more:
        more["source"] = await shop.source(api, client="acme")
    body = {"name": "Sales", "sql": shop.POINTS, "metric": "revenue"} | more
    return await shop.made(api, "/metric-feeds", **body)


async def test_a_feed_is_kept_shown_and_brings_points(api: Api) -> None:
    id = await feed(api, schedule="every 15 min", timezone="Europe/Zurich")
    shown = (await get(api, f"/metric-feeds/{id}")).json
    assert (shown["client"], shown["active"], shown["timezone"]) == ("acme", True, "Europe/Zurich")
    assert (shown["schedule"], shown["checked_at"]) == ("every 15 minutes", None)
    assert (await get(api, "/metric-feeds")).json["items"] == [shown]
    await api.houston.feeds.due(api.clock())
    await api.houston.feeds.settled()
    assert (await get(api, f"/metric-feeds/{id}")).json["checked_at"] == "2026-11-14T12:00:00Z"
    [metric] = (await get(api, "/metrics?client=acme")).json["items"]
    assert (metric["metric"], metric["newest"]) == ("revenue", "2026-11-13T23:00:00Z")


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"name": ""}, "name", ""),
    ({"source": "4711"}, "source", "Choose a data source"),
    ({"sql": shop.SQL}, "sql", "time"),
    ({"schedule": "often"}, "schedule", ""),
    ({"timezone": "Mars/Olympus"}, "timezone", "Europe/Berlin"),
    ({"client": "nobody"}, "client", "nobody"),
]


async def test_what_cannot_be_kept_is_refused_at_its_field(api: Api) -> None:
    body = {"name": "Sales", "source": await shop.source(api), "sql": shop.POINTS, "metric": "revenue"}
    for changes, field, said in REFUSED:
        refused = await api.post("/metric-feeds", body | {"client": "acme"} | changes)
        assert said in wrong(refused)[field], changes
    assert (await get(api, "/metric-feeds")).json["items"] == []


async def test_a_feed_is_changed_paused_and_deleted_and_its_points_stay(api: Api) -> None:
    path = f"/metric-feeds/{await feed(api)}"
    await api.houston.feeds.due(api.clock())
    await api.houston.feeds.settled()
    changed = (await patch(api, path, {"active": False, "schedule": "daily at 6"})).json
    assert (changed["active"], changed["name"], changed["metric"]) == (False, "Sales", "revenue")
    assert changed["schedule"] == "daily at 6:00"
    assert (await delete(api, path)).status == 204
    assert (await get(api, path)).status == 404
    assert len((await get(api, "/metrics?client=acme")).json["items"]) == 1


async def test_a_clients_key_has_its_own(api: Api) -> None:
    agencys = await feed(api, source=await shop.source(api), client="globex", name="The agency's")
    acmes = await shop.source(api, name="Acme's", client="acme")
    own = await feed(api, source=acmes, key=api.acme_key)
    seen = (await get(api, "/metric-feeds", key=api.acme_key)).json["items"]
    assert [(each["id"], each["client"]) for each in seen] == [(own, "acme")]
    for id in (agencys, "4711"):
        path = f"/metric-feeds/{id}"
        assert (await get(api, path, key=api.acme_key)).status == 404
        assert (await patch(api, path, {"active": False}, key=api.acme_key)).status == 404
        assert (await delete(api, path, key=api.acme_key)).status == 404
    assert (await patch(api, f"/metric-feeds/{own}", {"active": False}, key=api.acme_key)).status == 200
