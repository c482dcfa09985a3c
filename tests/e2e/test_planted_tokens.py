"""No token that Houston holds can be read where people look: files, journal, tables, logs, export."""

import base64
import logging
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from app import running
from bot.demo import DemoSlack
from bot.playground.state import Message
from houston import access, keys
from houston.assembly import Houston
from houston.config import Settings, settings
from houston.configuration import as_yaml, configuration
from houston.notify.rules.rules import RuleDraft
from store.database import database_url
from tests.actors import agency_admin
from tests.store.databases import KINDS, NOON, fresh_url, new_store
from tests.store.planting import dump

pytestmark = pytest.mark.slow

KEY = base64.b64encode(bytes(range(60, 92))).decode()
PLANTED = {
    "bot_token": "xoxe.xoxb-1-planted5e1f",
    "refresh_token": "xoxe-1-planted5e1f",
    "app_token": "xapp-1-planted5e1f",
}


@pytest.mark.parametrize("kind", KINDS)
async def test_planted_tokens_are_found_nowhere(
    slack: DemoSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    caplog.set_level(logging.DEBUG)
    found = told(slack, tmp_path, fresh_url(kind, tmp_path))
    await plant(found)
    async with running(found) as houston:
        houston.start()
        api_key = (await houston.api_keys.create(access.operator(), "importer", None)).key
        await use(houston, slack)
        exported = as_yaml(await configuration(houston.store))
        seen = {"files and journal": files(tmp_path), "tables": tables(found), "export": exported.encode()}
    seen |= {"files": files(tmp_path), "logs": caplog.text.encode()}
    secrets = [*PLANTED.values(), slack.bot_token, slack.app.app_token, KEY, api_key]
    found_in = [
        (where, each[:8]) for where, data in seen.items() for each in secrets if each.encode() in data
    ]
    assert not found_in
    assert b"T9" in seen["tables"]
    assert b"api_key.created" in seen["tables"]
    assert {"slack_bolt.AsyncApp", "bot.connect.connection"} <= {each.name for each in caplog.records}


def told(slack: DemoSlack, folder: Path, url: str) -> Settings:
    return settings(
        {
            "SLACK_API_URL": slack.server.api_url,
            "SLACK_APP_TOKEN": slack.app.app_token,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "HOUSTON_DATABASE_URL": url,
            "HOUSTON_DATA_DIR": str(folder),
            "HOUSTON_SECRET_KEY": KEY,
            "HOUSTON_PORT": "0",
            "HOUSTON_LOG_LEVEL": "DEBUG",
        }
    )


async def plant(found: Settings) -> None:
    """A workspace with tokens of its own, which Slack will refuse when Houston tries them."""
    store = new_store(found.database_url, lambda: NOON, keyring=keys.keyring(found))
    async with store.begin() as uow:
        await uow.workspaces.connect(id="T9", name="Planted", bot_user_id="U9", timezone=None, now=NOON)
        for name, value in PLANTED.items():
            await uow.secrets.put(owner="workspace/T9", name=name, value=value, now=NOON)
        await uow.commit()
    await store.close()


async def use(houston: Houston, slack: DemoSlack) -> None:
    """From a rule by a person to a message in a channel."""
    mira, channel = slack.person("mira"), slack.channel("data-pipelines")
    await mira.run(channel, "/houston status")
    await houston.rules.add(
        agency_admin(slack.workspace.id), RuleDraft(channels=(channel,), event_type="system_error")
    )
    await houston.faults.report(access.everything(), title="The importer stopped", service="importer")

    def heard() -> Message | None:
        return next((each for each in mira.messages(channel) if "The importer stopped" in each.text), None)

    await mira.wait_for(heard)


def files(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())


def tables(found: Settings) -> bytes:
    engine = create_engine(database_url(found.database_url))
    with engine.begin() as connection:
        rows = [row for rows in dump(connection).values() for row in rows]
    engine.dispose()
    return "\n".join(rows).encode()
