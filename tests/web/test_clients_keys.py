"""What a client's key meets: its own rows; what lies outside is answered exactly like what is not there."""

from typing import Any

import pytest

from tests.store.agency import WORKSPACE
from tests.web import shop
from tests.web.conftest import Api, Reply
from tests.web.workspaces import ACMES, GLOBEXS, furnish, rule

pytestmark = pytest.mark.slow

CANARIES = ("globex", f"'{WORKSPACE}'", "initech")
"""What must never reach Acme's key: the other client, the agency's workspace, a secret of the agency."""

LISTS = [
    "/clients",
    "/workspaces",
    "/members",
    "/rules",
    "/destinations",
    "/api-keys",
    "/events",
    "/deliveries",
    "/audit",
    "/outlier-definitions",
    "/notes",
]
READ = ["/metrics", "/data-sources", "/reports", "/alerts", "/metric-feeds"]


async def plant(api: Api) -> dict[str, str]:
    """Rows of the agency and of Globex in every list; the ids of some."""
    await furnish(api)
    ids: dict[str, str] = {}
    for place in (WORKSPACE, GLOBEXS):
        added = await api.post("/rules", rule(place))
        assert added.status == 201, added.json
        ids[place] = added.json["id"]
    for body in ({"client": "globex"}, {"client": "acme"}, {}):
        named = {"job": f"load {body.get('client', 'initech')}", "run_id": "1", "state": "failed"}
        assert (await api.post("/task-runs", named | body)).status == 201
        note = {"title": body.get("client", "initech"), **body}
        assert (await api.post("/notes", note)).status == 201
    await api.post("/outlier-definitions", {"name": "globex", "metrics": "*", "client": "globex"})
    await api.post("/api-keys", {"name": "globex", "client": "globex"})
    return ids


async def plant_what_is_read(api: Api) -> None:
    shop.open_shop(api)
    for client in ("globex", "acme", None):
        await read(api, client)


async def read(api: Api, client: str | None) -> None:
    """A data source, a report, an alert, a feed and a metric, of a client or of the agency."""
    name = client or "initech"
    source = await shop.source(api, name=name, client=client)
    report = await shop.report(api, name=name, source=source)
    await shop.alert(api, name=name, report=report, workspace=WORKSPACE, channels=[f"C{WORKSPACE}"])
    metric = {"metric": name, "client": client or "globex"}
    feed = {"name": name, "source": source, "sql": shop.POINTS, "metric": name}
    await shop.made(api, "/metric-feeds", **feed, client=metric["client"])
    point = metric | {"time": "2026-11-14T10:00:00Z", "value": 1}
    assert (await api.post("/points", {"points": [point]})).status == 201


def hides_the_others(reply: Reply) -> bool:
    return not any(canary in str(reply.json) for canary in (*CANARIES, "Globex"))


@pytest.mark.parametrize("path", LISTS)
async def test_a_list_shows_a_clients_key_its_own_rows_only(api: Api, path: str) -> None:
    await plant(api)
    added = await api.post("/rules", rule(ACMES), key=api.acme_key)
    assert added.status == 201, added.json
    await api.post("/outlier-definitions", {"name": "own", "metrics": "*"}, key=api.acme_key)
    await api.post("/task-runs", {"job": "own", "run_id": "7", "state": "failed"}, key=api.acme_key)
    mine = await api.ask("GET", f"/api/v1{path}", key=api.acme_key)
    assert mine.status == 200
    assert mine.json["items"], "its own rows are there"
    assert hides_the_others(mine)


async def test_whoever_acts_for_the_agency_is_to_a_client_the_agency(api: Api) -> None:
    await furnish(api)
    secret = (await api.post("/api-keys", {"name": "globex and initech"})).json["key"]
    await api.post("/rules", rule(ACMES), key=secret)
    await api.post("/rules", rule(ACMES), key=api.acme_key)
    told = await api.ask("GET", "/api/v1/audit", key=api.acme_key)
    own, agencys = told.json["items"][:2]
    assert (own["action"], own["actor_name"]) == ("rule.added", "acme's shop")
    assert (agencys["action"], agencys["actor"], agencys["actor_name"]) == (
        "rule.added",
        "agency",
        "the agency",
    )
    assert hides_the_others(told)


NO_ROWS = [{"text": "no rows"}]


@pytest.mark.parametrize("path", READ)
async def test_a_list_of_what_is_read_shows_a_clients_key_its_own_rows_only(api: Api, path: str) -> None:
    await furnish(api)
    await plant_what_is_read(api)
    mine = await api.ask("GET", f"/api/v1{path}", key=api.acme_key)
    assert mine.status == 200
    assert len(mine.json["items"]) == 1
    assert hides_the_others(mine)


async def attempts(api: Api, place: str, rule_id: str, slug: str) -> list[Reply]:
    """Everything that names a row, as Acme's key would try it on somebody else's."""
    calls: list[tuple[str, str, Any]] = [
        ("PATCH", f"/workspaces/{place}", {"timezone": "UTC"}),
        ("PATCH", f"/members/{place}/UALICE", {"role": "admin"}),
        ("GET", f"/members?workspace={place}", None),
        ("GET", f"/rules?workspace={place}", None),
        ("GET", f"/destinations?workspace={place}", None),
        ("GET", f"/deliveries?workspace={place}", None),
        ("POST", "/rules", rule(place)),
        ("POST", "/rules", rule(ACMES, client=slug)),
        ("PATCH", f"/members/{ACMES}/UALICE", {"clients": [slug]}),
        ("PATCH", f"/rules/{rule_id}", {"active": False}),
        ("DELETE", f"/rules/{rule_id}", None),
        ("PATCH", f"/destinations/{rule_id}", {"alias": "mine"}),
        ("DELETE", f"/destinations/{rule_id}", None),
        ("GET", f"/events?client={slug}", None),
        ("POST", "/outlier-definitions", {"name": "x", "metrics": "*", "client": slug}),
        ("GET", f"/metrics?client={slug}", None),
        ("PATCH", "/metrics", {"metric": "globex", "client": slug, "unit": "x"}),
        ("POST", "/data-sources", {"name": "x", "url": "postgresql://db/x", "client": slug}),
        ("POST", "/alerts", {"name": "x", "report": "1", "conditions": NO_ROWS, "workspace": place}),
        ("PATCH", f"/clients/{slug}", {"name": "x"}),
        ("DELETE", f"/clients/{slug}?confirm={slug}", None),
        ("POST", "/clients", {"slug": slug}),
        ("POST", "/api-keys", {"name": "x", "client": slug}),
        ("DELETE", f"/api-keys/{rule_id}", None),
        ("DELETE", f"/workspaces/{place}", None),
        ("POST", "/workspaces", {"bot_token": "x", "app_token": "x", "client": slug}),
    ]
    return [
        await api.ask(method, f"/api/v1{path}", key=api.acme_key, json=body) for method, path, body in calls
    ]


@pytest.mark.parametrize("place", [WORKSPACE, GLOBEXS])
async def test_what_lies_outside_is_answered_exactly_like_what_is_not_there(api: Api, place: str) -> None:
    ids = await plant(api)
    theirs = await attempts(api, place, ids[place], "globex")
    nobodys = await attempts(api, "TNONE", "4711", "nobody")
    for number, (their, nobody) in enumerate(zip(theirs, nobodys, strict=True)):
        assert their.status in (403, 404, 422), number
        said = str(their.json).replace(place, "TNONE").replace("globex", "nobody")
        assert said.replace(f" {ids[place]}.", " 4711.") == str(nobody.json), number


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/clients", {"slug": "acme"}),
        ("POST", "/clients", {"slug": "new"}),
        ("PATCH", "/clients/acme", {"name": "x"}),
        ("DELETE", "/clients/acme?confirm=acme", None),
        ("POST", "/api-keys", {"name": "x"}),
        ("POST", "/api-keys", {"name": "x", "client": "acme"}),
        ("DELETE", "/api-keys/2", None),
        ("POST", "/workspaces", {"bot_token": "xoxb-2", "app_token": "xapp-2"}),
        ("DELETE", f"/workspaces/{ACMES}", None),
    ],
)
async def test_what_is_the_agencys_to_do_is_refused(api: Api, method: str, path: str, body: Any) -> None:
    reply = await api.ask(method, f"/api/v1{path}", key=api.acme_key, json=body)
    assert reply.status == 403
    assert "an admin of the agency" in reply.json["detail"]


async def test_a_clients_key_configures_its_own_workspace(api: Api) -> None:
    await furnish(api)
    added = await api.post("/rules", rule(ACMES), key=api.acme_key)
    path = f"/api/v1/rules/{added.json['id']}"
    changed = await api.ask("PATCH", path, key=api.acme_key, json={"minimum_severity": "critical"})
    assert (changed.status, changed.json["minimum_severity"]) == (200, "critical")
    admin = await api.ask(
        "PATCH", f"/api/v1/members/{ACMES}/UALICE", key=api.acme_key, json={"role": "admin"}
    )
    assert (admin.status, admin.json["is_admin"]) == (200, True)
    zone = await api.ask(
        "PATCH", f"/api/v1/workspaces/{ACMES}", key=api.acme_key, json={"timezone": "Asia/Tokyo"}
    )
    assert (zone.status, zone.json["timezone"]) == (200, "Asia/Tokyo")
    told = (await api.ask("GET", "/api/v1/audit", key=api.acme_key)).json["items"]
    assert {"rule.added", "rule.edited", "member.made_admin", "workspace.changed"} <= {
        each["action"] for each in told
    }
