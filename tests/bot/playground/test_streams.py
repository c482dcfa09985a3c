import asyncio
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.models.messages.chunk import BlocksChunk, MarkdownTextChunk, TaskUpdateChunk

from tests.bot.playground.conftest import Recorder, Slack
from tests.patience import PATIENCE

Json = dict[str, Any]


async def _asked(slack: Slack) -> dict[str, Any]:
    said = await slack.alice.say(slack.general.id, "why?")
    return {
        "channel": slack.general.id,
        "thread_ts": said.ts,
        "recipient_team_id": slack.workspace.id,
        "recipient_user_id": slack.alice.user_id,
    }


async def test_a_stream_grows_and_is_finished(slack: Slack) -> None:
    where = await _asked(slack)
    stream = await slack.client.chat_stream(buffer_size=5, **where)
    await stream.append(markdown_text="**hello ")
    message = slack.alice.messages(slack.general.id, where["thread_ts"])[-1]
    assert (message.text, message.is_streaming) == ("**hello ", True)
    await stream.append(chunks=[TaskUpdateChunk(id="1", title="Reading revenue", status="in_progress")])
    await stream.append(
        chunks=[TaskUpdateChunk(id="1", title="Read revenue", status="complete", output="12 rows")]
    )
    await stream.append(chunks=[MarkdownTextChunk(text="world**")])
    metadata = {"event_type": "answer", "event_payload": {"turn": 1}}
    await stream.stop(
        markdown_text="!",
        chunks=[BlocksChunk(blocks=[{"type": "divider"}])],
        blocks=[{"type": "section", "text": {"type": "plain_text", "text": "footer"}}],
        metadata=metadata,
        session_status="active",
    )
    assert message.ts == stream.ts
    assert (message.text, message.is_streaming) == ("**hello world**!", False)
    kinds = [block["type"] for block in message.blocks]
    assert kinds == ["markdown", "task_card", "markdown", "divider", "section"]
    assert (message.blocks[1]["title"], message.blocks[1]["status"]) == ("Read revenue", "complete")
    assert message.blocks[2]["text"] == "world**!"
    assert message.metadata == metadata


async def test_a_plan_gathers_its_tasks(slack: Slack) -> None:
    stream = await slack.client.chat_stream(task_display_mode="plan", **await _asked(slack))
    await stream.append(chunks=[{"type": "plan_update", "title": "Finding out"}])
    for status in ("in_progress", "complete"):
        await stream.append(chunks=[TaskUpdateChunk(id="1", title="Read", status=status)])
    await stream.stop()
    plan = slack.alice.messages(slack.general.id)[0]
    message = slack.alice.messages(slack.general.id, plan.ts)[-1]
    assert message.blocks[0]["title"] == "Finding out"
    assert [task["status"] for task in message.blocks[0]["tasks"]] == ["complete"]


async def test_streams_in_channels_need_a_thread_and_a_recipient(slack: Slack) -> None:
    where = await _asked(slack)
    for missing, error in (
        ("recipient_user_id", "missing_recipient_user_id"),
        ("recipient_team_id", "missing_recipient_team_id"),
        ("thread_ts", "invalid_arguments"),
    ):
        arguments = {key: value for key, value in where.items() if key != missing}
        with pytest.raises(SlackApiError, match=error):
            await slack.client.api_call("chat.startStream", json=arguments)


async def test_in_a_direct_conversation_the_recipient_is_plain(slack: Slack) -> None:
    dm = await slack.alice.dm()
    said = await slack.alice.say(dm.id, "hi")
    assert (await slack.client.chat_startStream(channel=dm.id, thread_ts=said.ts))["ok"]


async def test_a_finished_stream_takes_nothing_more(slack: Slack) -> None:
    started = await slack.client.chat_startStream(**await _asked(slack))
    where = {"channel": slack.general.id, "ts": started["ts"]}
    with pytest.raises(SlackApiError, match="msg_too_long"):
        await slack.client.chat_appendStream(**where, markdown_text="x" * 12_001)
    with pytest.raises(SlackApiError, match="invalid_chunks"):
        await slack.client.chat_appendStream(**where, chunks=[{"type": "confetti"}])
    await slack.client.chat_stopStream(**where)
    for call in (slack.client.chat_appendStream, slack.client.chat_stopStream):
        with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
            await call(**where, markdown_text="more")


async def test_a_stream_expires_and_can_be_rescued_by_an_update(slack: Slack) -> None:
    stream = await slack.client.chat_stream(buffer_size=1, **await _asked(slack))
    await stream.append(markdown_text="half a")
    slack.clock.advance(301)
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        await stream.append(markdown_text="n answer")
    blocks = [{"type": "markdown", "text": "half an answer"}]
    assert stream.ts is not None
    await slack.client.chat_update(
        channel=slack.general.id, ts=stream.ts, text="half an answer", blocks=blocks
    )
    message = slack.playground.message(slack.general.id, stream.ts)
    assert message is not None
    assert (message.text, message.is_streaming) == ("half an answer", False)


async def test_other_messages_cannot_be_streamed_to(slack: Slack) -> None:
    where = await _asked(slack)
    with pytest.raises(SlackApiError, match="message_not_owned_by_app"):
        await slack.client.chat_appendStream(
            channel=slack.general.id, ts=where["thread_ts"], markdown_text="x"
        )


async def test_stop_tells_the_app_which_message(slack: Slack) -> None:
    bolt, stopped = slack.bolt(), Recorder()

    @bolt.event("agent_session_stopped")
    async def listen(body: Json) -> None:
        await stopped(body)

    async with slack.connected(bolt):
        where = await _asked(slack)
        started = await slack.client.chat_startStream(**where)
        await slack.alice.stop_stream(slack.general.id, started["ts"])
        event = (await stopped.next())["event"]
    assert event["streaming_message_ts"] == [started["ts"]]
    assert (event["thread_ts"], event["user"]) == (where["thread_ts"], slack.alice.user_id)


async def test_pages_see_each_append(slack: Slack) -> None:
    started = await slack.client.chat_startStream(**await _asked(slack))
    with slack.playground.changes.subscribe() as changes:
        await slack.client.chat_appendStream(channel=slack.general.id, ts=started["ts"], markdown_text="more")
        async with asyncio.timeout(PATIENCE):
            while (change := await changes.next()).kind != "message":
                pass  # that nobody hears of the question is told too
    assert change.ts == started["ts"]
