"""The events that apps subscribe to. Each goes to the apps that asked for it and may see it."""

import re
from typing import TYPE_CHECKING

from bot.playground import composing, payloads
from bot.playground.nouns import App, Channel, Installation, Json, Message, User, View

if TYPE_CHECKING:
    from bot.playground.state import Playground

_HISTORY_SCOPES = {"im": "im:history", "group": "groups:history", "channel": "channels:history"}
_READ_SCOPES = {"im": "im:read", "group": "groups:read", "channel": "channels:read"}
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
    _send(playground, room.workspace_id, kind, event, scope="reactions:read", room=room)


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
    _send(playground, user.workspace_id, "app_home_opened", event, only=app)


def member_joined(playground: "Playground", room: Channel, user_id: str, inviter: str | None) -> None:
    event = _membership(playground, room, user_id, "member_joined_channel")
    if inviter:
        event["inviter"] = inviter
    scope = _READ_SCOPES[room.type]
    _send(playground, room.workspace_id, "member_joined_channel", event, scope=scope, room=room)


def member_left(playground: "Playground", room: Channel, user_id: str) -> None:
    """To be told while the one who leaves is still a member, so that a bot learns of its own leaving."""
    event = _membership(playground, room, user_id, "member_left_channel")
    scope = _READ_SCOPES[room.type]
    _send(playground, room.workspace_id, "member_left_channel", event, scope=scope, room=room)
    user = playground.users[user_id]
    if user.app_id:
        kind = "group_left" if room.is_private else "channel_left"
        left = {"type": kind, "channel": room.id, "actor_id": user_id, "event_ts": playground.ids.ts()}
        _send(playground, room.workspace_id, kind, left, scope=scope, only=playground.apps[user.app_id])


def channel_renamed(playground: "Playground", room: Channel) -> None:
    kind = "group_rename" if room.is_private else "channel_rename"
    renamed = {"id": room.id, "name": room.name, "name_normalized": room.name, "created": room.created}
    event = {"type": kind, "channel": renamed, "event_ts": playground.ids.ts()}
    _send(playground, room.workspace_id, kind, event, scope=_READ_SCOPES[room.type], room=room)


def channel_archived(playground: "Playground", room: Channel, by: str) -> None:
    noun = "group" if room.is_private else "channel"
    kind = f"{noun}_archive" if room.is_archived else f"{noun}_unarchive"
    event = {"type": kind, "channel": room.id, "user": by, "event_ts": playground.ids.ts()}
    _send(playground, room.workspace_id, kind, event, scope=_READ_SCOPES[room.type], room=room)


def app_removed(playground: "Playground", installation: Installation) -> None:
    tokens_revoked(playground, installation)
    app = playground.apps[installation.app_id]
    event = {"type": "app_uninstalled", "event_ts": playground.ids.ts()}
    _send(playground, installation.workspace_id, "app_uninstalled", event, only=app)


def tokens_revoked(playground: "Playground", installation: Installation) -> None:
    app = playground.apps[installation.app_id]
    event = {
        "type": "tokens_revoked",
        "tokens": {"oauth": [], "bot": [installation.bot_user_id]},
        "event_ts": playground.ids.ts(),
    }
    _send(playground, installation.workspace_id, "tokens_revoked", event, only=app)


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
    app = playground.apps[message.app_id]
    _send(playground, room.workspace_id, "agent_session_stopped", event, only=app)


def _place(room: Channel, ts: str) -> Json:
    return {"channel": room.id, "channel_type": room.type, "event_ts": ts}


def _membership(playground: "Playground", room: Channel, user_id: str, kind: str) -> Json:
    return {
        "type": kind,
        "user": user_id,
        "channel": room.id,
        "channel_type": "G" if room.is_private else "C",
        "team": room.workspace_id,
        "event_ts": playground.ids.ts(),
    }


def _message_event(playground: "Playground", room: Channel, event: Json) -> None:
    scope, subscription = _HISTORY_SCOPES[room.type], _MESSAGE_EVENTS[room.type]
    _send(playground, room.workspace_id, subscription, event, scope=scope, room=room)


def _mentions(playground: "Playground", room: Channel, message: Message, event: Json) -> None:
    if room.is_im or message.subtype not in (None, "thread_broadcast"):
        return
    mentioned = set(re.findall(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>", message.text))
    for app, installation in playground.installations_in(room.workspace_id):
        if installation.bot_user_id in mentioned and message.app_id != app.id:
            mention = {key: value for key, value in event.items() if key != "channel_type"}
            mention["type"] = "app_mention"
            _send(
                playground,
                room.workspace_id,
                "app_mention",
                mention,
                scope="app_mentions:read",
                room=room,
                only=app,
            )


def _send(
    playground: "Playground",
    workspace_id: str,
    subscription: str,
    event: Json,
    *,
    scope: str | None = None,
    room: Channel | None = None,
    only: App | None = None,
) -> None:
    """To each app that subscribes to the event, has the scope, and whose bot is in the room."""
    for app, installation in playground.installations_in(workspace_id):
        may_see = scope is None or scope in installation.scopes
        is_there = room is None or installation.bot_user_id in room.members
        if subscription in app.events and may_see and is_there and only in (None, app):
            payload = _callback(playground, installation, event)
            payload["is_ext_shared_channel"] = room is not None and room.is_ext_shared
            playground.sockets.deliver(app, payload)


def _callback(playground: "Playground", installation: Installation, event: Json) -> Json:
    return {
        "token": "playground",
        "team_id": installation.workspace_id,
        "context_team_id": installation.workspace_id,
        "context_enterprise_id": None,
        "api_app_id": installation.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": playground.ids.new("Ev", 10),
        "event_time": int(playground.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": installation.workspace_id,
                "user_id": installation.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "event_context": f"4-{playground.ids.secret(40)}",
    }
