"""A question is kept before Slack is told that Houston heard it: Slack does not say it again."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from bot.answers import hearing
from bot.answers.hearing import Gone
from bot.answers.listening import Hearing, root
from houston.agent.conversations.conversation import Heard, Question
from houston.assembly import Houston

Body = Mapping[str, Any]


async def keep(here: Hearing, event: Body) -> Question | None:
    """Of a message as it was said first; None for what is no question, or not a new one, or not to be
    answered there.

    Asks Slack nothing, since it waits three seconds at most.
    """
    remark, text = here.heard(event), here.words(event)
    if remark.is_bot or not text or hearing.asks_to_stop(text):
        return None
    if await here.houston.conversations.manner(remark) != "answer":
        return None
    return await _kept(here, remark, text)


async def keep_anew(here: Hearing, event: Body, change: Body) -> Question | None:
    """Of a message as its author edited it: what answers its older wording ends.

    Whoever takes Houston's mention out of it wants no answer any more; and what was no question does
    not become one because its author has talked with Houston since.
    """
    remark, edited = here.heard(event), str(event["edited"]["ts"])
    place = (remark.workspace_id, remark.channel, root(remark), remark.ts)
    asked = await _asked_anew(here, event, change)
    if asked is None and await here.houston.conversations.was_asked(*place):
        await here.houston.conversations.supersede(*place, edited=edited)
    return asked


async def _asked_anew(here: Hearing, event: Body, change: Body) -> Question | None:
    remark, text = here.heard(event), here.words(event)
    lost_mention = here.is_mentioned_in_channel(_before(change)) and not remark.mentions_houston
    if lost_mention or not text or hearing.asks_to_stop(text):
        return None
    place = (remark.workspace_id, remark.channel, root(remark), remark.ts)
    is_for_us = remark.channel_kind == "dm" or remark.mentions_houston
    if not is_for_us and not await here.houston.conversations.was_asked(*place):
        return None
    if await here.houston.conversations.manner(remark) == "alerts_only":
        return None
    return await _kept(here, remark, text, edited=str(event["edited"]["ts"]))


async def forget(here: Hearing, gone: Gone) -> None:
    """A message that was deleted is not answered any more, and its answer is to go."""
    place = (here.workspace_id, gone.channel, gone.thread_ts, gone.ts)
    await here.houston.conversations.supersede(*place)


@asynccontextmanager
async def kept(houston: Houston, asked: Question | None) -> AsyncIterator[bool]:
    """What a button, a command or a form asks, while it is answered. Says whether it is new."""
    is_new = asked is not None and await houston.conversations.hear(asked)
    async with letting_go(houston, asked if is_new else None):
        yield is_new


@asynccontextmanager
async def letting_go(houston: Houston, kept: Question | None) -> AsyncIterator[None]:
    """Where it is not answered after all, but not where Houston is stopped: the next one answers it."""
    try:
        yield
    except Exception:
        if kept:
            await houston.conversations.let_go(kept)
        raise
    if kept:
        await houston.conversations.let_go(kept)


async def _kept(here: Hearing, remark: Heard, text: str, *, edited: str = "") -> Question | None:
    asked = await here.asked(remark, text, edited=edited)
    return asked if await here.houston.conversations.hear(asked) else None


def _before(change: Body) -> Body:
    return {**(change.get("previous_message") or {}), "channel_type": change.get("channel_type")}
