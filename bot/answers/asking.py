"""From what somebody asks to the answer in front of them."""

from dataclasses import replace

from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.answers import privately
from bot.answers.streams import Answers
from bot.listeners import sharing
from bot.refusals import code
from bot.views.text import escape
from houston.agent.conversation import ChannelKind, Question
from houston.assembly import Houston

NOT_THERE = frozenset({"not_in_channel", "channel_not_found", "is_archived", "restricted_action"})
"""Where Houston cannot post, the answer is for the asker alone."""

LONGEST_ROOT = 1500


async def question(
    houston: Houston,
    client: AsyncWebClient,
    *,
    workspace_id: str,
    user_id: str,
    channel: str,
    thread_ts: str,
    ts: str,
    text: str,
    event_id: int | None = None,
) -> Question:
    member = await people.member(houston, client, workspace_id, user_id)
    return Question(
        workspace_id=workspace_id,
        user_id=user_id,
        user_name=member.name,
        timezone=member.timezone,
        channel=channel,
        channel_kind=kind(channel),
        thread_ts=thread_ts,
        ts=ts,
        text=text,
        event_id=event_id,
    )


async def answer(
    houston: Houston, client: AsyncWebClient, answers: Answers, asked: Question, *, threaded: bool
) -> None:
    """Streamed into the thread; to the asker alone where others there may not see what it shows.

    `threaded` says whether the thread has begun.
    """
    if await sharing.is_closed(houston, asked.workspace_id, asked.channel):
        await sharing.decline(houston, client, answers, asked, threaded=threaded)
        return
    kept_out = await _kept_out(houston, client, answers, asked)
    if kept_out:
        await privately.whisper_answer(houston, client, asked, threaded=threaded, kept_out=kept_out)
    else:
        await answers.write(client, asked, houston.conversations.answer(asked))


async def answer_command(
    houston: Houston, client: AsyncWebClient, answers: Answers, respond: AsyncRespond, asked: Question
) -> None:
    """A command leaves no message behind, so the question is posted where everybody may read the answer."""
    if await sharing.is_closed(houston, asked.workspace_id, asked.channel):
        await sharing.decline(houston, client, answers, asked, threaded=False)
        return
    kept_out = await _kept_out(houston, client, answers, asked)
    root = None if kept_out else await _root(client, asked)
    if root:
        posted = replace(asked, thread_ts=root, ts=root)
        await answers.write(client, posted, houston.conversations.answer(posted))
        return
    await respond(text="🛰️ Looking into it…", response_type="ephemeral")
    message = await privately.whole(houston, asked, kept_out=kept_out)
    await respond(text=message.text, blocks=message.blocks, response_type="ephemeral", replace_original=True)


async def _kept_out(houston: Houston, client: AsyncWebClient, answers: Answers, asked: Question) -> int:
    """How many people there may not see all that the asker may; none where Houston is not there."""
    scope = await houston.access.scope(asked.workspace_id, asked.user_id, asked.channel)
    try:
        return await answers.audiences.kept_out(houston, client, scope, asked.channel)
    except SlackApiError as error:
        if code(error) in NOT_THERE:
            return 0
        raise


async def _root(client: AsyncWebClient, asked: Question) -> str | None:
    """The message that an answer to a command hangs under; None where Houston cannot post."""
    said = f"<@{asked.user_id}> asked: {escape(asked.text, LONGEST_ROOT)}"
    try:
        return str((await client.chat_postMessage(channel=asked.channel, text=said))["ts"])
    except SlackApiError as error:
        if code(error) in NOT_THERE:
            return None
        raise


def kind(channel: str) -> ChannelKind:
    return "dm" if channel.startswith("D") else "channel"
