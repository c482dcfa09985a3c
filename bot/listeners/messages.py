"""What people say: mentions, direct messages, replies in threads; and what they say anew, or take back."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers import hearing, keeping, replying
from bot.answers.listening import Hearing
from bot.answers.streams import Answers
from bot.answers.wordings import Wordings
from houston.agent.conversations.conversation import Question
from houston.assembly import Houston

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.event("app_mention", middleware=[keep])(answer)
    app.event("message", middleware=[keep])(hear)
    app.event("agent_session_stopped")(stop)
    app.event(re.compile(".*"))(ignore)


async def keep(
    body: Body,
    event: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
    answers: Answers,
    wordings: Wordings,
    next: Callable[[], Awaitable[None]],
) -> None:
    """Before the event is acknowledged, which Bolt does when its listener begins."""
    here = context["here"] = Hearing(
        body=body, context=context, client=client, houston=houston, answers=answers, wordings=wordings
    )
    context["kept"] = await _kept(here, event)
    await next()


async def _kept(here: Hearing, event: Body) -> Question | None:
    if _is_said_first(here, event):
        return await keeping.keep(here, event)
    if gone := hearing.gone(event):
        await keeping.forget(here, gone)
    again = hearing.reworded(event)
    return await keeping.keep_anew(here, again, event) if again else None


async def hear(here: Hearing, event: Body) -> None:
    """A mention in a channel comes as `app_mention` too, and is answered as that."""
    if gone := hearing.gone(event):
        await replying.forget(here, gone)
    elif again := hearing.reworded(event):
        await replying.answer_anew(here, again)
    elif _is_said_first(here, event):
        await replying.answer(here, event)


async def answer(here: Hearing, event: Body) -> None:
    """An edit comes as `message_changed` too, which says what it was before."""
    if _is_said_first(here, event):
        await replying.answer(here, event)


async def stop(event: Body, context: AsyncBoltContext, houston: Houston, answers: Answers) -> None:
    """Somebody pressed Slack's own Stop."""
    thread_ts = event.get("thread_ts") or ""
    answers.stop(event["channel"], thread_ts)
    await houston.conversations.stop(str(context.team_id), event["channel"], thread_ts)


def _is_said_first(here: Hearing, event: Body) -> bool:
    """A mention in a channel comes as `message` too, and an edited mention as `message_changed`."""
    if event.get("type") == "app_mention":
        return not event.get("edited")
    return event.get("subtype") in hearing.SPOKEN and not here.is_mentioned_in_channel(event)


async def ignore() -> None:
    """An event that nobody needs is acknowledged, else Slack sends it again."""
