"""chat.*, except for streams."""

from bot.playground import messages, payloads
from bot.playground.api import outgoing
from bot.playground.api.call import Call, Method, Refusal
from bot.playground.nouns import Channel, Edited, Json, Message

_UPDATE_TEXT_LIMIT = 4_000


def post_message(call: Call) -> Json:
    room = outgoing.writable_room(call)
    _hold_to_rate(call, room)
    text, blocks = _content(call)
    thread_ts = outgoing.thread_in(call, room)
    is_broadcast = thread_ts is not None and call.flag("reply_broadcast")
    message = messages.post(
        call.playground,
        room,
        text=text,
        blocks=blocks or [],
        attachments=call.structure("attachments", "invalid_attachments") or [],
        metadata=outgoing.checked_metadata(call),
        thread_ts=thread_ts,
        is_broadcast=is_broadcast,
        subtype="thread_broadcast" if is_broadcast else None,
        **outgoing.sender(call),
    )
    outgoing.answered(call, room, message.thread_ts)
    shown = payloads.message(call.playground, message, with_metadata=True)
    return {"channel": room.id, "ts": message.ts, "message": shown}


def post_ephemeral(call: Call) -> Json:
    room = outgoing.writable_room(call)
    user = call.known_user(call.text("user"))
    if user.id not in room.members:
        raise Refusal("user_not_in_channel")
    text, blocks = _content(call)
    message = messages.post(
        call.playground,
        room,
        text=text,
        blocks=blocks or [],
        attachments=call.structure("attachments", "invalid_attachments") or [],
        thread_ts=outgoing.thread_of(call),
        ephemeral_to=user.id,
        **outgoing.sender(call),
    )
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    message = _own_message(call, "cant_update_message")
    text = outgoing.checked_text(call, _UPDATE_TEXT_LIMIT)
    blocks, metadata = outgoing.checked_blocks(call), outgoing.checked_metadata(call)
    outgoing.check_size(blocks)
    if not text and blocks is None and "attachments" not in call.arguments:
        raise Refusal("no_text")
    with messages.changing(call.playground, message):
        if text and text != message.text:
            message.text = text
            message.edited = Edited(user=call.bot.bot_user_id, ts=call.playground.ids.ts())
        if blocks is not None:
            message.blocks = blocks
        if metadata is not None:
            message.metadata = metadata or None
        if message.stream:
            message.stream.is_open = False
    shown = payloads.message(call.playground, message)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


def delete(call: Call) -> Json:
    message = _own_message(call, "cant_delete_message")
    messages.delete(call.playground, message)
    return {"channel": message.channel, "ts": message.ts}


def permalink(call: Call) -> Json:
    room, ts = call.room(), call.text("message_ts")
    message = call.playground.message(room.id, ts)
    if message is None:
        raise Refusal("message_not_found")
    link = f"{call.playground.origin}/archives/{room.id}/p{ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={room.id}"
    return {"channel": room.id, "permalink": link}


def _content(call: Call) -> tuple[str, list[Json] | None]:
    markdown = call.optional("markdown_text")
    text, blocks = outgoing.checked_text(call), outgoing.checked_blocks(call)
    if markdown is not None:
        if text or blocks:
            raise Refusal("markdown_text_conflict")
        blocks = outgoing.checked_blocks(call, given=[{"type": "markdown", "text": markdown}])
        return markdown, blocks
    if not text and not blocks and not call.structure("attachments", "invalid_attachments"):
        raise Refusal("no_text")
    outgoing.check_size(blocks)
    return text, blocks


def _hold_to_rate(call: Call, room: Channel) -> None:
    if not call.playground.limits_on:
        return
    rates = call.playground.rates
    retry_after = rates.take_workspace_post(call.app.id, call.workspace.id)
    retry_after = rates.take_post(call.app.id, room.id) or retry_after
    if retry_after is not None:
        raise Refusal("ratelimited", retry_after=retry_after)


def _own_message(call: Call, refusal: str) -> Message:
    room, ts = call.room(), call.text("ts")
    message = call.playground.message(room.id, ts)
    if message is None:
        raise Refusal("message_not_found")
    if message.bot_id != call.bot.bot_id:
        raise Refusal(refusal)
    return message


_WRITE = ("chat:write",)
METHODS = {
    "chat.postMessage": Method(answer=post_message, scopes=_WRITE, tier=None),
    "chat.postEphemeral": Method(answer=post_ephemeral, scopes=_WRITE, tier=4),
    "chat.update": Method(answer=update, scopes=_WRITE, tier=3),
    "chat.delete": Method(answer=delete, scopes=_WRITE, tier=3),
    "chat.getPermalink": Method(answer=permalink, tier=None),
}
