"""From what somebody asks to the answer in front of them."""

from contextlib import aclosing
from zoneinfo import ZoneInfo

from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.refusals import code
from bot.streams import Answers
from bot.views import answer as views
from bot.views.text import escape
from houston.agent.conversation import ChannelKind, Question
from houston.agent.turn import Failed, Finished, TextAdded
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


async def answer(houston: Houston, client: AsyncWebClient, answers: Answers, asked: Question) -> None:
    """Streamed into the thread."""
    await answers.write(client, asked, houston.conversations.answer(asked))


async def answer_privately(houston: Houston, respond: AsyncRespond, asked: Question) -> None:
    """All at once, by the command's response_url, to the asker alone."""
    await respond(text="🛰️ Looking into it…", response_type="ephemeral")
    text, blocks = "", []
    async with aclosing(houston.conversations.answer(asked)) as events:
        async for event in events:
            match event:
                case TextAdded(markdown=markdown):
                    text += markdown
                case Finished(footer=data):
                    blocks = views.footer(data, ZoneInfo(asked.timezone))
                case Failed(sentence=sentence):
                    text = f"{text}\n\n{sentence}".strip()
    message = views.whole(text, blocks)
    await respond(text=message.text, blocks=message.blocks, response_type="ephemeral", replace_original=True)


async def root(client: AsyncWebClient, channel: str, user_id: str, text: str) -> str | None:
    """The message that an answer to a command hangs under; None where Houston cannot post."""
    said = f"<@{user_id}> asked: {escape(text, LONGEST_ROOT)}"
    try:
        return str((await client.chat_postMessage(channel=channel, text=said))["ts"])
    except SlackApiError as error:
        if code(error) in NOT_THERE:
            return None
        raise


def kind(channel: str) -> ChannelKind:
    return "dm" if channel.startswith("D") else "channel"
