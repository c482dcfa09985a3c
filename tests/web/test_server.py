import io
import logging
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from houston.access import operator
from houston.errors import Invalid, NotFound, SettingsError
from houston.web.server import LARGEST_BODY, WebServer
from tests.web.conftest import Api, Reply, everything_kept

pytestmark = pytest.mark.slow

PATHS = [
    ("POST", "/errors"),
    ("POST", "/task-runs"),
    ("POST", "/notes"),
    ("GET", "/notes"),
    ("POST", "/points"),
]


def is_problem(reply: Reply, status: int) -> bool:
    assert reply.headers["Content-Type"].startswith("application/problem+json")
    assert reply.json.keys() == {"type", "title", "status", "detail", "errors"}
    assert reply.json["detail"]
    return bool(reply.status == reply.json["status"] == status)


def break_notes(folder: Path) -> None:
    engine = create_engine(f"sqlite:///{next(folder.glob('houston*.db'))}")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE note RENAME TO hidden"))
    engine.dispose()


async def test_houston_is_healthy_and_ready_before_the_first_workspace(api: Api) -> None:
    async with api.houston.store.begin() as uow:
        (await uow.workspaces.all())[0].active = False
        await uow.commit()
    api.clock.forward(hours=1)
    for path, status in (("/healthz", "ok"), ("/readyz", "ready")):
        reply = await api.ask("GET", path, key=None)
        assert (reply.status, reply.json["status"]) == (200, status)


@pytest.mark.parametrize(("method", "path"), [*PATHS, ("PATCH", "/notes/1")])
@pytest.mark.parametrize("key", [None, "hk_unknown", "hk_ü"])
async def test_without_a_key_of_ours_there_is_nothing(
    api: Api, method: str, path: str, key: str | None
) -> None:
    reply = await api.ask(method, f"/api/v1{path}", key=key, json={"title": "x"})
    assert is_problem(reply, 401)
    assert reply.headers["WWW-Authenticate"] == "Bearer"
    assert await api.told() == []


async def test_a_key_is_kept_only_as_its_hash(api: Api, tmp_path: Path) -> None:
    assert len(api.agency_key) == 35
    assert api.agency_key.startswith("hk_")
    assert api.agency_key.encode() not in everything_kept(tmp_path)


async def test_a_key_needs_a_name_and_a_client_that_is_there(api: Api) -> None:
    with pytest.raises(Invalid):
        await api.houston.api_keys.create(operator(), " ")
    with pytest.raises(NotFound, match="nobody"):
        await api.houston.api_keys.create(operator(), "x", "nobody")


@pytest.mark.parametrize("path", ["/", "/api/v1/nothing", "/api/v2/notes"])
async def test_an_unknown_address_is_a_problem(api: Api, path: str) -> None:
    assert is_problem(await api.ask("GET", path), 404)


async def test_a_wrong_method_is_told_the_right_ones(api: Api) -> None:
    reply = await api.ask("DELETE", "/api/v1/notes")
    assert is_problem(reply, 405)
    assert reply.headers["Allow"] == "GET,HEAD,POST" or set(reply.headers["Allow"].split(",")) == {
        "GET",
        "POST",
    }


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"{", 400, "not JSON"),
        (b"", 400, "not JSON"),
        (b'{"title": "\\ud800", "message": "x"}', 400, "not JSON"),
        (b"[]", 422, "must be an object"),
        (b"x" * (LARGEST_BODY + 1), 413, "too large"),
    ],
    ids=["broken", "none", "half a character", "a list", "too large"],
)
async def test_a_body_that_is_none_is_a_problem(api: Api, body: bytes, status: int, said: str) -> None:
    reply = await api.ask("POST", "/api/v1/errors", data=io.BytesIO(body))
    assert is_problem(reply, status)
    assert said in reply.json["detail"]


async def test_every_wrong_field_is_named_with_its_fix_and_nothing_is_kept(api: Api) -> None:
    reply = await api.post(
        "/errors",
        {"message": 5, "severity": "bad", "colour": "red", "occurred_at": "soon", "service": "a\0b"},
    )
    assert is_problem(reply, 422)
    errors = {error["field"]: error["message"] for error in reply.json["errors"]}
    assert errors.keys() == {"title", "message", "severity", "colour", "occurred_at", "service"}
    assert errors["title"] == "is missing: add it."
    assert errors["message"] == "must be text in quotation marks."
    assert "'info', 'warning' or 'critical'" in errors["severity"]
    assert "leave it out" in errors["colour"]
    assert "2026-11-14T09:30:00Z" in errors["occurred_at"]
    assert await api.told() == []


async def test_an_unexpected_failure_is_told_by_its_reference_only(
    api: Api, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    break_notes(tmp_path)
    with caplog.at_level(logging.ERROR):
        reply = await api.ask("GET", "/api/v1/notes")
    assert is_problem(reply, 500)
    [event] = await api.told()
    reference = event.payload["message"].rpartition("reference ")[2].rstrip(")")
    assert reply.json["detail"] == f"Something went wrong (reference {reference})."
    assert reference in caplog.text
    assert "GET /api/v1/notes" in event.payload["message"]
    assert "SELECT" not in event.payload["message"]


async def test_a_port_that_is_taken_is_named(api: Api) -> None:
    port = int(api.url.rpartition(":")[2])
    second = WebServer(api.houston, host="127.0.0.1", port=port)
    with pytest.raises(SettingsError, match="HOUSTON_PORT"):
        await second.start()
