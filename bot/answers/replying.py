"""What becomes of something said: an answer, a word to its author alone, an end to an answer, or nothing."""

from collections.abc import Mapping
from typing import Any

from bot.answers import asking, hearing, thread
from bot.answers.hearing import Gone
from bot.answers.keeping import letting_go
from bot.answers.listening import Hearing, root
from bot.answers.wordings import DELETED
from bot.listeners.commands import helped
from bot.views import alerts_only
from bot.views.blocks import Message
from bot.whispers import whisper
from houston.agent.conversations.conversation import Heard
from houston.agent.facts import Said

Body = Mapping[str, Any]

NOTHING_TO_STOP = Message(text="There is nothing to stop: I am not writing here.")


async def answer(here: Hearing, event: Body) -> None:
    """A message as it was said first."""
    async with letting_go(here.houston, here.context.get("kept")):
        await _reply(here, event)


async def answer_anew(here: Hearing, event: Body) -> None:
    """A message that its author edited: what was answered to it is taken back."""
    remark, edited = here.heard(event), str(event["edited"]["ts"])
    async with letting_go(here.houston, here.context.get("kept")):
        await _retract(here, Gone(channel=remark.channel, ts=remark.ts, thread_ts=root(remark)), edited)
        if here.context.get("kept"):
            await _answer(here, remark, here.words(event), edited=edited)


async def _reply(here: Hearing, event: Body) -> None:
    remark, text = here.heard(event), here.words(event)
    wants_end = not remark.is_bot and hearing.asks_to_stop(text)
    if wants_end and await _stopped(here, remark):
        return
    match await here.houston.conversations.manner(remark):
        case "alerts_only":
            await whisper(here.context, here.body, alerts_only.DECLINED)
        case "answer" if not text:
            await whisper(here.context, here.body, await helped(here.houston, here.context))
        case "answer" if wants_end:
            await whisper(here.context, here.body, NOTHING_TO_STOP)
        case "answer":
            await _answer(here, remark, text)


async def forget(here: Hearing, gone: Gone) -> None:
    """A message that was deleted: its answer ends, and goes."""
    await _retract(here, gone, DELETED)


async def _answer(here: Hearing, remark: Heard, text: str, *, edited: str = "") -> None:
    here.wordings.note(remark.channel, remark.ts, edited)
    said_before = await _said_before(here, remark)
    asked = here.context.get("kept") or await here.asked(remark, text, edited=edited)
    asked = await asking.introduced(here.houston, here.client, asked, said_before)
    await asking.answer(
        here.houston,
        here.client,
        here.answers,
        asked,
        threaded=remark.thread_ts is not None,
        is_wanted=lambda: here.wordings.is_newest(remark.channel, remark.ts, edited),
    )


async def _said_before(here: Hearing, remark: Heard) -> tuple[Said, ...]:
    """Only where somebody asks Houston into a thread: what it goes on with, it knows."""
    if remark.thread_ts is None or remark.channel_kind == "dm" or not remark.mentions_houston:
        return ()
    return await thread.said_before(
        here.houston,
        here.client,
        workspace_id=remark.workspace_id,
        channel=remark.channel,
        thread_ts=remark.thread_ts,
        before=remark.ts,
        bot_user_id=here.bot_user_id,
    )


async def _stopped(here: Hearing, remark: Heard) -> bool:
    """Whether something was being written in this thread, here or by another replica; in a direct
    conversation, whatever was."""
    if remark.channel_kind == "dm" and remark.thread_ts is None:
        return here.answers.stop_in(remark.channel)
    is_here = here.answers.stop(remark.channel, root(remark))
    is_anywhere = await here.houston.conversations.stop(remark.workspace_id, remark.channel, root(remark))
    return is_here or is_anywhere


async def _retract(here: Hearing, gone: Gone, wording: str) -> None:
    """What answers an older wording goes; nothing where there is a newer one."""
    here.wordings.note(gone.channel, gone.ts, wording)
    if not here.wordings.is_newest(gone.channel, gone.ts, wording):
        return
    edited = "" if wording == DELETED else wording
    place = (here.workspace_id, gone.channel, gone.thread_ts, gone.ts)
    shown = await here.houston.conversations.supersede(*place, edited=edited)
    await here.answers.replace(
        here.client, channel=gone.channel, thread_ts=gone.thread_ts, ts=gone.ts, old=shown
    )
    await here.houston.conversations.retracted(*place)
