"""Answers for the asker alone, where somebody else in the channel may not see what they show."""

import re
from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.room import NOT_THERE, WIDER
from bot.answers.streams import Answers
from bot.answers.whole import gathered
from bot.refusals import code
from bot.views import answer as views
from bot.views import approval, private_answer
from bot.views.blocks import Message
from houston.agent.conversations.conversation import Question
from houston.assembly import Houston

Body = dict[str, Any]
Say = Callable[[Message], Awaitable[None]]

TIMESTAMP = re.compile(r"\d+\.\d+")
"""Of a message. A conversation that began with a command hangs under none."""


def register(app: AsyncApp) -> None:
    app.action(private_answer.SHARE)(share)


async def whisper_answer(
    houston: Houston,
    client: AsyncWebClient,
    answers: Answers,
    asked: Question,
    *,
    threaded: bool,
    kept_out: int,
) -> None:
    """In the thread if there is one already: Slack shows nothing in a thread that nobody has begun."""

    async def say(message: Message) -> None:
        await tell_asker(client, asked, message, threaded=threaded)

    await answers.attend(asked, lambda _: _answer(houston, asked, say, kept_out))
    await answers.hush(client, asked)


async def respond_answer(
    houston: Houston,
    answers: Answers,
    respond: AsyncRespond,
    asked: Question,
    *,
    kept_out: int,
    replaces: bool = True,
) -> None:
    """To a command: the answer takes the place of the first sign of life. What a message's menu answers
    may not: there the original is somebody's message."""
    await respond(text="🛰️ Looking into it…", response_type="ephemeral")
    said = 0

    async def say(message: Message) -> None:
        nonlocal said
        said += 1
        await respond(
            text=message.text,
            blocks=message.blocks,
            response_type="ephemeral",
            replace_original=replaces and said == 1,
        )

    await answers.attend(asked, lambda _: _answer(houston, asked, say, kept_out))


async def tell_asker(client: AsyncWebClient, asked: Question, message: Message, *, threaded: bool) -> None:
    """Seen where they asked, and by nobody else; by DM where Houston is not there."""
    try:
        await client.chat_postEphemeral(
            channel=asked.channel,
            user=asked.user_id,
            thread_ts=asked.thread_ts if threaded else None,
            text=message.text,
            blocks=message.blocks,
        )
    except SlackApiError as error:
        if code(error) not in NOT_THERE:
            raise
        await client.chat_postMessage(channel=asked.user_id, **message.arguments())


async def _answer(houston: Houston, asked: Question, say: Say, kept_out: int) -> None:
    """The answer all at once, then what waits for approval, each as a message of its own."""
    found = await gathered(houston, asked, kept_out=kept_out)
    if found.message and await houston.sharing.spoken(asked) is None:
        for unsaid in found.approvals:
            await houston.expiring.withdraw(unsaid.approval_id)
        await say(Message(text=WIDER))
        return
    if found.message:
        await say(found.message)
    for waiting in found.approvals:
        await say(approval.card(waiting, user_id=asked.user_id, zone=ZoneInfo(asked.timezone)))
    if found.for_admins and await _runs_houston(houston, asked):
        await say(views.for_admin(found.for_admins))


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


async def _runs_houston(houston: Houston, asked: Question) -> bool:
    return (await houston.access.actor(asked.workspace_id, asked.user_id, asked.channel)).runs_houston
