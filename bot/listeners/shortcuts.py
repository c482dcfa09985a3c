"""*Ask Houston about this*, in the menu of any message."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers import asking, keeping, privately, thread
from bot.answers.streams import Answers
from bot.views import ask_form
from bot.views.ask_form import Origin
from houston.agent.conversations.conversation import Question
from houston.agent.facts import Said
from houston.assembly import Houston

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.shortcut(ask_form.SHORTCUT)(open_form)
    app.view(ask_form.CALLBACK)(ask)


async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
    await ack()
    origin = Origin.of(body, thread.text_of(body["message"]))
    await client.views_open(trigger_id=body["trigger_id"], view=ask_form.form(origin))


async def ask(
    ack: AsyncAck,
    view: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
    answers: Answers,
) -> None:
    """In the message's thread; to the asker alone where Houston is not, or is to be quiet."""
    origin = Origin.from_text(view["private_metadata"])
    asked = await _asked(houston, context, view, origin)
    async with keeping.kept(houston, asked):
        await ack()
        await _answer(houston, client, context, answers, origin, asked)


async def _asked(houston: Houston, context: AsyncBoltContext, view: Body, origin: Origin) -> Question:
    """As long as it is not known whether Houston is in the message's thread, it is asked beside it."""
    workspace_id, user_id = str(context.team_id), str(context.user_id)
    return await asking.asked(
        houston,
        workspace_id=workspace_id,
        user_id=user_id,
        channel=origin.channel,
        thread_ts=f"shortcut {origin.ts} {user_id}",
        ts=f"view {view['id']}",
        text=ask_form.question(view["state"]["values"]),
        event_ids=await houston.surroundings.told_in(workspace_id, origin.channel, user_id, origin.thread_ts),
    )


async def _answer(
    houston: Houston,
    client: AsyncWebClient,
    context: AsyncBoltContext,
    answers: Answers,
    origin: Origin,
    asked: Question,
) -> None:
    is_there = await _is_there(houston, client, context, origin.channel)
    is_known = bool(asked.event_ids)
    before = () if is_known else await _context(houston, client, context, origin, is_there=is_there)
    asked = await asking.introduced(houston, client, asked, before)
    respond = AsyncRespond(response_url=origin.response_url, proxy=client.proxy, ssl=client.ssl)
    if is_there:
        await asking.answer_command(houston, client, answers, respond, asked, under=origin.thread_ts)
    else:
        await privately.respond_answer(houston, answers, respond, asked, kept_out=0, replaces=False)


async def _context(
    houston: Houston, client: AsyncWebClient, context: AsyncBoltContext, origin: Origin, *, is_there: bool
) -> tuple[Said, ...]:
    """The message, and what was said before it in its thread."""
    workspace_id, bot = str(context.team_id), context.bot_user_id
    before: tuple[Said, ...] = ()
    if is_there and origin.thread_ts != origin.ts:
        before = await thread.said_before(
            houston,
            client,
            workspace_id=workspace_id,
            channel=origin.channel,
            thread_ts=origin.thread_ts,
            before=origin.ts,
            bot_user_id=bot,
        )
    return *before, *await thread.told(houston, workspace_id, [origin.as_message()], bot)


async def _is_there(
    houston: Houston, client: AsyncWebClient, context: AsyncBoltContext, channel: str
) -> bool:
    """In a direct conversation only where it is the asker's with Houston."""
    if channel.startswith("D"):
        own = await client.conversations_open(users=str(context.user_id))
        return bool(own["channel"]["id"] == channel)
    found = await houston.channels.find(str(context.team_id), channel)
    return found is not None and found.is_member
