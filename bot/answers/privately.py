"""Answers for the asker alone, where somebody else in the channel may not see what they show."""

import re
from contextlib import aclosing
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.streams import Answers
from bot.views import answer as views
from bot.views import private_answer
from bot.views.blocks import Block, Message
from houston.agent.conversation import Question
from houston.agent.turn import Failed, Finished, TextAdded
from houston.assembly import Houston

Body = dict[str, Any]

TIMESTAMP = re.compile(r"\d+\.\d+")
"""Of a message. A conversation that began with a command hangs under none."""


def register(app: AsyncApp) -> None:
    app.action(private_answer.SHARE)(share)


async def whisper_answer(
    houston: Houston, client: AsyncWebClient, asked: Question, *, threaded: bool, kept_out: int
) -> None:
    """In the thread if there is one already: Slack shows nothing in a thread that nobody has begun."""
    message = await whole(houston, asked, kept_out=kept_out)
    await tell_asker(client, asked, message, threaded=threaded)


async def tell_asker(client: AsyncWebClient, asked: Question, message: Message, *, threaded: bool) -> None:
    """Seen where they asked, and by nobody else."""
    await client.chat_postEphemeral(
        channel=asked.channel,
        user=asked.user_id,
        thread_ts=asked.thread_ts if threaded else None,
        text=message.text,
        blocks=message.blocks,
    )


async def whole(houston: Houston, asked: Question, *, kept_out: int = 0) -> Message:
    """The answer all at once, to be shared in spite of `kept_out` people who may not see it."""
    text, under, is_whole = "", list[Block](), False
    async with aclosing(houston.conversations.answer(asked)) as events:
        async for event in events:
            match event:
                case TextAdded(markdown=markdown):
                    text += markdown
                case Finished(footer=data):
                    under, is_whole = views.footer(data, ZoneInfo(asked.timezone)), True
                case Failed(sentence=sentence):
                    text = f"{text}\n\n{sentence}".strip()
    turn_id = await houston.sharing.turn_of(asked) if is_whole and kept_out else None
    if turn_id is not None:
        under = [*under, *private_answer.offer(turn_id, kept_out)]
    return views.whole(text, under)


async def share(
    ack: AsyncAck,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    respond: AsyncRespond,
    houston: Houston,
    answers: Answers,
) -> None:
    """The asker shows their answer to the channel, warned of how many may not see it."""
    await ack()
    turn_id = int(action["value"])
    found = await houston.sharing.find(str(context.team_id), str(context.user_id), turn_id)
    channel = found.conversation.channel
    kept_out = await answers.audiences.kept_out(houston, client, found.actor.scope, channel)
    if kept_out > private_answer.warned_of(action):
        message = private_answer.again(found.turn.answer, turn_id, kept_out)
        await respond(text=message.text, blocks=message.blocks, replace_original=True)
        return
    await houston.sharing.record(found, kept_out=kept_out)
    message = private_answer.shared(found.turn, found.actor.user_id)
    under = found.conversation.thread_ts
    thread_ts = under if TIMESTAMP.fullmatch(under) else None
    await client.chat_postMessage(channel=channel, thread_ts=thread_ts, **message.arguments())
    await respond(delete_original=True)
