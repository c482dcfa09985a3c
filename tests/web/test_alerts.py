"""Alerts over HTTP: conditions are judged before they are kept, and complaints name each by its number."""

from typing import Any

import pytest

from tests.store.agency import WORKSPACE
from tests.web import shop
from tests.web.conftest import Api
from tests.web.shop import delete, get, patch, wrong
from tests.web.workspaces import ACMES, furnish

pytestmark = pytest.mark.slow

HERE = {"workspace": WORKSPACE, "channels": [f"C{WORKSPACE}"], "owner": "UALICE"}


@pytest.fixture(autouse=True)
async def opened(api: Api) -> None:
    shop.open_shop(api)
    await furnish(api)
    async with api.houston.store.begin() as uow:
        alice = await uow.members.find(workspace_id=WORKSPACE, user_id="UALICE")
        assert alice is not None
        alice.sees_all = True
        await uow.commit()


async def test_an_alert_is_judged_kept_and_shown(api: Api) -> None:
    report = await shop.report(api)
    conditions = [{"text": "Revenue < 10000", "severity": "critical"}, {"text": "no rows"}]
    id = await shop.alert(api, report=report, conditions=conditions, schedule="weekdays at 9")
    shown = (await get(api, f"/alerts/{id}")).json
    assert shown["conditions"] == [conditions[0], {"text": "no rows", "severity": "warning"}]
    assert (shown["report"], shown["client"], shown["state"]) == (report, None, "new")
    assert (shown["schedule"], shown["timezone"], shown["workspace"]) == ("weekdays at 9:00", "UTC", None)
    assert (await get(api, "/alerts")).json == {"items": [shown], "next_cursor": None}


async def test_where_it_posts_is_a_rule_of_its_workspace(api: Api) -> None:
    id = await shop.alert(api, **HERE, name="Low [revenue]")
    shown = (await get(api, f"/alerts/{id}")).json
    assert (shown["workspace"], shown["channels"], shown["owner"]) == (WORKSPACE, [f"C{WORKSPACE}"], "UALICE")
    assert shown["timezone"] == "Europe/Berlin"
    [rule] = (await get(api, "/rules")).json["items"]
    assert (rule["event_type"], rule["channels"]) == ("data_alert", [f"C{WORKSPACE}"])
    kept = (await patch(api, f"/alerts/{id}", {"runbook": "https://wiki.example.com"})).json
    assert (kept["channels"], kept["owner"]) == ([f"C{WORKSPACE}"], "UALICE")
    assert (await patch(api, f"/alerts/{id}", {"channels": []})).json["channels"] == []
    assert (await get(api, "/rules")).json["items"] == []


CARET = "Revenu < 10000\n^"


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"name": ""}, "name", ""),
    ({"report": "4711"}, "report", "Choose a report"),
    ({"conditions": []}, "conditions", ""),
    ({"conditions": [{"text": "no rows"}, {"text": "Revenue ~ 5"}]}, "conditions.1.text", "        ^"),
    ({"conditions": [{"text": "no rows"}, {"text": "Revenu < 10000"}]}, "conditions.1.text", CARET),
    ({"conditions": [{"text": "no rows", "severity": "dire"}]}, "conditions.0.severity", ""),
    ({"schedule": "often"}, "schedule", ""),
    ({"timezone": "Mars/Olympus"}, "timezone", "Europe/Berlin"),
    ({"runbook": "javascript:alert(1)"}, "runbook", ""),
    ({"n": 3, "m": 2}, "n", "n up to m"),
    ({"workspace": "T404"}, "workspace", "T404"),
    ({"channels": ["C1"]}, "workspace", "Name the workspace"),
    (HERE | {"channels": ["C404"]}, "channels", "/invite @Houston"),
    (HERE | {"destinations": ["4711"]}, "channels", "not there any more"),
    (HERE | {"owner": "U404"}, "owner", "does not know"),
]


async def test_what_cannot_be_kept_is_refused_at_its_field(api: Api) -> None:
    body = {"name": "Low", "report": await shop.report(api), "conditions": [{"text": "Revenue < 10000"}]}
    for changes, field, said in REFUSED:
        assert said in wrong(await api.post("/alerts", body | changes))[field], changes
    assert (await get(api, "/alerts")).json["items"] == []
    assert (await get(api, "/rules")).json["items"] == []


async def test_a_change_is_judged_too_and_a_pause_keeps_the_rest(api: Api) -> None:
    path = f"/alerts/{await shop.alert(api)}"
    refused = await patch(api, path, {"conditions": [{"text": "Revenu < 10000"}]})
    assert CARET in wrong(refused)["conditions.0.text"]
    paused = (await patch(api, path, {"active": False})).json
    assert (paused["state"], paused["conditions"][0]["text"]) == ("paused", "Revenue < 10000")
    assert (await delete(api, path)).status == 204
    assert (await get(api, path)).status == 404


async def test_a_database_that_is_gone_is_told_at_the_report(api: Api) -> None:
    report = await shop.report(api)
    (api.files / "shop.db").unlink()
    body = {"name": "Low", "report": report, "conditions": [{"text": "Revenue < 10000"}]}
    assert "where it was" in wrong(await api.post("/alerts", body))["report"]


async def test_a_clients_key_has_its_own_and_hears_nothing_of_the_agencys_workspace(api: Api) -> None:
    agencys = await shop.alert(api)
    report = await shop.report(
        api, source=await shop.source(api, name="Acme's", client="acme"), name="Acme's"
    )
    posted = await shop.alert(api, report=report, name="Posted by the agency", **HERE)
    own = {"workspace": ACMES, "channels": [f"C{ACMES}"], "key": api.acme_key}
    mine = await shop.alert(api, report=report, **own)
    seen = (await get(api, "/alerts", key=api.acme_key)).json["items"]
    told = {each["id"]: (each["workspace"], each["channels"], each["owner"]) for each in seen}
    assert told == {posted: (None, [], ""), mine: (ACMES, [f"C{ACMES}"], "")}
    for id in (agencys, "4711"):
        path = f"/alerts/{id}"
        assert (await get(api, path, key=api.acme_key)).status == 404
        assert (await patch(api, path, {"active": False}, key=api.acme_key)).status == 404
        assert (await delete(api, path, key=api.acme_key)).status == 404
    changed = await patch(api, f"/alerts/{posted}", {"n": 2, "m": 3}, key=api.acme_key)
    assert (changed.status, changed.json["owner"]) == (200, "")
    kept = (await get(api, f"/alerts/{posted}")).json
    assert (kept["n"], kept["owner"], kept["channels"]) == (2, "UALICE", [f"C{WORKSPACE}"])
    theirs = await api.post(
        "/alerts",
        {"name": "x", "report": report, "conditions": [{"text": "no rows"}]} | HERE,
        key=api.acme_key,
    )
    assert list(wrong(theirs)) == ["workspace"]


async def test_a_repeat_with_the_same_key_adds_one(api: Api) -> None:
    body = {"name": "Low", "report": await shop.report(api), "conditions": [{"text": "Revenue < 10000"}]}
    asked = [await api.post("/alerts", body, headers={"Idempotency-Key": "1"}) for _ in range(2)]
    assert asked[0].json == asked[1].json
    assert len((await get(api, "/alerts")).json["items"]) == 1
