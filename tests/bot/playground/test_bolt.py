"""What Bolt itself does with the payloads: its listener arguments work, and own messages are ignored."""

from typing import Any

from slack_bolt.context.set_suggested_prompts.async_set_suggested_prompts import AsyncSetSuggestedPrompts
from slack_sdk.web.async_client import AsyncWebClient

from tests.bot.playground.conftest import Ack, Recorder, Slack

Json = dict[str, Any]


async def test_the_messages_tab_can_be_given_prompts(slack: Slack) -> None:
    bolt = slack.bolt()

    @bolt.event("app_home_opened")
    async def listen(set_suggested_prompts: AsyncSetSuggestedPrompts) -> None:
        await set_suggested_prompts(prompts=["What happened?"])

    async with slack.connected(bolt):
        dm = await slack.alice.dm()
        await slack.alice.open_home("messages")
        prompts = await slack.alice.wait_for(lambda: slack.playground.prompts.get(dm.id))
    assert prompts.prompts[0]["message"] == "What happened?"


async def test_a_mention_is_answered_in_a_stream_with_a_status(slack: Slack) -> None:
    bolt = slack.bolt()
    statuses: list[str | None] = []

    @bolt.event("app_mention")
    async def listen(event: Json, set_status: Any, say_stream: Any) -> None:
        await set_status("is thinking…")
        statuses.append(slack.alice.status(event["channel"], event["ts"]))
        stream = await say_stream()
        await stream.append(markdown_text="Because ")
        await stream.stop(markdown_text="it is **Sunday**.")

    async with slack.connected(bolt):
        said = await slack.alice.say(slack.general.id, "@Robin why?")

        def answer() -> Any:
            found = slack.alice.messages(slack.general.id, said.ts)[1:]
            return found and not found[0].is_streaming and found[0]

        message = await slack.alice.wait_for(answer)
    assert message.text == "Because it is **Sunday**."
    assert statuses == ["is thinking…"]
    assert slack.alice.status(slack.general.id, said.ts) is None


async def test_an_app_does_not_hear_itself_but_hears_others(slack: Slack) -> None:
    bolt, heard = slack.bolt(), Recorder()

    @bolt.event("message")
    async def listen(body: Json) -> None:
        await heard(body)

    async with slack.connected(bolt):
        posted = await slack.client.chat_postMessage(channel=slack.general.id, text="mine")
        await slack.client.chat_update(channel=slack.general.id, ts=posted["ts"], text="still mine")
        await slack.alice.say(slack.general.id, "yours")
        texts = []
        while "yours" not in texts:
            event = (await heard.next())["event"]
            texts.append(event.get("text") or event["message"]["text"])
    assert "mine" not in texts


async def test_joining_is_noted_in_the_channel_and_is_no_mention(slack: Slack) -> None:
    other = slack.channel("other", with_bot=False)
    bolt, mentioned = slack.bolt(), Recorder()

    @bolt.event("app_mention")
    async def listen(body: Json) -> None:
        await mentioned(body)

    async with slack.connected(bolt):
        await slack.alice.invite(other.id)
        await slack.alice.say(other.id, "@Robin welcome")
        body = await mentioned.next()
    assert body["event"]["text"].endswith("welcome")
    assert slack.alice.messages(other.id)[0].subtype == "channel_join"


async def test_a_home_with_presets_can_be_edited_without_asking_again(slack: Slack) -> None:
    bolt = slack.bolt()
    saved = Recorder()
    option = {"text": {"type": "plain_text", "text": "General"}, "value": "C1"}
    view = {
        "type": "modal",
        "callback_id": "edit",
        "title": {"type": "plain_text", "text": "Edit"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": [
            {
                "type": "input",
                "block_id": "channel",
                "label": {"type": "plain_text", "text": "Channel"},
                "element": {"type": "external_select", "action_id": "c", "initial_option": option},
            }
        ],
    }

    @bolt.command("/robin")
    async def show(ack: Ack, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @bolt.view("edit")
    async def save(ack: Ack, body: Json) -> None:
        await ack()
        await saved(body)

    async with slack.connected(bolt):
        await slack.alice.run(slack.general.id, "/robin")
        modal = await slack.alice.wait_for(slack.alice.open_modal)
        assert (await slack.alice.submit(modal, {"c": "C1"})).ok
        values = (await saved.next())["view"]["state"]["values"]
    assert values["channel"]["c"]["selected_option"] == option
