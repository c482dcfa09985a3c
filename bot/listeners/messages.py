"""What people say: mentions, direct messages, replies in threads."""

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers import asking
from bot.answers.hearing import SPOKEN, heard, words
from bot.answers.streams import Answers
from bot.listeners.commands import helped
from bot.whispers import whisper
from houston.assembly import Houston

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.event("app_mention")(answer)
    app.event("message")(hear)
    app.event("agent_session_stopped")(stop)
    app.event(re.compile(".*"))(ignore)


async def hear(
    body: Body,
    event: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
    answers: Answers,
) -> None:
    """A mention in a channel comes as `app_mention` too, and is answered as that."""
    if event.get("subtype") not in SPOKEN:
        return
    remark = heard(event, str(context.team_id), context.bot_user_id)
    if remark.channel_kind == "channel" and remark.mentions_houston:
        return
    await answer(body, event, context, client, houston, answers)


async def answer(
    body: Body,
    event: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
    answers: Answers,
) -> None:
    remark = heard(event, str(context.team_id), context.bot_user_id)
    text = words(event.get("text") or "", context.bot_user_id)
    if event.get("edited") or not await houston.conversations.heeds(remark):
        return
    if not text:
        await whisper(context, body, await helped(houston, context))
        return
    asked = await asking.question(
        houston,
        client,
        workspace_id=remark.workspace_id,
        user_id=remark.user_id,
        channel=remark.channel,
        thread_ts=remark.thread_ts or remark.ts,
        ts=remark.ts,
        text=text,
    )
    await asking.answer(houston, client, answers, asked, threaded=bool(event.get("thread_ts")))


async def stop(event: Body, answers: Answers) -> None:
    """Somebody pressed Slack's own Stop."""
    answers.stop(event["channel"], event.get("thread_ts") or "")


async def ignore() -> None:
    """An event that nobody needs is acknowledged, else Slack sends it again."""
