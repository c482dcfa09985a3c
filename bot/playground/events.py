"""The events about messages, and about what people do with an app."""

import re
from typing import TYPE_CHECKING

from bot.playground import composing, payloads
from bot.playground.audience import HISTORY_SCOPES, tell_room, tell_team
from bot.playground.nouns import App, Channel, Json, Message, User, View

if TYPE_CHECKING:
    from bot.playground.state import Playground

_MESSAGE_EVENTS = {"im": "message.im", "group": "message.groups", "channel": "message.channels"}


def message_posted(playground: "Playground", message: Message) -> None:
    room = playground.channels[message.channel]
    event = payloads.message(playground, message) | _place(room, message.ts)
    if message.subtype is None and message.text and "blocks" not in event:
        event["blocks"] = [composing.rich_text(message.text, playground.ids.secret(5))]
    _message_event(playground, room, event)
    _mentions(playground, room, message, event)


def message_changed(playground: "Playground", message: Message, previous: Json) -> None:
    room = playground.channels[message.channel]
    event: Json = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "ts": playground.ids.ts(),
        "message": payloads.message(playground, message),
        "previous_message": previous,
    }
    _message_event(playground, room, event | _place(room, event["ts"]))


def message_deleted(playground: "Playground", message: Message, previous: Json) -> None:
    room = playground.channels[message.channel]
    event: Json = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "ts": playground.ids.ts(),
        "deleted_ts": message.ts,
        "previous_message": previous,
    }
    _message_event(playground, room, event | _place(room, event["ts"]))


def reaction_changed(
    playground: "Playground", message: Message, name: str, user_id: str, *, added: bool
) -> None:
    room = playground.channels[message.channel]
    kind = "reaction_added" if added else "reaction_removed"
    event = {
        "type": kind,
        "user": user_id,
        "reaction": name,
        "item": {"type": "message", "channel": room.id, "ts": message.ts},
        "item_user": message.user,
        "event_ts": playground.ids.ts(),
    }
    tell_room(playground, room, kind, event, scope="reactions:read")


def home_opened(
    playground: "Playground", app: App, user: User, channel: Channel, tab: str, home: View | None
) -> None:
    event: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": channel.id,
        "tab": tab,
        "event_ts": playground.ids.ts(),
    }
    if tab == "home" and home is not None:
        event["view"] = payloads.view(playground, home)
    tell_team(playground, user.workspace_id, "app_home_opened", event, only=app)


def session_stopped(playground: "Playground", message: Message, user_id: str) -> None:
    if message.app_id is None:
        raise ValueError("Only an app's message is streamed.")
    room = playground.channels[message.channel]
    event = {
        "type": "agent_session_stopped",
        "channel": room.id,
        "thread_ts": message.thread_ts,
        "user": user_id,
        "streaming_message_ts": [message.ts],
        "event_ts": playground.ids.ts(),
    }
    tell_room(playground, room, "agent_session_stopped", event, only=playground.author(message))


def _place(room: Channel, ts: str) -> Json:
    return {"channel": room.id, "channel_type": room.type, "event_ts": ts}


def _message_event(playground: "Playground", room: Channel, event: Json) -> None:
    tell_room(playground, room, _MESSAGE_EVENTS[room.type], event, scope=HISTORY_SCOPES[room.type])


def _mentions(playground: "Playground", room: Channel, message: Message, event: Json) -> None:
    if room.is_im or message.subtype not in (None, "thread_broadcast"):
        return
    mentioned = set(re.findall(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>", message.text))
    mention = {key: value for key, value in event.items() if key != "channel_type"}
    mention["type"] = "app_mention"
    for bot_id in sorted(mentioned & room.members):
        bot = playground.users[bot_id]
        if bot.app_id and bot.app_id != message.app_id:
            only = playground.apps[bot.app_id].installations[bot.workspace_id]
            tell_room(playground, room, "app_mention", mention, scope="app_mentions:read", only=only)
