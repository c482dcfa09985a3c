"""What fails inside Houston, where nobody waits for it, is told like any other fault."""

import asyncio

from bot.playground.state import Message
from houston.notify.rules.rules import RuleDraft
from tests.actors import agency_admin
from tests.e2e.conftest import Running


async def test_an_error_in_a_background_task_reaches_the_rules_channel(on_air: Running) -> None:
    mira, channel = on_air.slack.person("mira"), on_air.slack.channel("data-pipelines")
    draft = RuleDraft(channels=(channel,), event_type="system_error")
    await on_air.houston.rules.add(agency_admin(on_air.slack.workspace.id), draft)

    def fail() -> None:
        raise RuntimeError("token xoxb-secret-1234567890 was here")

    asyncio.get_running_loop().call_soon(fail)

    def told() -> Message | None:
        found = [each for each in mira.messages(channel) if "RuntimeError" in each.text]
        return found[0] if found else None

    message = await mira.wait_for(told)
    assert "xoxb-secret" not in message.text + str(message.blocks)
