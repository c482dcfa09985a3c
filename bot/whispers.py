"""Says something to the one who acted and to nobody else, wherever they acted."""

from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.views.blocks import Message, View, plain, section


async def whisper(context: AsyncBoltContext, body: dict[str, Any], message: Message) -> None:
    client, user = context.client, context.user_id
    assert client is not None
    event = body.get("event") or {}
    if context.respond is not None and context.response_url:
        await context.respond(
            text=message.text,
            blocks=message.blocks,
            response_type="ephemeral",
            replace_original=False,
            thread_ts=(body.get("container") or {}).get("thread_ts"),
        )
    elif event.get("channel_type") == "im":
        thread_ts = event.get("thread_ts") or event.get("ts")
        await client.chat_postMessage(channel=event["channel"], thread_ts=thread_ts, **message.arguments())
    elif event.get("type") in ("message", "app_mention") and user:
        await client.chat_postEphemeral(
            channel=event["channel"], user=user, thread_ts=event.get("thread_ts"), **_shown(message)
        )
    elif body.get("trigger_id") and (body.get("view") or {}).get("type") == "home":
        await client.views_open(trigger_id=body["trigger_id"], view=notice(message))
    elif body.get("type") == "block_actions" and (body.get("view") or {}).get("type") == "modal":
        await client.views_push(trigger_id=body["trigger_id"], view=notice(message))
    elif user:
        await client.chat_postMessage(channel=user, **message.arguments())


def notice(message: Message) -> View:
    """A modal that only says something."""
    return {
        "type": "modal",
        "callback_id": "notice",
        "title": plain("Houston", 24),
        "close": plain("Close", 24),
        "blocks": message.blocks or [section(message.text)],
    }


def _shown(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": message.blocks}
