"""Clients, workspaces, members, rules and destinations over HTTP, with a key of the agency."""

from typing import Any

import pytest

from tests.store.agency import WORKSPACE
from tests.store.databases import NOON
from tests.web.conftest import Api
from tests.web.workspaces import ACMES, furnish, rule

pytestmark = pytest.mark.slow


async def items(api: Api, path: str, **more: Any) -> list[dict[str, Any]]:
    reply = await api.ask("GET", f"/api/v1{path}", **more)
    assert reply.status == 200, reply.json
    found: list[dict[str, Any]] = reply.json["items"]
    return found


async def patch(api: Api, path: str, body: Any, **more: Any) -> Any:
    return await api.ask("PATCH", f"/api/v1{path}", json=body, **more)


async def actions(api: Api) -> list[str]:
    """What the audit log says, the oldest first."""
    return [entry["action"] for entry in await items(api, "/audit")][::-1]


async def test_a_client_is_added_renamed_and_listed(api: Api) -> None:
    added = await api.post("/clients", {"slug": "initech-labs"})
    assert (added.status, added.json["event_id"]) == (201, None)
    renamed = await patch(api, "/clients/initech-labs", {"name": "Initech"})
    assert (renamed.status, renamed.json["name"]) == (200, "Initech")
    names = {each["slug"]: each["name"] for each in await items(api, "/clients")}
    assert names == {"acme": "Acme", "globex": "Globex", "initech-labs": "Initech"}
    assert (await actions(api))[-2:] == ["client.added", "client.renamed"]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"slug": "Acme Ltd"}, 422, "slug"),
        ({"slug": "x", "name": "n" * 101}, 422, "name"),
        ({"name": "Nameless"}, 422, "slug"),
        ({"slug": "acme"}, 409, None),
    ],
)
async def test_a_bad_client_is_refused(api: Api, body: Any, status: int, field: str | None) -> None:
    reply = await api.post("/clients", body)
    assert (reply.status, [each["field"] for each in reply.json["errors"]]) == (
        status,
        [field] if field else [],
    )


async def test_a_client_that_is_not_there_cannot_be_renamed(api: Api) -> None:
    assert (await patch(api, "/clients/nobody", {"name": "x"})).status == 404


async def test_deleting_a_client_takes_its_slug_once_more_and_takes_its_keys_too(api: Api) -> None:
    await furnish(api)
    for address in ("/clients/acme", "/clients/acme?confirm=globex"):
        refused = await api.ask("DELETE", f"/api/v1{address}")
        assert (refused.status, refused.json["errors"][0]["field"]) == (422, "confirm")
    assert (await api.ask("DELETE", "/api/v1/clients/acme?confirm=acme")).status == 204
    assert [each["slug"] for each in await items(api, "/clients")] == ["globex"]
    assert ACMES not in [each["id"] for each in await items(api, "/workspaces")]
    assert (await api.ask("GET", "/api/v1/notes", key=api.acme_key)).status == 401
    assert [each.workspace_ids for each in api.erased] == [(ACMES,)], "Slack has to hear of it"


async def test_a_workspaces_time_zone_is_changed(api: Api) -> None:
    await furnish(api)
    reply = await patch(api, f"/workspaces/{ACMES}", {"timezone": "europe/zurich"})
    assert (reply.status, reply.json["timezone"], reply.json["client"]) == (200, "Europe/Zurich", "acme")
    bad = await patch(api, f"/workspaces/{ACMES}", {"timezone": "Mars/Base"})
    assert (bad.status, bad.json["errors"][0]["field"]) == (422, "timezone")
    assert (await patch(api, "/workspaces/TNONE", {"timezone": "UTC"})).status == 404


async def test_a_workspace_is_connected_by_its_tokens_and_disconnected(api: Api) -> None:
    added = await api.post("/workspaces", {"bot_token": "xoxb-2", "app_token": "xapp-2"})
    assert (added.status, added.json) == (201, {"id": "T2", "event_id": None})
    bad = await api.post("/workspaces", {"bot_token": "xoxb-3", "app_token": "xapp-2"})
    assert (bad.status, bad.json["errors"][0]["field"]) == (422, "bot_token")
    assert (await api.ask("DELETE", "/api/v1/workspaces/T2")).status == 204
    listed = {each["id"]: each for each in await items(api, "/workspaces")}
    assert (listed["T2"]["active"], listed["T2"]["inactive_reason"]) == (False, "disconnected")
    assert (await api.ask("DELETE", "/api/v1/workspaces/TNONE")).status == 404


async def test_a_workspace_shows_no_tokens(api: Api) -> None:
    await furnish(api)
    [agency] = [each for each in await items(api, "/workspaces") if each["id"] == WORKSPACE]
    assert agency.keys() == {
        "id",
        "name",
        "kind",
        "client",
        "timezone",
        "active",
        "inactive_reason",
        "created_at",
    }
    assert (agency["kind"], agency["client"]) == ("agency", None)


async def test_a_member_is_made_admin_and_a_list_of_clients_is_given(api: Api) -> None:
    await furnish(api)
    alice = f"/members/{WORKSPACE}/UALICE"
    listed = await patch(api, alice, {"clients": ["globex"]})
    assert (listed.status, listed.json["clients"]) == (200, ["globex"])
    admin = await patch(api, alice, {"role": "admin"})
    assert (admin.json["role"], admin.json["is_admin"], admin.json["clients"]) == ("admin", True, None)
    assert {each["name"] for each in await items(api, f"/members?workspace={WORKSPACE}")} == {"Alice", "Bob"}
    assert len(await items(api, "/members")) == 6


@pytest.mark.parametrize(
    ("user", "body", "field"),
    [
        ("UBOB", {"role": "member"}, "role"),
        ("UBOB", {"clients": ["acme"]}, "clients"),
        ("UALICE", {"clients": ["nobody"]}, "clients"),
        ("UALICE", {"clients": ["acme"], "role": "admin"}, "role"),
        ("UALICE", {}, "role"),
        ("UALICE", {"role": "king"}, "role"),
    ],
)
async def test_a_change_of_a_member_that_cannot_be_names_its_field(
    api: Api, user: str, body: Any, field: str
) -> None:
    await furnish(api)
    reply = await patch(api, f"/members/{WORKSPACE}/{user}", body)
    assert (reply.status, reply.json["errors"][0]["field"]) == (422, field)


async def test_somebody_unknown_cannot_be_changed(api: Api) -> None:
    await furnish(api)
    assert (await patch(api, f"/members/{WORKSPACE}/UNOBODY", {"role": "admin"})).status == 404


async def test_a_rule_is_added_changed_and_deleted(api: Api) -> None:
    await furnish(api)
    added = await api.post("/rules", rule(WORKSPACE, client="acme"))
    assert added.status == 201, added.json
    [kept] = await items(api, f"/rules?workspace={WORKSPACE}")
    [made] = await items(api, "/destinations")
    assert kept == {
        "id": added.json["id"],
        "workspace": WORKSPACE,
        "number": 1,
        "event_type": "task_failure",
        "subject": "",
        "client": "acme",
        "minimum_severity": "info",
        "quiet_hours": None,
        "escalate_minutes": None,
        "escalate_to": None,
        "active": True,
        "channels": ["CT1"],
        "destinations": [made["id"]],
    }
    changed = await patch(api, f"/rules/{kept['id']}", {"active": False, "client": None})
    assert changed.json == kept | {"active": False, "client": None}
    assert (await api.ask("DELETE", f"/api/v1/rules/{kept['id']}")).status == 204
    assert (await api.ask("DELETE", f"/api/v1/rules/{kept['id']}")).status == 404
    assert (await actions(api))[-3:] == ["rule.added", "rule.edited", "rule.deleted"]


async def place(api: Api, kind: str, workspace_id: str = WORKSPACE) -> str:
    """A destination that is no channel."""
    async with api.houston.store.begin() as uow:
        made = await uow.destinations.of(
            workspace_id=workspace_id, kind=kind, address=f"random-{kind}", alias=kind, now=NOON
        )
        await uow.commit()
    return str(made.id)


async def test_a_rule_has_quiet_hours_an_escalation_and_several_places(api: Api) -> None:
    await furnish(api)
    hook, mail = await place(api, "webhook"), await place(api, "service")
    told = {
        "destinations": [hook],
        "subject": "load_*",
        "quiet_hours": {"text": "Mon-Fri 18-8", "timezone": "Europe/Zurich", "critical_passes": True},
        "escalate_minutes": 15,
        "escalate_to": mail,
    }
    added = await api.post("/rules", rule(WORKSPACE, **told))
    assert added.status == 201, added.json
    [kept] = await items(api, "/rules")
    quiet = {"text": "weekdays 18:00-08:00", "timezone": "Europe/Zurich", "critical_passes": True}
    assert (kept["quiet_hours"], kept["subject"], kept["escalate_to"]) == (quiet, "load_*", mail)
    assert hook in kept["destinations"]
    path = f"/rules/{kept['id']}"
    assert (await patch(api, path, {"active": False})).json == kept | {"active": False}
    changed = (await patch(api, path, {"quiet_hours": {"text": "weekends"}, "destinations": [hook]})).json
    own_zone = {"text": "weekends", "timezone": "Europe/Berlin", "critical_passes": False}
    assert (changed["quiet_hours"], changed["channels"], changed["destinations"]) == (own_zone, [], [hook])
    both = (await patch(api, path, {"channels": ["CT1"], "quiet_hours": None})).json
    assert (both["channels"], hook in both["destinations"], both["quiet_hours"]) == (["CT1"], True, None)
    assert (await patch(api, path, {"escalate_minutes": None, "escalate_to": None})).json[
        "escalate_to"
    ] is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"workspace": "TNONE"}, "workspace"),
        ({"channels": ["CNONE"]}, "channels"),
        ({"channels": []}, "channels"),
        ({"event_type": "tea_time"}, "event_type"),
        ({"client": "nobody"}, "client"),
        ({"workspace": ACMES, "channels": [f"C{ACMES}"], "client": "globex"}, "client"),
        ({"minimum_severity": "dire"}, "minimum_severity"),
        ({"destinations": ["4711"]}, "destinations"),
        ({"destinations": ["9" * 19]}, "destinations"),
        ({"quiet_hours": {"text": "sometimes"}}, "quiet_hours.text"),
        ({"quiet_hours": {"text": "weekends", "timezone": "Mars/Base"}}, "quiet_hours.timezone"),
        ({"escalate_minutes": 5}, "escalate_to"),
        ({"escalate_minutes": 5, "escalate_to": "4711"}, "escalate_to"),
        ({"subject": "x" * 300}, "subject"),
    ],
)
async def test_a_bad_rule_names_its_field_and_nothing_is_kept(api: Api, changes: Any, field: str) -> None:
    await furnish(api)
    reply = await api.post("/rules", rule(WORKSPACE) | changes)
    assert (reply.status, [each["field"] for each in reply.json["errors"]]) == (422, [field])
    assert await items(api, "/rules") == []


async def test_a_destination_is_named_and_stays_while_a_rule_needs_it(api: Api) -> None:
    await furnish(api)
    added = await api.post("/rules", rule(WORKSPACE))
    [made] = await items(api, "/destinations")
    path = f"/destinations/{made['id']}"
    assert (made["alias"], made["address"], made["workspace"]) == ("#alerts", "CT1", WORKSPACE)
    assert (await patch(api, path, {"alias": "the war room"})).json["alias"] == "the war room"
    assert (await patch(api, path, {"alias": " "})).json["errors"][0]["field"] == "alias"
    refused = await api.ask("DELETE", f"/api/v1{path}")
    assert (refused.status, refused.json["detail"][:20]) == (409, "Rules send there: 1.")
    await api.ask("DELETE", f"/api/v1/rules/{added.json['id']}")
    assert (await api.ask("DELETE", f"/api/v1{path}")).status == 204
    assert await items(api, "/destinations") == []


async def test_a_destination_with_receipts_stays(api: Api) -> None:
    await furnish(api)
    added = await api.post("/rules", rule(WORKSPACE))
    await api.post("/task-runs", {"job": "load", "run_id": "1", "state": "failed"})
    await api.ask("DELETE", f"/api/v1/rules/{added.json['id']}")
    [made] = await items(api, "/destinations")
    refused = await api.ask("DELETE", f"/api/v1/destinations/{made['id']}")
    assert refused.status == 409
    assert "receipts" in refused.json["detail"]


async def test_events_and_their_deliveries_are_listed(api: Api) -> None:
    await furnish(api)
    await api.post("/rules", rule(WORKSPACE))
    for number in range(3):
        await api.post("/task-runs", {"job": f"load {number}", "run_id": "1", "state": "failed"})
    await api.post("/notes", {"title": "Sale", "client": "acme"})
    events = await items(api, "/events")
    assert [each["type"] for each in events] == ["note_created"] + ["task_failure"] * 3
    assert [each["type"] for each in await items(api, "/events?client=acme")] == ["note_created"]
    deliveries = await items(api, "/deliveries")
    assert [each["event_id"] for each in deliveries] == [each["id"] for each in events[1:]]
    assert {each["state"] for each in deliveries} == {"due"}
    assert await items(api, "/deliveries?state=sent") == []
    [one] = await items(api, f"/deliveries?event_id={events[1]['id']}")
    assert one["workspace"] == WORKSPACE


LISTS = ["/clients", "/workspaces", "/members", "/rules", "/destinations", "/api-keys", "/events"]


@pytest.mark.parametrize("path", [*LISTS, "/deliveries", "/audit", "/outlier-definitions"])
async def test_a_list_is_read_by_page(api: Api, path: str) -> None:
    await furnish(api)
    for number in range(3):
        await api.post("/rules", rule((WORKSPACE, ACMES, "TGLOBEX")[number]))
        await api.post("/task-runs", {"job": f"load {number}", "run_id": "1", "state": "failed"})
        definition = {"name": f"{number}", "metrics": "*", "client": "acme"}
        assert (await api.post("/outlier-definitions", definition)).status == 201
    whole = await items(api, path)
    assert len(whole) >= 2
    found: list[dict[str, Any]] = []
    following: str | None = ""
    while following is not None:
        after = f"&cursor={following}" if following else ""
        page = (await api.ask("GET", f"/api/v1{path}?limit=1{after}")).json
        found += page["items"]
        following = page["next_cursor"]
    assert found == whole
    for cursor in ("abc", "MTI", "bnVsbA==", "IngiMQ=="):
        assert (await api.ask("GET", f"/api/v1{path}?cursor={cursor}")).status == 422
