import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground.faults import Fault
from tests.bot.playground.conftest import Slack
from tests.patience import until

pytestmark = pytest.mark.slow


async def test_a_webhook_posts_into_its_channel(slack: Slack) -> None:
    url = slack.playground.add_webhook(slack.app, slack.general.id)
    answer = await AsyncWebhookClient(url).send(text="hello", blocks=[{"type": "divider"}])
    assert (answer.status_code, answer.body) == (200, "ok")
    message = slack.alice.messages(slack.general.id)[-1]
    assert (message.text, message.subtype) == ("hello", "bot_message")


async def test_webhooks_are_refused_in_plain_text(slack: Slack) -> None:
    url = slack.playground.add_webhook(slack.app, slack.general.id)
    async with aiohttp.ClientSession() as session:

        async def answer(body: str, to: str = url) -> tuple[int, str]:
            response = await session.post(to, data=body, headers={"Content-Type": "application/json"})
            return response.status, await response.text()

        assert await answer("{oops") == (400, "invalid_payload")
        assert await answer("{}") == (400, "no_text")
        assert await answer('{"blocks": [{"type": "nonsense"}]}') == (400, "invalid_blocks")
        assert await answer('{"text": "x"}', url + "x") == (404, "no_service")
        slack.clock.advance(5)
        slack.playground.set_archived(slack.general.id, True, by=slack.alice.user_id)
        assert await answer('{"text": "x"}') == (410, "channel_is_archived")
        slack.playground.uninstall(slack.app, slack.workspace.id)
        assert await answer('{"text": "x"}') == (403, "invalid_token")


async def test_a_webhook_takes_one_message_a_second(slack: Slack) -> None:
    webhook = AsyncWebhookClient(slack.playground.add_webhook(slack.app, slack.general.id))
    statuses = [(await webhook.send(text=str(number))).status_code for number in range(5)]
    assert statuses == [200, 200, 200, 200, 429]


async def test_the_sdks_own_retry_obeys_retry_after(slack: Slack) -> None:
    slack.playground.faults.rate_limit("chat.postMessage", retry_after=0, times=2)
    slack.client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
    assert (await slack.client.chat_postMessage(channel=slack.general.id, text="at last"))["ok"]


async def test_a_fault_can_concern_one_channel(slack: Slack) -> None:
    other = slack.channel("other")
    slack.playground.faults.fail("chat.postMessage", status=503, times=None, channel=other.id)
    await slack.client.chat_postMessage(channel=slack.general.id, text="x")
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            await slack.client.chat_postMessage(channel=other.id, text="x")
        assert refused.value.response.status_code == 503
    slack.playground.faults.clear()
    await slack.client.chat_postMessage(channel=other.id, text="x")


async def test_a_reset_connection_posts_nothing(slack: Slack) -> None:
    slack.client.retry_handlers.clear()
    slack.playground.faults.reset("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await slack.client.chat_postMessage(channel=slack.general.id, text="x")
    assert slack.alice.messages(slack.general.id) == []


async def test_a_dropped_answer_has_posted_all_the_same(slack: Slack) -> None:
    slack.client.retry_handlers.clear()
    slack.playground.faults.drop_answer("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await slack.client.chat_postMessage(channel=slack.general.id, text="x")
    assert [each.text for each in slack.alice.messages(slack.general.id)] == ["x"]


async def test_a_hanging_answer_runs_into_the_callers_time_out(slack: Slack) -> None:
    fault = slack.playground.faults.hang("auth.test", seconds=30)
    asking = asyncio.ensure_future(slack.client.auth_test())
    await until(lambda: fault.times == 0)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asking, 0.1)
    assert (await slack.client.auth_test())["ok"]


async def test_a_fault_may_strike_by_chance(slack: Slack) -> None:
    slack.playground.faults.add(Fault(kind="status", method="*", times=None, probability=0.5))
    outcomes = set()
    for _ in range(20):
        try:
            await slack.client.auth_test()
            outcomes.add("ok")
        except SlackApiError:
            outcomes.add("failed")
    assert outcomes == {"ok", "failed"}


async def test_a_lost_answer_to_an_update_has_changed_the_message(slack: Slack) -> None:
    slack.client.retry_handlers.clear()
    posted = await slack.client.chat_postMessage(channel=slack.general.id, text="x")
    slack.playground.faults.drop_answer("chat.update")
    with pytest.raises(aiohttp.ClientError):
        await slack.client.chat_update(channel=slack.general.id, ts=posted["ts"], text="y")
    assert [each.text for each in slack.alice.messages(slack.general.id)] == ["y"]


@pytest.mark.parametrize(("kind", "arrived"), [("drop_answer", ["x"]), ("reset", [])])
async def test_a_webhooks_answer_may_get_lost(slack: Slack, kind: str, arrived: list[str]) -> None:
    webhook = AsyncWebhookClient(slack.playground.add_webhook(slack.app, slack.general.id), retry_handlers=[])
    getattr(slack.playground.faults, kind)("webhook")
    with pytest.raises(aiohttp.ClientError):
        await webhook.send(text="x")
    assert [each.text for each in slack.alice.messages(slack.general.id)] == arrived


@pytest.mark.parametrize(("kind", "arrived"), [("drop_answer", ["x"]), ("reset", [])])
async def test_a_time_out_may_come_before_the_work_or_after_it(
    slack: Slack, kind: str, arrived: list[str]
) -> None:
    fault = getattr(slack.playground.faults, kind)("chat.postMessage", seconds=30)
    posting = asyncio.ensure_future(slack.client.chat_postMessage(channel=slack.general.id, text="x"))
    await until(lambda: fault.times == 0)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(posting, 0.1)
    assert [each.text for each in slack.alice.messages(slack.general.id)] == arrived


async def test_mixed_faults_strike_their_share_of_the_calls(slack: Slack) -> None:
    statuses = (500, 502, 503)
    faults = [Fault(kind="status", method="auth.test", status=status) for status in statuses]
    slack.playground.faults.mix(*faults, share=0.3)
    struck = [slack.playground.faults.strike("auth.test", None) for _ in range(3000)]
    counts = [sum(each is fault for each in struck) for fault in faults]
    assert all(240 < count < 360 for count in counts), counts


async def test_the_server_keeps_a_record_of_its_calls(slack: Slack) -> None:
    slack.playground.faults.rate_limit("chat.postMessage", channel=slack.general.id)
    slack.playground.faults.reset("auth.test")
    before = slack.clock()
    with pytest.raises(SlackApiError):
        await slack.client.chat_postMessage(channel=slack.general.id, text="x")
    await slack.client.chat_postMessage(channel=slack.general.id, text="x")
    slack.client.retry_handlers.clear()
    with pytest.raises(aiohttp.ClientError):
        await slack.client.auth_test()
    traffic = slack.playground.traffic
    assert [each.status for each in traffic.of("chat.postMessage", slack.general.id)] == [429, 200]
    assert [each.status for each in traffic.of("auth.test")] == [None]
    assert traffic.limited("chat.postMessage") == {slack.general.id: 1}
    assert before <= traffic.calls[0].at <= slack.clock()


async def test_a_workspace_refuses_what_its_plan_does_not_have(slack: Slack) -> None:
    slack.workspace.refuses["chat.postMessage"] = "not_allowed"
    with pytest.raises(SlackApiError, match="not_allowed"):
        await slack.client.chat_postMessage(channel=slack.general.id, text="x")
    del slack.workspace.refuses["chat.postMessage"]
    await slack.client.chat_postMessage(channel=slack.general.id, text="x")


async def test_a_workspace_may_know_no_such_block(slack: Slack) -> None:
    slack.workspace.lacks_blocks.add("divider")
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await slack.client.chat_postMessage(channel=slack.general.id, text="x", blocks=[{"type": "divider"}])


async def test_a_call_may_be_refused_once_with_any_of_slacks_errors(slack: Slack) -> None:
    slack.playground.faults.refuse("chat.postMessage", error="msg_too_long")
    with pytest.raises(SlackApiError, match="msg_too_long"):
        await slack.client.chat_postMessage(channel=slack.general.id, text="x")
    await slack.client.chat_postMessage(channel=slack.general.id, text="x")
