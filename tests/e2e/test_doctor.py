"""`app.py doctor` and `app.py export` as an operator runs them."""

import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.demo import DemoSlack
from tests.agent.llm_server import LLMServer, refuses, says
from tests.e2e.commands import app, bare
from tests.e2e.conftest import Running

pytestmark = pytest.mark.slow

SK = "sk-planted-key"


def environment(slack: DemoSlack, folder: Path, **variables: str) -> dict[str, str]:
    """Connected to the local Slack, with a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    given = {
        "SLACK_API_URL": slack.server.api_url,
        "SLACK_APP_TOKEN": slack.app.app_token,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "HOUSTON_PORT": port,
    }
    return bare(folder, **given | variables)


def by_check(printed: str) -> dict[str, dict[str, Any]]:
    return {each["check"]: each for each in json.loads(printed)}


async def test_before_the_first_start_all_is_well_and_nothing_is_made(
    slack: DemoSlack, tmp_path: Path
) -> None:
    async with LLMServer([says("OK")]) as server:
        llm = {"OPENAI_API_KEY": SK, "OPENAI_BASE_URL": server.url}
        ended = await app("doctor", environment=environment(slack, tmp_path, **llm))
    assert (ended.code, ended.err) == (0, "")
    assert "✓ SLACK_BOT_TOKEN (Northwind Agency): Slack accepts its token" in ended.out
    assert "✓ Socket Mode: " in ended.out
    assert "✓ Language model: gpt-5-mini answers" in ended.out
    assert ended.out.endswith("Nothing is wrong.\n")
    assert os.listdir(tmp_path) == []


async def test_everything_that_is_wrong_is_told_at_once_without_a_secret(
    slack: DemoSlack, tmp_path: Path
) -> None:
    (tmp_path / "houston.db").write_text("no database " * 100)
    slack.app.installations[slack.workspace.id].scopes.discard("files:write")
    wrong = {"SLACK_APP_TOKEN": "xapp-planted", "HOUSTON_LOG_LEVEL": "LOUD"}
    async with LLMServer([refuses(401, "invalid_api_key")]) as server:
        given = environment(slack, tmp_path, OPENAI_API_KEY=SK, OPENAI_BASE_URL=server.url, **wrong)
        ended = await app("doctor", "--json", environment=given)
        told = await app("doctor", environment=given)
    found = by_check(ended.out)
    assert (ended.code, told.code) == (1, 1)
    assert {check for check, each in found.items() if each["ok"] is False} == {
        "HOUSTON_LOG_LEVEL",
        "Database",
        "Permissions of SLACK_BOT_TOKEN (Northwind Agency)",
        "Socket Mode",
        "Language model",
    }
    assert all(each["mend"] for each in found.values() if each["ok"] is False)
    assert told.out.endswith("5 things to mend.\n")
    for secret in (slack.bot_token, "xapp-planted", SK):
        assert secret not in ended.out + ended.err + told.out + told.err


async def test_beside_a_running_houston_the_doctor_says_so(on_air: Running) -> None:
    folder = on_air.settings.houston_data_dir
    ended = await app("doctor", "--json", environment=environment(on_air.slack, folder))
    found = by_check(ended.out)
    assert ended.code == 0, ended.out
    assert "another Houston runs" in found["Running"]["detail"]
    assert found["Secret key"]["ok"] is True
    assert found["Audit log"]["ok"] is True


async def test_the_export_is_yaml_without_the_tokens(on_air: Running) -> None:
    await on_air.houston.clients.open("acme", "Acme")
    folder = on_air.settings.houston_data_dir
    ended = await app("export", environment=bare(folder))
    document = yaml.safe_load(ended.out)
    assert (ended.code, ended.err) == (0, "")
    assert document["clients"] == [{"slug": "acme", "name": "Acme"}]
    assert [each["id"] for each in document["workspaces"]] == [on_air.slack.workspace.id]
    assert "xoxb-" not in ended.out
    assert "xapp-" not in ended.out
