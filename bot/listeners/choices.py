"""The buttons of an answer that asks something back: what one says is asked by whoever presses it."""

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.answers import asking, keeping
from bot.answers.streams import Answers
from bot.views import choices
from bot.views.filled import row_id
from houston.agent.conversations.conversation import Question
from houston.assembly import Houston
from store.tables import Conversation

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action(re.compile(f"^{choices.CHOOSE}\\d$"))(choose)


async def choose(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    respond: AsyncRespond,
    houston: Houston,
    answers: Answers,
) -> None:
    actor = await people.actor(houston, context)
    option, conversation = await houston.conversations.choice(
        actor, str(context.channel_id), row_id(action["value"]), choices.index(action)
    )
    asked = await _asked(houston, body, conversation, actor.user_id, option)
    async with keeping.kept(houston, asked) as is_first:
        await ack()
        if is_first:
            await _take_buttons_away(body, client, respond, option, actor.user_id)
            asked = await asking.introduced(houston, client, asked)
            threaded = bool(body["container"].get("thread_ts"))
            await asking.answer(houston, client, answers, asked, threaded=threaded)


async def _asked(
    houston: Houston, body: Body, conversation: Conversation, user_id: str, text: str
) -> Question:
    """`ts` is that of the message with the buttons, which answers nothing else: so it is asked once only,
    whoever presses."""
    return await asking.asked(
        houston,
        workspace_id=conversation.workspace_id,
        user_id=user_id,
        channel=conversation.channel,
        thread_ts=conversation.thread_ts,
        ts=str(body["container"]["message_ts"]),
        text=text,
    )


async def _take_buttons_away(
    body: Body, client: AsyncWebClient, respond: AsyncRespond, option: str, user_id: str
) -> None:
    """An ephemeral message is not sent along, and cannot be read: it only says what was chosen."""
    message = body.get("message")
    if message is None:
        said = choices.chosen_alone(option, user_id)
        await respond(
            text=said.text,
            blocks=said.blocks,
            response_type="ephemeral",
            replace_original=False,
            thread_ts=body["container"].get("thread_ts"),
        )
        return
    blocks = choices.chosen(message.get("blocks") or [], option, user_id)
    await client.chat_update(
        channel=body["channel"]["id"], ts=message["ts"], text=message.get("text") or "", blocks=blocks
    )
