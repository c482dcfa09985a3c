"""chat.startStream, chat.appendStream, chat.stopStream."""

import asyncio

from bot.playground import messages, payloads, streaming
from bot.playground.api import outgoing
from bot.playground.api.call import Call, Method, Refusal
from bot.playground.api.sessions import set_session
from bot.playground.nouns import Channel, Json, Message, Stream
from bot.playground.state import Playground


def start(call: Call) -> Json:
    room = outgoing.writable_room(call)
    thread_ts = outgoing.thread_of(call)
    if thread_ts is None:
        raise Refusal("invalid_arguments", "[ERROR] missing required field: thread_ts")
    stream = _stream(call, room)
    chunks = _chunks(call)
    message = messages.post(
        call.playground, room, text="", thread_ts=thread_ts, stream=stream, **outgoing.sender(call)
    )
    _append(call, message, chunks)
    outgoing.answered(call, room, thread_ts)
    life = call.playground.timings.stream_life
    asyncio.get_running_loop().call_later(life, close, call.playground, message)
    return {"channel": room.id, "ts": message.ts}


def append(call: Call) -> Json:
    message = _open_message(call)
    chunks = _chunks(call)
    if not chunks:
        raise Refusal("no_text")
    _append(call, message, chunks)
    return {"channel": message.channel, "ts": message.ts}


def stop(call: Call) -> Json:
    message = _open_message(call)
    chunks, blocks = _chunks(call), outgoing.checked_blocks(call)
    metadata = outgoing.checked_metadata(call)
    session = call.optional("session_status")
    if session and message.thread_ts:
        set_session(call, message.channel, message.thread_ts, session)
    with messages.changing(call.playground, message):
        for chunk in chunks:
            streaming.append(message, chunk)
        message.blocks = [*message.blocks, *(blocks or [])]
        message.metadata = metadata or message.metadata
        if message.stream:
            message.stream.is_open = False
    shown = payloads.message(call.playground, message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "message": shown}


def close(playground: Playground, message: Message) -> None:
    """What Slack does to a stream that has lived too long."""
    if message.is_streaming and message.stream:
        message.stream.is_open = False
        messages.publish(playground, message)
        messages.publish(playground, message)


def _stream(call: Call, room: Channel) -> Stream:
    mode = call.optional("task_display_mode") or "timeline"
    if mode not in ("timeline", "plan"):
        raise Refusal("invalid_arguments", "[ERROR] task_display_mode must be timeline or plan")
    recipient, team = call.optional("recipient_user_id"), call.optional("recipient_team_id")
    if not room.is_im and recipient is None:
        raise Refusal("missing_recipient_user_id")
    if not room.is_im and team is None:
        raise Refusal("missing_recipient_team_id")
    if recipient is not None:
        call.known_user(recipient)
    return Stream(
        app_id=call.app.id,
        started_at=call.playground.now(),
        recipient_user_id=recipient,
        recipient_team_id=team,
        task_display_mode=mode,
    )


def _chunks(call: Call) -> list[Json]:
    text = call.optional("markdown_text")
    given = call.structure("chunks", "invalid_chunks") or []
    if not isinstance(given, list):
        raise Refusal("invalid_chunks")
    chunks = [*([{"type": "markdown_text", "text": text}] if text else []), *given]
    for chunk in chunks:
        problem = streaming.problem(call.playground, chunk)
        if problem:
            raise Refusal(problem)
    return chunks


def _append(call: Call, message: Message, chunks: list[Json]) -> None:
    with messages.changing(call.playground, message, announce=False):
        for chunk in chunks:
            streaming.append(message, chunk)


def _open_message(call: Call) -> Message:
    room, ts = call.room(), call.text("ts")
    message = call.playground.message(room.id, ts)
    if message is None:
        raise Refusal("message_not_found")
    if message.bot_id != call.bot.bot_id:
        raise Refusal("message_not_owned_by_app")
    stream = message.stream
    age = call.playground.now() - stream.started_at if stream else 0
    if age > call.playground.timings.stream_life:
        close(call.playground, message)
    if not message.is_streaming:
        raise Refusal("message_not_in_streaming_state")
    return message


_WRITE = ("chat:write",)
METHODS = {
    "chat.startStream": Method(answer=start, scopes=_WRITE, tier=2),
    "chat.appendStream": Method(answer=append, scopes=_WRITE, tier=4),
    "chat.stopStream": Method(answer=stop, scopes=_WRITE, tier=2),
}
