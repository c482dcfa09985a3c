"""The doctor's findings about everything but Slack."""

import asyncio
import json
import os
import re
import socket
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from houston.config import Settings
from houston.doctor import machine, report
from houston.doctor.finding import Check, Finding, examine, well
from houston.doctor.model import look_at_model
from houston.doctor.patients import Patient, Place, patients
from houston.doctor.rounds import rounds
from houston.doctor.told import told
from houston.errors import NotFound
from houston.team.tokens import APP_TOKEN, BOT_TOKEN, REFRESH_TOKEN, owner
from store import Store
from store.crypto import Keyring
from store.tables import Channel, Rule
from tests.agent.llm_server import LLMServer, Reply, refuses, says, stalls_after
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.store.databases import KEYRING, KINDS, NOON, fresh_url, new_store

pytestmark = pytest.mark.slow

TOKENS = {"SLACK_APP_TOKEN": "xapp-1-secret", "SLACK_BOT_TOKEN": "xoxb-secret"}
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
"""The tests' keyring, as the environment has it."""

OTHER = Keyring([b"another key of thirty-two bytes."])
EXAMPLE = Path(__file__).parents[2] / ".env.example"


def no_slack(patients: Sequence[Patient]) -> list[Check]:
    return []


async def doctored(folder: Path, **environment: str) -> dict[str, Finding]:
    """The findings by what was checked."""
    given = {**TOKENS, "HOUSTON_DATA_DIR": str(folder), "HOUSTON_PORT": str(free_port()), **environment}
    sections = await rounds(told(given), slack=no_slack, now=lambda: NOON)
    return {finding.check: finding for section in sections for finding in section.findings}


@asynccontextmanager
async def open_store(url: str, keyring: Keyring = KEYRING) -> AsyncIterator[Store]:
    store = new_store(url, lambda: NOON, keyring=keyring)
    yield store
    await store.close()


async def connect(store: Store, id: str, *secrets: str) -> None:
    """A workspace with these secrets."""
    async with store.begin() as uow:
        await uow.workspaces.connect(id=id, name=f"Northwind {id}", bot_user_id="U0", timezone=None, now=NOON)
        for name in secrets:
            await uow.secrets.put(owner=owner(id), name=name, value=f"planted-{name}", now=NOON)
        await uow.commit()


async def post_to(store: Store, workspace_id: str, channel_id: str, *, active: bool) -> None:
    """A rule for this channel."""
    async with store.begin() as uow:
        place = await uow.destinations.of(
            workspace_id=workspace_id, kind="channel", address=channel_id, alias=f"#{channel_id}", now=NOON
        )
        rule = Rule(
            workspace_id=workspace_id,
            number=await uow.workspaces.take_rule_number(id=workspace_id),
            event_type="outlier",
            active=active,
            created_at=NOON,
            updated_at=NOON,
        )
        await uow.rules.save(rule=rule, destination_ids=[place.id or 0])
        await uow.commit()


# --- the findings themselves


async def test_a_check_that_fails_hides_no_other() -> None:
    async def well_done() -> Sequence[Finding]:
        return [well("Good", "as it should be")]

    async def breaks() -> Sequence[Finding]:
        raise ZeroDivisionError("xoxb-secret")

    async def refuses_plainly() -> Sequence[Finding]:
        raise NotFound("There is no such thing. Make one.")

    async def hangs() -> Sequence[Finding]:
        await asyncio.Event().wait()
        return []

    looks = {"Breaks": breaks, "Refuses": refuses_plainly, "Hangs": hangs, "Good": well_done}
    checks = [Check(group="All", name=name, look=look, seconds=0.05) for name, look in looks.items()]
    (section,) = await examine(checks)
    found = {finding.check: finding for finding in section.findings}
    assert list(found) == list(looks)
    assert [found[name].ok for name in looks] == [False, False, False, True]
    assert "ZeroDivisionError" in found["Breaks"].detail
    assert (found["Refuses"].detail, found["Refuses"].mend) == ("There is no such thing.", "Make one.")
    assert "0.05 seconds" in found["Hangs"].detail
    assert "xoxb-secret" not in report.text([section])
    assert not report.healthy([section])


async def test_the_report_is_a_line_each_and_the_same_as_json(tmp_path: Path) -> None:
    sections = await rounds(told({"HOUSTON_DATA_DIR": str(tmp_path)}), slack=no_slack, now=lambda: NOON)
    lines = report.text(sections).splitlines()
    assert any(line.startswith("  ✗ SLACK_APP_TOKEN: is missing. It is") for line in lines)
    assert any(line.startswith("  – Language model: ") for line in lines)
    assert lines[-1] == "1 thing to mend."
    listed = json.loads(report.as_json(sections))
    assert all(list(each) == ["check", "ok", "detail", "mend"] for each in listed)
    assert {each["ok"] for each in listed} == {True, False, None}
    assert sum(line.startswith("  ") for line in lines) == len(listed)


# --- settings


async def test_every_wrong_variable_is_told_at_once_and_the_rest_is_looked_at(tmp_path: Path) -> None:
    wrong = {"SLACK_BOT_TOKEN": "xapp-mixed-up", "HOUSTON_LOG_LEVEL": "LOUD", "SLACK_CLIENT_ID": "1.2"}
    found = await doctored(tmp_path, SLACK_APP_TOKEN="", **wrong)
    missing = {"SLACK_APP_TOKEN", "SLACK_CLIENT_SECRET", "SLACK_REDIRECT_URI"}
    told_of = {"SLACK_BOT_TOKEN", "HOUSTON_LOG_LEVEL", *missing}
    assert {name for name, finding in found.items() if finding.ok is False} == told_of
    assert found["OAuth"].ok is None
    assert found["Database"].ok is None
    assert "mixed-up" not in str(found)


async def test_the_stand_in_for_a_missing_app_token_is_nobodys_token() -> None:
    assert told({}).app_token is None
    assert told(TOKENS).app_token == "xapp-1-secret"


async def test_whether_slack_finds_the_way_back_is_not_claimed(tmp_path: Path) -> None:
    oauth = {
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "hush",
        "SLACK_REDIRECT_URI": "https://h.example/back",
    }
    found = await doctored(tmp_path, **oauth)
    assert found["OAuth"].ok is True
    assert found["Redirect address"].ok is None
    assert "https://h.example/back" in found["Redirect address"].detail
    assert "hush" not in str(found)


def test_the_example_of_an_env_file_knows_every_variable_and_no_other() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    named = {found[1] for line in lines if (found := re.match(r"#?([A-Z_]+)=", line))}
    assert named == {name.upper() for name in Settings.model_fields}


# --- the database, its key and the audit log


async def test_before_the_first_start_nothing_is_wrong_and_nothing_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    found = await doctored(folder)
    assert (found["Database"].ok, found["Secret key"].ok) == (None, None)
    assert not any(finding.ok is False for finding in found.values())
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("kind", KINDS)
async def test_a_current_database_is_well(kind: str, tmp_path: Path) -> None:
    found = await doctored(tmp_path, HOUSTON_DATABASE_URL=fresh_url(kind, tmp_path), HOUSTON_SECRET_KEY=KEY)
    assert found["Database"].ok is True
    assert found["Secret key"].ok is True
    assert found["Audit log"].ok is True


@pytest.mark.parametrize(
    ("version", "mend"), [("0001", "Restart Houston"), ("9999", "newer Houston")], ids=["older", "newer"]
)
async def test_another_schema_is_told_and_left_alone(version: str, mend: str, tmp_path: Path) -> None:
    url = fresh_url("sqlite", tmp_path)
    file = url.removeprefix("sqlite:///")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    connection.close()
    found = await doctored(tmp_path, HOUSTON_DATABASE_URL=url)
    assert found["Database"].ok is False
    assert mend in found["Database"].mend
    assert "Audit log" not in found
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (version,)
    connection.close()


async def test_a_running_houston_on_the_same_file_is_said_and_no_fault(tmp_path: Path) -> None:
    url = fresh_url("sqlite", tmp_path)
    running = new_store(url, lambda: NOON)
    running.hold()
    found = await doctored(tmp_path, HOUSTON_DATABASE_URL=url)
    assert found["Running"].ok is None
    assert found["Database"].ok is True
    await running.close()
    assert "Running" not in await doctored(tmp_path, HOUSTON_DATABASE_URL=url)


@pytest.mark.parametrize("url", ["postgresql://me:hush@127.0.0.1:1/none", "mysql://me:hush@db/x"])
async def test_a_database_that_cannot_be_opened_says_why_without_its_password(
    url: str, tmp_path: Path
) -> None:
    found = await doctored(tmp_path, HOUSTON_DATABASE_URL=url, HOUSTON_SECRET_KEY=KEY)
    assert found["Database"].ok is False
    assert found["Folder " + str(tmp_path)].ok is True
    assert "hush" not in str(found)


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "houston.db").write_text("not a database " * 100)
    found = await doctored(tmp_path)
    assert found["Database"].ok is False
    assert "not a database" in found["Database"].detail


async def test_a_table_that_is_gone_hides_nothing_else(tmp_path: Path) -> None:
    url = fresh_url("sqlite", tmp_path)
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("DROP TABLE rule")
    connection.close()
    async with open_store(url) as store:
        await connect(store, "T1", BOT_TOKEN)
    found = await doctored(tmp_path, HOUSTON_DATABASE_URL=url, HOUSTON_SECRET_KEY=KEY)
    assert found["Workspaces"].ok is False
    assert found["Secret key"].ok is True


async def test_the_doctor_leaves_the_database_as_it_is(tmp_path: Path) -> None:
    url = fresh_url("sqlite", tmp_path)
    async with open_store(url) as store:
        await connect(store, "T1", BOT_TOKEN)
    file = Path(url.removeprefix("sqlite:///"))
    before = await asyncio.to_thread(file.read_bytes)
    await doctored(tmp_path, HOUSTON_DATABASE_URL=url, HOUSTON_SECRET_KEY=KEY)
    assert await asyncio.to_thread(file.read_bytes) == before
    assert os.listdir(tmp_path) == [file.name]


async def test_slacks_side_gets_the_tokens_and_the_channels_of_active_rules(tmp_path: Path) -> None:
    async with open_store(fresh_url("sqlite", tmp_path)) as store:
        await connect(store, "T1", BOT_TOKEN, REFRESH_TOKEN, APP_TOKEN)
        await connect(store, "T2")
        await post_to(store, "T1", "C1", active=True)
        await post_to(store, "T1", "C1", active=True)
        await post_to(store, "T1", "C2", active=False)
        async with store.begin() as uow:
            await uow.channels.put(
                channels=[Channel(workspace_id="T1", id="C1", name="alerts", approved_by="U1")]
            )
            await uow.workspaces.deactivate(id="T2", reason="app_uninstalled")
            await uow.commit()
        connected, gone = sorted(await patients(store), key=lambda each: each.workspace.id)
    assert (connected.bot_token, connected.app_token) == ("planted-bot_token", "planted-app_token")
    assert connected.is_renewed
    assert connected.places == [Place(channel_id="C1", alias="#C1", rules=(1, 2), is_approved=True)]
    assert (gone.workspace.active, gone.bot_token) == (False, None)
    assert "planted" not in repr(connected)


async def test_of_tokens_that_no_key_opens_slacks_side_hears(tmp_path: Path) -> None:
    url = fresh_url("sqlite", tmp_path)
    async with open_store(url) as store:
        await connect(store, "T1", BOT_TOKEN)
    async with open_store(url, OTHER) as store:
        (patient,) = await patients(store)
    assert (patient.bot_token, patient.problem) == (None, "its tokens cannot be read")


async def test_what_no_key_opens_is_named(tmp_path: Path) -> None:
    url = fresh_url("sqlite", tmp_path)
    async with open_store(url, OTHER) as store:
        await connect(store, "T1", BOT_TOKEN)
    found = await doctored(tmp_path, HOUSTON_DATABASE_URL=url, HOUSTON_SECRET_KEY=KEY)
    assert found["Secret"].ok is False
    assert found["Secret"].detail == "the bot token of Northwind T1 (T1) cannot be read"
    without = await doctored(tmp_path, HOUSTON_DATABASE_URL=url)
    assert without["Secret key"].ok is False
    assert not (tmp_path / "secret.key").exists()


async def test_postgresql_without_a_key_is_told(tmp_path: Path) -> None:
    found = await doctored(tmp_path, HOUSTON_DATABASE_URL=fresh_url("postgresql", tmp_path))
    assert found["Secret key"].ok is False
    assert "openssl rand -base64 32" in found["Secret key"].detail + found["Secret key"].mend


async def test_a_log_that_was_tampered_with_is_told(tmp_path: Path) -> None:
    url = fresh_url("sqlite", tmp_path)
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("DELETE FROM audit_head")
        connection.execute(
            "INSERT INTO audit_entry (seq, at, actor, actor_name, action, subject, salt, content_hash, hash) "
            "VALUES (1, '2026-11-14', 'cli', '', 'x', 'y', '', 'z', 'z')"
        )
    connection.close()
    found = await doctored(tmp_path, HOUSTON_DATABASE_URL=url, HOUSTON_SECRET_KEY=KEY)
    assert found["Audit log"].ok is False


# --- the language model


@pytest.mark.parametrize(
    ("reply", "ok", "word"),
    [
        (says("OK"), True, "gpt-test answers"),
        (refuses(401, "invalid_api_key"), False, "OPENAI_API_KEY"),
        (refuses(429, "insufficient_quota"), False, "credit"),
        (refuses(404, "model_not_found"), False, "HOUSTON_MODEL"),
        (refuses(500), False, "OPENAI_BASE_URL"),
    ],
    ids=["well", "wrong key", "no credit", "unknown model", "down"],
)
async def test_the_model_is_asked_once_and_its_refusal_explained(reply: Reply, ok: bool, word: str) -> None:
    async with LLMServer([reply]) as server:
        (finding,) = await look_at_model(_with_model(server.url))
        assert len(server.requests) == 1
    assert finding.ok is ok
    assert word in f"{finding.detail} {finding.mend}"
    assert "sk-secret" not in str(finding)


async def test_the_doctor_hangs_up_at_the_first_word() -> None:
    async with LLMServer([stalls_after("OK")]) as server:
        (finding,) = await look_at_model(_with_model(server.url))
        async with asyncio.timeout(PATIENCE):
            await server.client_left.wait()
    assert finding.ok is True


async def test_an_address_without_a_model_is_told() -> None:
    (finding,) = await look_at_model(_with_model(f"http://127.0.0.1:{free_port()}/v1"))
    assert finding.ok is False
    assert "could not be reached" in finding.detail


def _with_model(url: str) -> Settings:
    return told(
        {**TOKENS, "OPENAI_API_KEY": "sk-secret", "OPENAI_BASE_URL": url, "HOUSTON_MODEL": "gpt-test"}
    ).settings


# --- the machine


async def test_a_port_of_another_program_is_a_fault_and_a_running_houston_is_not() -> None:
    async def healthz(request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        (taken,) = await machine.look_at_port("127.0.0.1", deaf.getsockname()[1])
        assert taken.ok is False
    app = web.Application()
    app.router.add_get("/healthz", healthz)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    (ours,) = await machine.look_at_port("127.0.0.1", runner.addresses[0][1])
    await runner.cleanup()
    assert ours.ok is None
    assert "running Houston" in ours.detail


async def test_an_address_of_another_machine_is_a_fault() -> None:
    (finding,) = await machine.look_at_port("192.0.2.1", 3000)
    assert finding.ok is False


async def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (finding,) = await machine.look_at_folders([tmp_path / "file" / "data"])
    assert finding.ok is False
    assert "HOUSTON_DATA_DIR" in finding.mend
