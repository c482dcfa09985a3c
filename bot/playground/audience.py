"""Who hears of an event, and the envelope in which each of them gets it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.playground import payloads
from bot.playground.nouns import App, Channel, Installation, Json

if TYPE_CHECKING:
    from bot.playground.state import Playground

HISTORY_SCOPES = {"im": "im:history", "group": "groups:history", "channel": "channels:history"}
READ_SCOPES = {"im": "im:read", "group": "groups:read", "channel": "channels:read"}

#: an event, or what it is for this installation
Event = Json | Callable[[Installation], Json]


def tell_room(
    playground: "Playground",
    room: Channel,
    subscription: str,
    event: Json,
    *,
    scope: str | None = None,
    only: Installation | None = None,
) -> None:
    """To each app whose bot is in the room; once, also where it is in there from several workspaces."""
    told: set[str] = set()
    for team in room.teams:
        for app, installation in playground.installations_in(team):
            is_there = installation.bot_user_id in room.members
            if is_there and app.id not in told and (only is None or only is installation):
                told.add(app.id)
                _deliver(playground, app, installation, subscription, event, scope=scope, room=room)


def tell_team(
    playground: "Playground",
    workspace_id: str,
    subscription: str,
    event: Event,
    *,
    scope: str | None = None,
    only: App | None = None,
) -> None:
    """To each app in the workspace."""
    for app, installation in playground.installations_in(workspace_id):
        if only in (None, app):
            _deliver(playground, app, installation, subscription, event, scope=scope)


def _deliver(
    playground: "Playground",
    app: App,
    installation: Installation,
    subscription: str,
    event: Event,
    *,
    scope: str | None,
    room: Channel | None = None,
) -> None:
    """Unless the app does not subscribe to the event or lacks the scope for it."""
    may_see = scope is None or scope in installation.scopes
    if subscription not in app.events or not may_see:
        return
    event = event(installation) if callable(event) else event
    if room is not None and room.connected:
        event = _as_seen(playground, installation, event)
    playground.sockets.deliver(app, _callback(playground, installation, event, room))


def _as_seen(playground: "Playground", installation: Installation, event: Json) -> Json:
    """What an app in a Slack Connect channel is told beside about somebody from another workspace."""
    if event["type"] not in ("message", "app_mention"):
        return event
    strange = payloads.stranger(playground, event.get("user"), installation.workspace_id)
    team = {"team": installation.workspace_id} if event["type"] == "app_mention" else {}
    return event | team | strange


def _callback(
    playground: "Playground", installation: Installation, event: Json, room: Channel | None
) -> Json:
    workspace = playground.workspaces[installation.workspace_id]
    enterprise_id = workspace.enterprise["id"] if workspace.enterprise else None
    team, context_team = _teams(installation, event, room)
    return {
        "token": "playground",
        "team_id": team,
        "context_team_id": context_team,
        "context_enterprise_id": None,
        "api_app_id": installation.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": playground.ids.new("Ev", 10),
        "event_time": int(playground.now()),
        "authorizations": [
            {
                "enterprise_id": enterprise_id,
                "team_id": workspace.id,
                "user_id": installation.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": workspace.is_org_wide,
            }
        ],
        "is_ext_shared_channel": room is not None and room.is_ext_shared,
        "event_context": f"4-{playground.ids.secret(40)}",
    }


def _teams(installation: Installation, event: Json, room: Channel | None) -> tuple[str, str]:
    """`team_id` and `context_team_id`.

    In a Slack Connect channel neither says where the app is installed, only `authorizations` does:
    `team_id` is the author's for a message and the host's for what happens to the channel.
    """
    here = installation.workspace_id
    if room is None or not room.connected or event["type"] == "app_mention":
        return here, here
    if event["type"] == "message":
        return event.get("team", room.workspace_id), room.workspace_id
    return room.workspace_id, here
