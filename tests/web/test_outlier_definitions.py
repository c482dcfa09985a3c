from typing import Any

import pytest

from tests.web.conftest import Api

SPEND = {"name": "Spend", "metrics": "spend/*", "client": "acme", "schedule": "15m"}


async def test_a_definition_is_kept_and_listed(api: Api) -> None:
    reply = await api.post("/outlier-definitions", SPEND)
    assert (reply.status, reply.json["event_id"]) == (201, None)
    [listed] = (await api.ask("GET", "/api/v1/outlier-definitions")).json["items"]
    assert listed["id"] == reply.json["id"]
    assert (listed["metrics"], listed["client"], listed["schedule"]) == ("spend/*", "acme", "15m")
    assert listed["created_at"] == "2026-11-14T12:00:00Z"


async def test_a_clients_key_sees_its_own_and_cannot_watch_others(api: Api) -> None:
    await api.post("/outlier-definitions", SPEND | {"client": "globex"})
    own = {key: value for key, value in SPEND.items() if key != "client"}
    assert (await api.post("/outlier-definitions", own, key=api.acme_key)).status == 201
    listed = (await api.ask("GET", "/api/v1/outlier-definitions", key=api.acme_key)).json["items"]
    assert [each["client"] for each in listed] == ["acme"]
    foreign = await api.post("/outlier-definitions", SPEND | {"client": "globex"}, key=api.acme_key)
    unknown = await api.post("/outlier-definitions", SPEND | {"client": "nobody"}, key=api.acme_key)
    assert foreign.status == unknown.status == 422
    assert foreign.json["errors"][0]["field"] == unknown.json["errors"][0]["field"] == "client"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"metrics": " "}, "metrics"),
        ({"schedule": "often"}, "schedule"),
        ({"sensitivity": "extreme"}, "sensitivity"),
        ({"minimum_change": -1}, "minimum_change"),
        ({"minimum_change_percent": "20"}, "minimum_change_percent"),
        ({"client": None}, "client"),
    ],
)
async def test_a_bad_definition_names_its_field_and_keeps_nothing(
    api: Api, changes: dict[str, Any], field: str
) -> None:
    reply = await api.post("/outlier-definitions", SPEND | changes)
    assert reply.status == 422
    assert [each["field"] for each in reply.json["errors"]] == [field]
    assert (await api.ask("GET", "/api/v1/outlier-definitions")).json["items"] == []


async def test_a_definition_is_changed_field_by_field_and_deleted(api: Api) -> None:
    id = (await api.post("/outlier-definitions", SPEND | {"country": "de-by"})).json["id"]
    path = f"/api/v1/outlier-definitions/{id}"
    changes = {"sensitivity": "high", "excluded": ["2026-12-24..2027-01-02"], "active": False}
    changed = (await api.ask("PATCH", path, json=changes)).json
    assert {name: changed[name] for name in changes} == changes
    assert (changed["name"], changed["country"], changed["schedule"]) == ("Spend", "DE-BY", "15m")
    seen = (await api.ask("GET", path)).json
    assert (seen["series"], seen["fired_90d"], seen["precision"]) == (0, 0, None)
    assert (await api.ask("DELETE", path)).status == 204
    assert (await api.ask("GET", path)).status == 404


async def test_another_clients_definition_is_not_there(api: Api) -> None:
    id = (await api.post("/outlier-definitions", SPEND | {"client": "globex"})).json["id"]
    path = f"/api/v1/outlier-definitions/{id}"
    for method, body in (("GET", None), ("PATCH", {"name": "Mine"}), ("DELETE", None)):
        assert (await api.ask(method, path, key=api.acme_key, json=body)).status == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"country": "Germany"}, "country"), ({"excluded": ["soon"]}, "excluded"), ({"name": " "}, "name")],
)
async def test_a_bad_change_names_its_field(api: Api, changes: dict[str, Any], field: str) -> None:
    id = (await api.post("/outlier-definitions", SPEND)).json["id"]
    reply = await api.ask("PATCH", f"/api/v1/outlier-definitions/{id}", json=changes)
    assert (reply.status, reply.json["errors"][0]["field"]) == (422, field)
