"""What the methods that write messages share: where the bot may write, and what it may say."""

import json
from typing import Any

from bot.playground import blocks
from bot.playground.api.call import Call, Refusal
from bot.playground.nouns import Channel, Json

_TEXT_LIMIT = 40_000
_BLOCK_TEXT_LIMIT = 13_000
_METADATA_LIMIT = 8_000


def writable_room(call: Call, name: str = "channel") -> Channel:
    """The channel, or the DM with the user, that the argument names."""
    target = call.text(name)
    room = _dm(call, target) if target.startswith(("U", "W")) else call.room(name)
    if room.is_archived:
        raise Refusal("is_archived")
    if call.bot.bot_user_id not in room.members and "chat:write.public" not in call.bot.scopes:
        raise Refusal("not_in_channel")
    return room


def _dm(call: Call, user_id: str) -> Channel:
    user = call.playground.users.get(user_id)
    if user is None or user.workspace_id != call.workspace.id:
        raise Refusal("channel_not_found")
    if user.is_bot:
        raise Refusal("cannot_dm_bot")
    if user.deleted:
        raise Refusal("user_disabled")
    return call.playground.dm(call.workspace.id, user.id, call.bot.bot_user_id)


def checked_blocks(call: Call, name: str = "blocks", given: Any = None) -> list[Json] | None:
    found = call.structure(name, "invalid_blocks_format") if given is None else given
    if found is None:
        return None
    problems = blocks.validate(found, "message", blocks.file_check(call.playground))
    if not problems:
        problems = [
            f"[ERROR] unsupported type: {block['type']} [json-pointer:/blocks/{at}/type]"
            for at, block in enumerate(found)
            if block["type"] in call.workspace.lacks_blocks
        ]
    if problems:
        raise Refusal("invalid_blocks", *problems)
    return list(found)


def checked_text(call: Call, limit: int = _TEXT_LIMIT) -> str:
    text = call.optional("text") or ""
    if len(text) > limit:
        raise Refusal("msg_too_long")
    return text


def check_size(found: list[Json] | None) -> None:
    if found and blocks.text_length(found) > _BLOCK_TEXT_LIMIT:
        raise Refusal("msg_blocks_too_long")


def checked_metadata(call: Call) -> Json | None:
    metadata = call.structure("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict):
        raise Refusal("invalid_metadata_format")
    is_event = isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict)
    if metadata and not is_event and "entities" not in metadata:
        raise Refusal("invalid_metadata_schema")
    if len(json.dumps(metadata)) > _METADATA_LIMIT:
        raise Refusal("metadata_too_large")
    return metadata


def sender(call: Call) -> Json:
    """The fields of a Message that say who wrote it."""
    fields: Json = {
        "user": call.bot.bot_user_id,
        "bot_id": call.bot.bot_id,
        "app_id": call.app.id,
    }
    if "chat:write.customize" in call.bot.scopes:
        fields |= {name: call.optional(name) for name in ("username", "icon_emoji", "icon_url")}
    return fields


def thread_of(call: Call, name: str = "thread_ts") -> str | None:
    thread_ts = call.optional(name)
    if thread_ts is not None and not _is_ts(thread_ts):
        raise Refusal("invalid_thread_ts")
    return thread_ts


def thread_in(call: Call, room: Channel) -> str | None:
    """The thread to reply in. Slack does not refuse a reply to a message that was deleted: where no reply
    has kept the thread alive, it puts the message into the channel, and its answer names no thread."""
    thread_ts = thread_of(call)
    if thread_ts is None or call.playground.has_thread(room.id, thread_ts):
        return thread_ts
    return None


def _is_ts(value: str) -> bool:
    seconds, _, micros = value.partition(".")
    return seconds.isdigit() and micros.isdigit()


def answered(call: Call, room: Channel, thread_ts: str | None) -> None:
    """A message from the app ends what it said it was doing in the thread."""
    if thread_ts and call.playground.statuses.pop((room.id, thread_ts), None):
        call.playground.changes.publish("status", room.workspace_id, channel=room.id, thread_ts=thread_ts)
