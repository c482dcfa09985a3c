from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.playground.limits import WORKSPACE_POSTS
from tests.bot.playground.conftest import Slack

Json = dict[str, Any]


def _section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


async def test_a_posted_message_is_seen_by_the_channels_members(slack: Slack) -> None:
    blocks = [_section("*Revenue* fell")]
    answer = await slack.client.chat_postMessage(channel=slack.general.id, text="Fell", blocks=blocks)
    seen = slack.alice.messages(slack.general.id)
    assert [(each.ts, each.text, each.app_id) for each in seen] == [(answer["ts"], "Fell", slack.app.id)]
    assert answer["message"]["bot_profile"]["name"] == "Robin"
    assert answer["message"]["blocks"][0]["block_id"]


async def test_timestamps_are_unique_and_rise(slack: Slack) -> None:
    posted = [await slack.client.chat_postMessage(channel=slack.general.id, text=str(n)) for n in range(4)]
    stamps = [answer["ts"] for answer in posted]
    assert stamps == sorted(set(stamps))


async def test_a_user_id_opens_the_direct_conversation(slack: Slack) -> None:
    answer = await slack.client.chat_postMessage(channel=slack.alice.user_id, text="hi")
    assert answer["channel"] == (await slack.alice.dm()).id
    with pytest.raises(SlackApiError, match="cannot_dm_bot"):
        await slack.client.chat_postMessage(channel=slack.bot_id, text="hi")


async def _refusal(slack: Slack, **arguments: Any) -> str:
    arguments = {"channel": slack.general.id, "text": "x", **arguments}
    with pytest.raises(SlackApiError) as refused:
        await slack.client.api_call("chat.postMessage", json=arguments)
    return str(refused.value.response["error"])


async def test_slacks_refusals_of_a_post(slack: Slack) -> None:
    public, private = (
        slack.channel("public", with_bot=False),
        slack.channel("private", with_bot=False, is_private=True),
    )
    archived = slack.channel("old")
    slack.playground.set_archived(archived.id, True, by=slack.alice.user_id)
    assert await _refusal(slack, channel="C0NOWHERE") == "channel_not_found"
    assert await _refusal(slack, channel=private.id) == "channel_not_found"
    assert await _refusal(slack, channel=public.id) == "not_in_channel"
    assert await _refusal(slack, channel=archived.id) == "is_archived"
    slack.clock.advance(10)
    assert await _refusal(slack, text="") == "no_text"
    assert await _refusal(slack, text="x" * 40_001) == "msg_too_long"
    assert await _refusal(slack, blocks=[{"type": "nonsense"}]) == "invalid_blocks"
    assert await _refusal(slack, blocks="{not json") == "invalid_blocks_format"
    slack.clock.advance(10)
    assert await _refusal(slack, blocks=[_section("x" * 2900)] * 5) == "msg_blocks_too_long"
    assert await _refusal(slack, metadata={"event_type": "x"}) == "invalid_metadata_schema"
    assert await _refusal(slack, thread_ts="abc") == "invalid_thread_ts"


async def test_invalid_blocks_come_with_pointers(slack: Slack) -> None:
    with pytest.raises(SlackApiError) as refused:
        await slack.client.chat_postMessage(
            channel=slack.general.id, text="x", blocks=[{"type": "section", "text": {"type": "mrkdwn"}}]
        )
    assert refused.value.response["response_metadata"]["messages"] == [
        "[ERROR] missing required field: text [json-pointer:/blocks/0/text]"
    ]


async def test_a_channel_takes_a_short_burst_and_then_one_message_a_second(slack: Slack) -> None:
    for _ in range(4):
        await slack.client.chat_postMessage(channel=slack.general.id, text="x")
    with pytest.raises(SlackApiError) as refused:
        await slack.client.chat_postMessage(channel=slack.general.id, text="x")
    response = refused.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    assert response.headers["Retry-After"] == "1"
    await slack.client.chat_postMessage(channel=slack.channel("other").id, text="elsewhere")
    slack.clock.advance(1)
    await slack.client.chat_postMessage(channel=slack.general.id, text="x")


async def test_rate_limits_can_be_switched_off(slack: Slack) -> None:
    slack.playground.limits_on = False
    for _ in range(6):
        await slack.client.chat_postMessage(channel=slack.general.id, text="x")


async def test_replies_gather_in_the_thread(slack: Slack) -> None:
    root = await slack.client.chat_postMessage(channel=slack.general.id, text="root")
    await slack.client.chat_postMessage(channel=slack.general.id, text="reply", thread_ts=root["ts"])
    await slack.client.chat_postMessage(
        channel=slack.general.id, text="loud", thread_ts=root["ts"], reply_broadcast=True
    )
    history = (await slack.client.conversations_history(channel=slack.general.id))["messages"]
    assert [each["text"] for each in history] == ["loud", "root"]
    assert history[1]["reply_count"] == 2
    replies = (await slack.client.conversations_replies(channel=slack.general.id, ts=root["ts"]))["messages"]
    assert [each["text"] for each in replies] == ["root", "reply", "loud"]
    seen = slack.alice.messages(slack.general.id, root["ts"])
    assert [each.text for each in seen] == ["root", "reply", "loud"]


async def test_metadata_is_kept_and_returned_on_request(slack: Slack) -> None:
    metadata = {"event_type": "houston_delivery", "event_payload": {"delivery_id": 7}}
    root = await slack.client.chat_postMessage(channel=slack.general.id, text="root", metadata=metadata)
    plain = await slack.client.conversations_history(channel=slack.general.id)
    asked = await slack.client.conversations_history(channel=slack.general.id, include_all_metadata=True)
    in_thread = await slack.client.conversations_replies(
        channel=slack.general.id, ts=root["ts"], include_all_metadata=True
    )
    assert "metadata" not in plain["messages"][0]
    assert asked["messages"][0]["metadata"] == metadata
    assert in_thread["messages"][0]["metadata"] == metadata


async def test_an_ephemeral_message_is_seen_by_one_person_only(slack: Slack) -> None:
    answer = await slack.client.chat_postEphemeral(
        channel=slack.general.id, user=slack.alice.user_id, text="psst"
    )
    assert answer["message_ts"]
    assert [each.text for each in slack.alice.messages(slack.general.id)] == ["psst"]
    assert slack.bob.messages(slack.general.id) == []
    assert (await slack.client.conversations_history(channel=slack.general.id))["messages"] == []


async def test_an_update_keeps_what_it_does_not_name(slack: Slack) -> None:
    metadata = {"event_type": "e", "event_payload": {}}
    posted = await slack.client.chat_postMessage(
        channel=slack.general.id, text="firing", blocks=[_section("firing")], metadata=metadata
    )
    await slack.client.chat_update(channel=slack.general.id, ts=posted["ts"], text="resolved")
    message = slack.playground.message(slack.general.id, posted["ts"])
    assert message is not None
    assert (message.text, message.blocks[0]["text"]["text"]) == ("resolved", "firing")
    assert message.metadata == metadata
    assert message.edited is not None
    await slack.client.chat_update(channel=slack.general.id, ts=posted["ts"], text="bare", blocks=[])
    assert message.blocks == []


async def test_only_its_own_messages_can_be_changed_by_an_app(slack: Slack) -> None:
    said = await slack.alice.say(slack.general.id, "mine")
    with pytest.raises(SlackApiError, match="cant_update_message"):
        await slack.client.chat_update(channel=slack.general.id, ts=said.ts, text="no")
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        await slack.client.chat_delete(channel=slack.general.id, ts=said.ts)
    with pytest.raises(SlackApiError, match="message_not_found"):
        await slack.client.chat_delete(channel=slack.general.id, ts="1.000001")


async def test_a_deleted_message_is_gone(slack: Slack) -> None:
    posted = await slack.client.chat_postMessage(channel=slack.general.id, text="oops")
    await slack.client.chat_delete(channel=slack.general.id, ts=posted["ts"])
    assert slack.alice.messages(slack.general.id) == []
    with pytest.raises(SlackApiError, match="message_not_found"):
        await slack.client.chat_getPermalink(channel=slack.general.id, message_ts=posted["ts"])


async def test_history_is_cut_by_time_and_paged_by_cursor(slack: Slack) -> None:
    stamps = [(await slack.alice.say(slack.general.id, str(n))).ts for n in range(5)]
    between = await slack.client.conversations_history(
        channel=slack.general.id, oldest=stamps[1], latest=stamps[3]
    )
    inclusive = await slack.client.conversations_history(
        channel=slack.general.id, oldest=stamps[1], latest=stamps[3], inclusive=True
    )
    assert [each["text"] for each in between["messages"]] == ["2"]
    assert [each["text"] for each in inclusive["messages"]] == ["3", "2", "1"]
    pages = []
    async for page in await slack.client.conversations_history(channel=slack.general.id, limit=2):
        pages.append([each["text"] for each in page["messages"]])
    assert pages == [["4", "3"], ["2", "1"], ["0"]]


async def test_markdown_text_becomes_a_markdown_block(slack: Slack) -> None:
    answer = await slack.client.chat_postMessage(channel=slack.general.id, markdown_text="# Hello")
    assert answer["message"]["blocks"][0]["type"] == "markdown"


async def test_arguments_may_come_as_query_form_or_json(slack: Slack) -> None:
    import aiohttp

    url = f"{slack.server.api_url}chat.postMessage"
    arguments = {"token": slack.token, "channel": slack.general.id, "text": "x"}
    blocks = '[{"type": "divider"}]'
    async with aiohttp.ClientSession() as session:
        answers = [
            await (await session.get(url, params=arguments)).json(),
            await (await session.post(url, params=arguments)).json(),
            await (await session.post(url, data={**arguments, "blocks": blocks})).json(),
            await (await session.post(url, json={**arguments, "blocks": blocks})).json(),
        ]
        slack.clock.advance(5)
        broken = await (
            await session.post(url, data="{oops", headers={"Content-Type": "application/json"})
        ).json()
    assert [each["ok"] for each in answers] == [True] * 4
    assert answers[2]["message"]["blocks"][0]["type"] == "divider"
    assert broken["error"] == "invalid_json"


async def test_a_reply_to_a_deleted_message_lands_in_the_channel_and_the_answer_names_no_thread(
    slack: Slack,
) -> None:
    where: dict[str, Any] = {"channel": slack.general.id}
    root = await slack.client.chat_postMessage(**where, text="root")
    kept = await slack.client.chat_postMessage(**where, text="kept", thread_ts=root["ts"])
    await slack.client.chat_delete(**where, ts=kept["ts"])
    await slack.client.chat_delete(**where, ts=root["ts"])
    stray = await slack.client.chat_postMessage(**where, text="late", thread_ts=root["ts"])
    assert kept["message"]["thread_ts"] == root["ts"]
    assert "thread_ts" not in stray["message"]
    assert [each.text for each in slack.alice.messages(slack.general.id)] == ["late"]
    with pytest.raises(SlackApiError, match="thread_not_found"):
        await slack.client.conversations_replies(**where, ts=root["ts"])


async def test_a_deleted_root_with_replies_leaves_a_tombstone(slack: Slack) -> None:
    where: dict[str, Any] = {"channel": slack.general.id}
    root = await slack.client.chat_postMessage(**where, text="root")
    await slack.client.chat_postMessage(**where, text="reply", thread_ts=root["ts"])
    await slack.client.chat_delete(**where, ts=root["ts"])
    later = await slack.client.chat_postMessage(**where, text="later", thread_ts=root["ts"])
    assert later["message"]["thread_ts"] == root["ts"]
    history = await slack.client.conversations_history(**where)
    assert [(each["subtype"], each["reply_count"]) for each in history["messages"]] == [("tombstone", 2)]
    thread = await slack.client.conversations_replies(**where, ts=root["ts"])
    assert [each["text"] for each in thread["messages"]] == ["This message was deleted.", "reply", "later"]
    with pytest.raises(SlackApiError, match="message_not_found"):
        await slack.client.chat_update(**where, ts=root["ts"], text="x")


async def test_replies_show_their_metadata_where_it_is_asked_for(slack: Slack) -> None:
    where: dict[str, Any] = {"channel": slack.general.id}
    metadata = {"event_type": "told", "event_payload": {"ids": ["1"]}}
    root = await slack.client.chat_postMessage(**where, text="root")
    await slack.client.chat_postMessage(**where, text="reply", thread_ts=root["ts"], metadata=metadata)
    for asked, shown in ((True, metadata), (False, None)):
        thread = await slack.client.conversations_replies(**where, ts=root["ts"], include_all_metadata=asked)
        assert thread["messages"][1].get("metadata") == shown


async def test_an_update_keeps_the_metadata(slack: Slack) -> None:
    where: dict[str, Any] = {"channel": slack.general.id}
    metadata = {"event_type": "told", "event_payload": {"ids": ["1"]}}
    posted = await slack.client.chat_postMessage(**where, text="x", metadata=metadata)
    await slack.client.chat_update(**where, ts=posted["ts"], text="y", blocks=[])
    assert slack.alice.messages(slack.general.id)[0].metadata == metadata


async def test_a_workspace_takes_several_hundred_messages_a_minute_in_all_its_channels(slack: Slack) -> None:
    def take() -> int | None:
        return slack.playground.rates.take_workspace_post(slack.app.id, slack.workspace.id)

    taken = 0
    while take() is None:
        taken += 1
    assert taken >= WORKSPACE_POSTS // 6
    with pytest.raises(SlackApiError, match="ratelimited"):
        await slack.client.chat_postMessage(channel=slack.general.id, text="x")
    slack.clock.advance(1)
    await slack.client.chat_postMessage(channel=slack.general.id, text="x")
