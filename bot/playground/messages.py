"""What happens to messages, whoever does it: posted, edited, deleted, reacted to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bot.playground import events, payloads
from bot.playground.nouns import Channel, Edited, Json, Message

if TYPE_CHECKING:
    from bot.playground.state import Playground


def post(playground: "Playground", room: Channel, **fields: Any) -> Message:
    """Adds a message (fields as in `Message`); a reply to a reply joins its thread."""
    message = Message(ts=playground.ids.ts(), channel=room.id, **fields)
    root = playground.messages[room.id].get(message.thread_ts or "")
    if root is not None and root.is_reply:
        message.thread_ts = root.thread_ts
    message.blocks = with_ids(playground, message.blocks)
    playground.messages[room.id][message.ts] = message
    if message.thread_ts and message.is_reply:
        playground.threads.setdefault((room.id, message.thread_ts), []).append(message)
    publish(playground, message)
    if not message.ephemeral_to:
        events.message_posted(playground, message)
    return message


def notice(playground: "Playground", room: Channel, user_id: str, what: str, text: str) -> None:
    """The line that Slack itself writes about a channel: joined, left, renamed, archived."""
    noun = "group" if room.is_private else "channel"
    post(playground, room, text=text, user=user_id, subtype=f"{noun}_{what}")


@contextmanager
def changing(playground: "Playground", message: Message, *, announce: bool = True) -> Iterator[None]:
    """Around any change of a message: tells pages, and apps where `announce` is on."""
    previous = payloads.message(playground, message)
    yield
    message.blocks = with_ids(playground, message.blocks)
    publish(playground, message)
    if announce and not message.ephemeral_to:
        events.message_changed(playground, message, previous)


@contextmanager
def editing(playground: "Playground", message: Message, *, by: str) -> Iterator[None]:
    """A change that leaves an "(edited)" mark."""
    with changing(playground, message):
        yield
        message.edited = Edited(user=by, ts=playground.ids.ts())


def delete(playground: "Playground", message: Message) -> None:
    previous = payloads.message(playground, message)
    message.deleted = True
    publish(playground, message)
    if not message.ephemeral_to:
        events.message_deleted(playground, message, previous)


def react(playground: "Playground", message: Message, name: str, user_id: str) -> bool:
    """Whether the reaction is new."""
    users = message.reactions.setdefault(name, [])
    if user_id in users:
        return False
    users.append(user_id)
    publish(playground, message)
    events.reaction_changed(playground, message, name, user_id, added=True)
    return True


def unreact(playground: "Playground", message: Message, name: str, user_id: str) -> bool:
    users = message.reactions.get(name, [])
    if user_id not in users:
        return False
    users.remove(user_id)
    if not users:
        del message.reactions[name]
    publish(playground, message)
    events.reaction_changed(playground, message, name, user_id, added=False)
    return True


def publish(playground: "Playground", message: Message) -> None:
    playground.changes.publish(
        "message",
        playground.channels[message.channel].workspace_id,
        channel=message.channel,
        ts=message.ts,
        thread_ts=message.thread_ts,
        user=message.ephemeral_to,
    )


def with_ids(playground: "Playground", blocks: list[Json]) -> list[Json]:
    """The blocks, with the ids that Slack gives where the app gave none."""
    return [_with_ids(playground, block) for block in blocks]


def _with_ids(playground: "Playground", block: Json) -> Json:
    result = dict(block)
    result.setdefault("block_id", playground.ids.secret(5))
    for key in ("elements", "accessory", "element"):
        if key in result and block["type"] not in ("rich_text", "context"):
            result[key] = _elements_with_ids(playground, result[key])
    return result


def _elements_with_ids(playground: "Playground", found: Any) -> Any:
    if isinstance(found, list):
        return [_elements_with_ids(playground, each) for each in found]
    if isinstance(found, dict) and found.get("type") != "image":
        return {**found, "action_id": found.get("action_id") or playground.ids.secret(5)}
    return found
