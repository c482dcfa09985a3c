"""The same Houston on PostgreSQL: from a fault to its message in a channel."""

import base64
from pathlib import Path

import pytest

from app import running
from bot.demo import DemoSlack
from bot.playground.state import Message
from houston import access
from houston.config import settings
from houston.notify.rules.rules import RuleDraft
from tests.actors import agency_admin
from tests.store.databases import fresh_url

pytestmark = pytest.mark.slow


async def test_a_fault_reaches_its_channel_over_postgresql(slack: DemoSlack, tmp_path: Path) -> None:
    found = settings(
        {
            "SLACK_API_URL": slack.server.api_url,
            "SLACK_APP_TOKEN": slack.app.app_token,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "HOUSTON_DATABASE_URL": fresh_url("postgresql", tmp_path),
            "HOUSTON_SECRET_KEY": base64.b64encode(bytes(32)).decode(),
            "HOUSTON_PORT": "0",
        }
    )
    mira = slack.person("mira")
    channel = slack.channel("data-pipelines")
    async with running(found) as houston:
        houston.start()
        draft = RuleDraft(channels=(channel,), event_type="system_error")
        await houston.rules.add(agency_admin(slack.workspace.id), draft)
        await houston.faults.report(access.everything(), title="The importer stopped", service="importer")

        def told() -> Message | None:
            found = [each for each in mira.messages(channel) if "The importer stopped" in each.text]
            return found[0] if found else None

        message = await mira.wait_for(told)
        assert message.metadata
        assert message.metadata["event_type"] == "houston_delivery"
