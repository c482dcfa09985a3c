"""The events about a channel and who is in it."""

from typing import TYPE_CHECKING

from bot.playground.audience import READ_SCOPES, tell_room, tell_team
from bot.playground.nouns import Channel, Json

if TYPE_CHECKING:
    from bot.playground.state import Playground


def member_joined(playground: "Playground", room: Channel, user_id: str, inviter: str | None) -> None:
    event = _membership(playground, room, user_id, "member_joined_channel")
    if inviter:
        event["inviter"] = inviter
    _tell(playground, room, "member_joined_channel", event)


def member_left(playground: "Playground", room: Channel, user_id: str) -> None:
    """To be told while the one who leaves is still a member, so that a bot learns of its own leaving."""
    event = _membership(playground, room, user_id, "member_left_channel")
    _tell(playground, room, "member_left_channel", event)
    user = playground.users[user_id]
    if user.app_id:
        kind = "group_left" if room.is_private else "channel_left"
        left = {"type": kind, "channel": room.id, "actor_id": user_id, "event_ts": playground.ids.ts()}
        app = playground.apps[user.app_id]
        tell_team(playground, user.workspace_id, kind, left, scope=READ_SCOPES[room.type], only=app)


def renamed(playground: "Playground", room: Channel) -> None:
    kind = "group_rename" if room.is_private else "channel_rename"
    channel = {"id": room.id, "name": room.name, "name_normalized": room.name, "created": room.created}
    _tell(playground, room, kind, {"type": kind, "channel": channel, "event_ts": playground.ids.ts()})


def archived(playground: "Playground", room: Channel, by: str) -> None:
    noun = "group" if room.is_private else "channel"
    kind = f"{noun}_archive" if room.is_archived else f"{noun}_unarchive"
    event = {"type": kind, "channel": room.id, "user": by, "event_ts": playground.ids.ts()}
    _tell(playground, room, kind, event)


def shared(playground: "Playground", room: Channel, team: str) -> None:
    event: Json = {
        "type": "channel_shared",
        "connected_team_id": team,
        "channel": room.id,
        "event_ts": playground.ids.ts(),
    }
    _tell(playground, room, "channel_shared", event)


def unshared(playground: "Playground", room: Channel, team: str) -> None:
    event: Json = {
        "type": "channel_unshared",
        "previously_connected_team_id": team,
        "channel": room.id,
        "is_ext_shared": room.is_ext_shared,
        "event_ts": playground.ids.ts(),
    }
    _tell(playground, room, "channel_unshared", event)


def _membership(playground: "Playground", room: Channel, user_id: str, kind: str) -> Json:
    return {
        "type": kind,
        "user": user_id,
        "channel": room.id,
        "channel_type": "G" if room.is_private else "C",
        "team": playground.users[user_id].workspace_id,
        "event_ts": playground.ids.ts(),
    }


def _tell(playground: "Playground", room: Channel, kind: str, event: Json) -> None:
    tell_room(playground, room, kind, event, scope=READ_SCOPES[room.type])
