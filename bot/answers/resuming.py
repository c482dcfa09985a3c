"""Answers that a crash broke off are given after all, and those that were to go are taken away: once, by
whichever process finds them first."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.answers import asking, privately
from bot.answers.streams import Answers
from bot.connect.clients import Clients
from bot.listeners import sharing
from bot.refusals import FAILURES, failure
from houston.agent.conversations.conversation import Question
from houston.agent.conversations.retracting import Retraction
from houston.assembly import Houston
from houston.errors import HoustonError, TemporaryFailure

log = logging.getLogger(__name__)

EVERY = 30.0
"""Seconds between two looks: another replica may have crashed."""

Wording = tuple[str, str, str, str]
"""Workspace, channel, the question's ts, when it was edited."""

GONE = "gone"
"""In the place of a wording: the question is superseded, and what answers it is to go."""

Work = Callable[[], Coroutine[Any, Any, None]]


async def watch(houston: Houston, slack: Clients, answers: Answers) -> None:
    """At start-up, and from then on."""
    under_way: dict[Wording, asyncio.Task[None]] = {}
    try:
        while True:
            for wording, work in (await _left(houston, slack, answers)).items():
                if wording in under_way:
                    continue  # taken up at an earlier look: a second one would take its answer away
                task = asyncio.create_task(work(), name="answer resumed")
                under_way[wording] = task
                task.add_done_callback(partial(_done, under_way, wording))
            await asyncio.sleep(EVERY)
    finally:
        tasks = list(under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _done(under_way: dict[Wording, asyncio.Task[None]], wording: Wording, task: asyncio.Task[None]) -> None:
    under_way.pop(wording, None)


async def _left(houston: Houston, slack: Clients, answers: Answers) -> dict[Wording, Work]:
    """What is to go, and what is to be answered. Nothing where that cannot be told just now: the next look
    will."""
    try:
        gone = await houston.conversations.retractions()
        asked = await houston.conversations.interrupted()
    except Exception as error:  # noqa: BLE001 the boundary: one failed look must not end the next ones
        await houston.faults.unhandled(error, "looking for interrupted answers")
        return {}
    left: dict[Wording, Work] = {}
    for each in gone:
        place = (each.workspace_id, each.channel, each.ts)
        left[*place, GONE] = partial(_retract, houston, slack, answers, each)
    for question in asked:
        place = (question.workspace_id, question.channel, question.ts)
        left[*place, question.edited] = partial(_resume, houston, slack, answers, question)
    return left


async def _retract(houston: Houston, slack: Clients, answers: Answers, gone: Retraction) -> None:
    """The answer to a question that was deleted, or edited so that it asks nothing any more."""
    place = {"channel": gone.channel, "thread_ts": gone.thread_ts, "ts": gone.ts}
    try:
        client = await slack.listening(gone.workspace_id)
        await answers.replace(client, **place, old=gone.shown)
    except TemporaryFailure as failed:
        log.info("an answer is not taken back yet: %s", failed.message)
        return
    except HoustonError as refusal:
        log.warning("an answer is not taken back: %s", refusal.message)
    await houston.conversations.retracted(gone.workspace_id, **place)


async def _resume(houston: Houston, slack: Clients, answers: Answers, question: Question) -> None:
    try:
        if await sharing.is_closed(houston, question.workspace_id, question.channel):
            await _give_up(houston, question)
            return
        client = await slack.listening(question.workspace_id)
        await _clear_away(client, answers, question)
        if privately.TIMESTAMP.fullmatch(question.thread_ts):
            await asking.answer(houston, client, answers, question, threaded=True)
        else:
            await privately.whisper_answer(houston, client, answers, question, threaded=False, kept_out=0)
    except HoustonError as refusal:
        log.warning("an interrupted answer is not given: %s", refusal.message)
    except FAILURES as error:
        log.warning("an interrupted answer is not given: %s", failure(error).message)


async def _give_up(houston: Houston, question: Question) -> None:
    """Else every look would find it again: nothing is said in a channel that others were let into."""
    place = (question.workspace_id, question.channel, question.thread_ts)
    await houston.conversations.stop(*place, question.user_id)


async def _clear_away(client: AsyncWebClient, answers: Answers, question: Question) -> None:
    """What the broken-off answer left: it is written anew as a whole."""
    await answers.replace(
        client,
        channel=question.channel,
        thread_ts=question.thread_ts,
        ts=question.ts,
        old=question.shown,
    )
