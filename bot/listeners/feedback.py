"""What people think of an answer."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.views import feedback
from bot.views.blocks import Message
from bot.views.filled import row_id
from bot.whispers import whisper
from houston.assembly import Houston

Body = dict[str, Any]

THANKS = Message(text="👍 Noted. Thank you!")


def register(app: AsyncApp) -> None:
    for action in (feedback.OPINION, feedback.GOOD, feedback.BAD):
        app.action(action)(judge)
    app.view(feedback.FORM)(give_reason)


async def judge(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    """Noted at once, or refused; who did not like it is then asked why."""
    await ack()
    turn_id, good = feedback.opinion(action)
    await houston.judging.judge(await people.actor(houston, context), turn_id, good)
    if good:
        await whisper(context, body, THANKS)
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=feedback.form(turn_id))


async def give_reason(ack: AsyncAck, view: Body, context: AsyncBoltContext, houston: Houston) -> None:
    reason = feedback.reason(view["state"]["values"])
    if reason:
        actor = await people.actor(houston, context)
        await houston.judging.judge(actor, row_id(view["private_metadata"]), False, reason)
    await ack()
