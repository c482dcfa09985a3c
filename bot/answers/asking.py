"""From what somebody asks to the answer in front of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.answers import privately
from bot.answers.place import QUIETLY
from bot.answers.room import NOT_THERE
from bot.answers.streams import Answers
from bot.listeners import sharing
from bot.refusals import code
from bot.views.text import escape
from houston.agent.conversations.conversation import Question
from houston.agent.facts import Said
from houston.assembly import Houston

LONGEST_ROOT = 1500


async def asked(
    houston: Houston,
    *,
    workspace_id: str,
    user_id: str,
    channel: str,
    thread_ts: str,
    ts: str,
    text: str,
    event_ids: Sequence[int] = (),
    edited: str = "",
    heard: str = "",
) -> Question:
    """What somebody asks, with all that the message tells of under which they ask it.

    Asks Slack nothing, so that it can be kept at once: who asks, `introduced` says. `edited` and `heard`
    are Slack's marks of the wording and of the event that brought it.
    """
    told = await houston.surroundings.told_in(workspace_id, channel, user_id, thread_ts)
    return Question(
        workspace_id=workspace_id,
        user_id=user_id,
        user_name=user_id,
        timezone="UTC",
        channel=channel,
        thread_ts=thread_ts,
        ts=ts,
        text=text,
        event_ids=tuple(dict.fromkeys([*event_ids, *told])),
        edited=edited,
        heard=heard,
    )


async def introduced(
    houston: Houston, client: AsyncWebClient, asked: Question, thread: tuple[Said, ...] = ()
) -> Question:
    """With the name and the time zone of whoever asks, and what others said in the `thread` before."""
    member = await people.member(houston, client, asked.workspace_id, asked.user_id)
    return replace(asked, user_name=member.name, timezone=member.timezone, thread=thread)


async def answer(
    houston: Houston,
    client: AsyncWebClient,
    answers: Answers,
    asked: Question,
    *,
    threaded: bool,
    is_wanted: Callable[[], bool] = lambda: True,
) -> None:
    """Streamed into the thread; to the asker alone where others there may not see what it shows.

    `threaded` says whether the thread has begun; `is_wanted` is asked once it is known who reads it.
    """
    if await sharing.is_closed(houston, asked.workspace_id, asked.channel):
        await sharing.decline(houston, client, answers, asked, threaded=threaded)
        return
    await answers.greet(client, asked)
    kept_out = await _kept_out(houston, client, answers, asked)
    if not is_wanted():
        await answers.hush(client, asked)
        return
    if kept_out:
        await privately.whisper_answer(houston, client, answers, asked, threaded=threaded, kept_out=kept_out)
    else:
        await answers.write(houston, client, asked)


async def answer_command(
    houston: Houston,
    client: AsyncWebClient,
    answers: Answers,
    respond: AsyncRespond,
    asked: Question,
    *,
    under: str | None = None,
) -> None:
    """A command leaves no message behind, so the question is posted where everybody may read the answer:
    in the thread `under` a message, if there is one."""
    if await sharing.is_closed(houston, asked.workspace_id, asked.channel):
        await sharing.decline(houston, client, answers, asked, threaded=False)
        return
    kept_out = await _kept_out(houston, client, answers, asked)
    is_quiet = await is_alerts_only(houston, asked.workspace_id, asked.channel)
    root = None if kept_out or is_quiet else await _root(client, asked, under)
    if root:
        moved = await _moved(houston, asked, thread_ts=under or root, ts=root)
        await answers.write(houston, client, moved)
        return
    if under:
        asked = await _moved(houston, asked, thread_ts=under, ts=asked.ts)
    await privately.respond_answer(
        houston, answers, respond, asked, kept_out=kept_out, replaces=under is None
    )


async def is_alerts_only(houston: Houston, workspace_id: str, channel_id: str) -> bool:
    """Whether an admin wants no answers there."""
    found = await houston.channels.find(workspace_id, channel_id)
    return found is not None and not found.answers


async def _moved(houston: Houston, asked: Question, *, thread_ts: str, ts: str) -> Question:
    """To where it stands now: it was kept before that was known."""
    to = replace(asked, thread_ts=thread_ts, ts=ts)
    await houston.conversations.move(asked, to)
    return to


async def _kept_out(houston: Houston, client: AsyncWebClient, answers: Answers, asked: Question) -> int:
    """How many people there may not see all that the asker may; none where Houston is not there."""
    scope = await houston.access.scope(asked.workspace_id, asked.user_id, asked.channel)
    try:
        return await answers.audiences.kept_out(houston, client, scope, asked.channel)
    except SlackApiError as error:
        if code(error) in NOT_THERE:
            return 0
        raise


async def _root(client: AsyncWebClient, asked: Question, under: str | None) -> str | None:
    """The message that says what a command or a form asked; None where Houston cannot post."""
    said = f"<@{asked.user_id}> asked: {escape(asked.text, LONGEST_ROOT)}"
    try:
        posted = await client.chat_postMessage(channel=asked.channel, thread_ts=under, text=said, **QUIETLY)
        return str(posted["ts"])
    except SlackApiError as error:
        if code(error) in NOT_THERE:
            return None
        raise
