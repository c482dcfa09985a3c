from datetime import UTC, datetime
from typing import Any

import pytest

from tests.store.agency import EVERYTHING
from tests.web.conftest import Api, Reply

pytestmark = pytest.mark.slow


async def test_an_error_is_reported(api: Api) -> None:
    reply = await api.post(
        "/errors",
        {
            "title": "Timeout",
            "message": "after 30 s",
            "service": "shop",
            "severity": "warning",
            "url": "https://logs.example/1",
            "client": "acme",
            "occurred_at": "2026-11-14T10:00:00+02:00",
        },
    )
    assert reply.status == 201
    [event] = await api.told()
    assert reply.json.keys() == {"id", "event_id"}
    assert reply.json["event_id"] == str(event.id)
    assert (event.type, event.client_id, event.severity) == ("system_error", api.agency.acme, "warning")
    assert event.occurred_at == datetime(2026, 11, 14, 8, tzinfo=UTC)
    once_more = {"title": "Timeout", "message": "x", "service": "shop", "severity": "warning"}
    again = await api.post("/errors", once_more | {"client": "acme"})
    assert again.json == reply.json


async def test_a_task_run_is_reported(api: Api) -> None:
    body = {"job": "load_ads", "run_id": "7", "state": "dead_letter", "attempt": 3, "error": "quota"}
    reply = await api.post("/task-runs", body)
    [event] = await api.told()
    assert (reply.status, reply.json["event_id"]) == (201, str(event.id))
    assert (event.severity, event.payload["attempt"]) == ("critical", 3)
    succeeded = await api.post("/task-runs", {"job": "load_ads", "run_id": "8", "state": "succeeded"})
    _, resolved = await api.told()
    assert (succeeded.status, succeeded.json["event_id"]) == (201, str(resolved.id))
    assert (resolved.phase, resolved.episode_id) == ("resolved", event.episode_id)
    repeated = await api.post("/task-runs", body)
    assert repeated.json == {"id": reply.json["id"], "event_id": None}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"state": "broken"}, "state"),
        ({"attempt": "3"}, "attempt"),
        ({"attempt": 0}, "attempt"),
        ({"job": ""}, "job"),
        ({"url": "ftp://x"}, "url"),
        ({"occurred_at": "2030-01-01"}, "occurred_at"),
        ({"occurred_at": 5}, "occurred_at"),
        ({"client": "nobody"}, "client"),
    ],
)
async def test_a_bad_task_run_names_its_field(api: Api, changes: dict[str, Any], field: str) -> None:
    reply = await api.post("/task-runs", {"job": "load", "run_id": "7", "state": "failed"} | changes)
    assert reply.status == 422
    assert [error["field"] for error in reply.json["errors"]] == [field]
    assert await api.told() == []


async def test_a_note_is_written_listed_and_changed(api: Api) -> None:
    body = {"title": "Budget raised", "body": "by 10 %", "client": "acme"}
    written = await api.post("/notes", body)
    assert written.status == 201
    listed = await api.ask("GET", "/api/v1/notes?client=acme&query=BUDGET")
    [note] = listed.json["items"]
    assert note == {
        "id": written.json["id"],
        "client": "acme",
        "title": "Budget raised",
        "body": "by 10 %",
        "status": "open",
        "author": "The agency",
        "private": False,
        "created_at": "2026-11-14T12:00:00Z",
        "updated_at": "2026-11-14T12:00:00Z",
    }
    changed = await api.ask("PATCH", f"/api/v1/notes/{note['id']}", json={"status": "done"})
    assert (changed.status, changed.json["status"], changed.json["title"]) == (200, "done", "Budget raised")
    assert [event.type for event in await api.told()] == ["note_created", "note_updated"]


async def test_notes_are_listed_by_page(api: Api) -> None:
    for number in range(5):
        await api.post("/notes", {"title": f"Note {number}"})
    titles: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (
            await api.ask(
                "GET", f"/api/v1/notes?limit=2&cursor={cursor}" if cursor else "/api/v1/notes?limit=2"
            )
        ).json
        titles += [note["title"] for note in page["items"]]
        cursor = page["next_cursor"]
    assert titles == [f"Note {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=many", "limit"),
        ("cursor=abc", "cursor"),
        ("cursor=MjAyNiAx", "cursor"),
        ("cursor=ü", "cursor"),
        ("status=finished", "status"),
        ("start=soon", "start"),
        ("query=%00", "query"),
        ("colour=red", "colour"),
        ("client=nobody", "client"),
    ],
)
async def test_a_bad_query_names_its_field(api: Api, query: str, field: str) -> None:
    reply = await api.ask("GET", f"/api/v1/notes?{query}")
    assert reply.status == 422
    assert [error["field"] for error in reply.json["errors"]] == [field]


async def test_times_without_a_zone_are_utc(api: Api) -> None:
    await api.post("/notes", {"title": "x"})
    reply = await api.ask("GET", "/api/v1/notes?start=2026-11-14T12:00:00&end=2026-11-14T12:00:01")
    assert len(reply.json["items"]) == 1


@pytest.mark.parametrize("id", ["1", "abc", "9" * 30, "²"])
async def test_a_note_that_is_not_there_is_not_found(api: Api, id: str) -> None:
    reply = await api.ask("PATCH", f"/api/v1/notes/{id}", json={"status": "done"})
    assert reply.status == 404
    assert reply.json["title"] == "Not Found"


async def test_a_private_note_is_neither_told_nor_listed(api: Api) -> None:
    await api.post("/notes", {"title": "Salaries", "private": True})
    assert (await api.ask("GET", "/api/v1/notes")).json["items"] == []
    assert await api.told() == []


def point(**changes: Any) -> dict[str, Any]:
    return {"metric": "revenue", "client": "acme", "time": "2026-11-14T10:00:00Z", "value": 5} | changes


async def test_points_are_taken_and_corrected(api: Api) -> None:
    await api.post("/points", {"points": [point(), point(time="2026-11-14T11:00:00Z", channel="google-ads")]})
    reply = await api.post("/points", {"points": [point(value=6.5)]})
    assert (reply.status, reply.json) == (201, {"taken": 1})
    async with api.houston.store.read() as uow:
        metrics = await uow.metrics.all(scope=EVERYTHING)
        found = await uow.points.last(
            scope=EVERYTHING, metric_id=metrics[0].id or 0, until=api.clock(), limit=9
        )
    assert [metric.channel for metric in metrics] == ["", "google-ads"]
    assert [each.value for each in found] == [6.5]


async def test_one_bad_point_refuses_them_all(api: Api) -> None:
    bad = [
        point(),
        point(client="nobody"),
        point(metric=" "),
        point(time="2031-01-01T00:00:00Z"),
        point(client=None),
    ]
    reply = await api.post("/points", {"points": bad})
    assert reply.status == 422
    assert [error["field"] for error in reply.json["errors"]] == [
        "points.1.client",
        "points.2.metric",
        "points.3.time",
        "points.4.client",
    ]
    async with api.houston.store.read() as uow:
        assert await uow.metrics.all(scope=EVERYTHING) == []


@pytest.mark.parametrize(
    "body",
    [b'{"points": []}', b'{"points": [{"metric": "m", "time": "2026-11-14T10:00:00Z", "value": NaN}]}'],
)
async def test_no_points_and_no_numbers_are_refused(api: Api, body: bytes) -> None:
    assert (await api.ask("POST", "/api/v1/points", data=body)).status == 422


async def of_another(api: Api, slug: str) -> list[Reply]:
    """Everything that Acme's key may try on a client."""
    return [
        await api.post("/notes", {"title": "x", "client": slug}, key=api.acme_key),
        await api.post("/errors", {"title": "x", "message": "x", "client": slug}, key=api.acme_key),
        await api.post(
            "/task-runs", {"job": "x", "run_id": "1", "state": "failed", "client": slug}, key=api.acme_key
        ),
        await api.post("/points", {"points": [point(client=slug)]}, key=api.acme_key),
        await api.ask("GET", f"/api/v1/notes?client={slug}", key=api.acme_key),
    ]


async def test_another_client_is_answered_exactly_like_none(api: Api) -> None:
    theirs, nobodys = await of_another(api, "globex"), await of_another(api, "nobody")
    for their, nobody in zip(theirs, nobodys, strict=True):
        assert their.status == 422
        assert str(their.json).replace("globex", "nobody") == str(nobody.json)
    assert await api.told() == []


async def test_a_clients_key_sees_and_writes_its_own_client(api: Api) -> None:
    await api.post("/notes", {"title": "theirs", "client": "globex"})
    await api.post("/notes", {"title": "the agency's"})
    mine = await api.post("/notes", {"title": "mine"}, key=api.acme_key)
    await api.post(
        "/points", {"points": [{k: v for k, v in point().items() if k != "client"}]}, key=api.acme_key
    )
    listed = (await api.ask("GET", "/api/v1/notes", key=api.acme_key)).json["items"]
    assert [(note["id"], note["client"]) for note in listed] == [(mine.json["id"], "acme")]
    others = [note["id"] for note in (await api.ask("GET", "/api/v1/notes")).json["items"]][1:]
    for id in others:
        hidden = await api.ask("PATCH", f"/api/v1/notes/{id}", json={"title": "y"}, key=api.acme_key)
        assert hidden.status == 404
    async with api.houston.store.read() as uow:
        assert [metric.client_id for metric in await uow.metrics.all(scope=EVERYTHING)] == [api.agency.acme]


async def test_the_description_of_the_api_is_public_and_names_everything(api: Api) -> None:
    reply = await api.ask("GET", "/api/v1/openapi.json", key=None)
    assert reply.status == 200
    operations = {(method, path) for path, item in reply.json["paths"].items() for method in item}
    assert operations >= {
        ("post", "/api/v1/errors"),
        ("post", "/api/v1/task-runs"),
        ("post", "/api/v1/notes"),
        ("get", "/api/v1/notes"),
        ("patch", "/api/v1/notes/{id}"),
        ("post", "/api/v1/points"),
    }
    schemas = reply.json["components"]["schemas"]
    assert schemas["Created"]["properties"]["id"]["type"] == "string"
    assert "2^53" in reply.json["info"]["description"]
    assert schemas["NewNote"]["additionalProperties"] is False
    assert not unresolved(reply.json, schemas)


def unresolved(node: Any, schemas: dict[str, Any]) -> list[str]:
    """References to what is not described."""
    if isinstance(node, list):
        return [each for item in node for each in unresolved(item, schemas)]
    if not isinstance(node, dict):
        return []
    own = [node["$ref"]] if "$ref" in node and node["$ref"].rpartition("/")[2] not in schemas else []
    return own + unresolved(list(node.values()), schemas)
