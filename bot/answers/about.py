"""Ask Houston, pressed under a message: the conversation opens in its thread, and knows what it tells of."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.answers import asking, keeping
from bot.answers.streams import Answers
from bot.views import alerts_only, buttons
from bot.views.blocks import Message
from bot.whispers import whisper
from houston.access import Actor
from houston.assembly import Houston

Body = dict[str, Any]

ALREADY = Message(text="I am on it already: the answer comes in this thread.")


async def ask(
    houston: Houston,
    client: AsyncWebClient,
    context: AsyncBoltContext,
    answers: Answers,
    ack: AsyncAck,
    body: Body,
    action: Body,
    *,
    event_id: int = 0,
) -> None:
    """Acknowledged once it is kept. Without an `event_id`, about all that the message tells of.

    What a message tells of is kept a moment after it is seen: until then its block names one delivery.
    """
    workspace_id, user_id = str(context.team_id), str(context.user_id)
    channel, message = body["channel"]["id"], body["message"]
    thread_ts = message.get("thread_ts") or message["ts"]
    if refusal := await _refusal(houston, answers, workspace_id, channel, thread_ts):
        await ack()
        await whisper(context, body, refusal)
        return
    actor = await people.actor(houston, context)
    place = (workspace_id, channel, user_id, message["ts"])
    told = await houston.surroundings.told_in(*place) or await _brought(houston, actor, channel, action)
    events = [event_id] if event_id else list(told)
    asked = await asking.asked(
        houston,
        workspace_id=workspace_id,
        user_id=user_id,
        channel=channel,
        thread_ts=thread_ts,
        ts=action["action_ts"],
        text=await houston.surroundings.opening(actor.scope, next(iter(events), 0)),
        event_ids=[*events, *told],
    )
    async with keeping.kept(houston, asked):
        await ack()
        asked = await asking.introduced(houston, client, asked)
        asked = asked.also_about(await houston.surroundings.told_in(*place))
        await asking.answer(houston, client, answers, asked, threaded=bool(message.get("thread_ts")))


async def _brought(houston: Houston, actor: Actor, channel: str, action: Body) -> tuple[int, ...]:
    delivery_id = buttons.delivery_of(str(action.get("block_id") or ""))
    return await houston.surroundings.brought_by(actor.scope, channel, actor.user_id, delivery_id)


async def _refusal(
    houston: Houston, answers: Answers, workspace_id: str, channel: str, thread_ts: str
) -> Message | None:
    if await asking.is_alerts_only(houston, workspace_id, channel):
        return alerts_only.DECLINED
    return ALREADY if answers.under_way(channel, thread_ts) else None
