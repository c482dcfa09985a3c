"""The events about a workspace: its people, and the app's own standing in it."""

from typing import TYPE_CHECKING, Literal

from bot.playground import payloads
from bot.playground.audience import tell_team
from bot.playground.nouns import Installation, Json, User

if TYPE_CHECKING:
    from bot.playground.state import Playground


def app_removed(playground: "Playground", installation: Installation) -> None:
    tokens_revoked(playground, installation)
    app = playground.apps[installation.app_id]
    event = {"type": "app_uninstalled", "event_ts": playground.ids.ts()}
    tell_team(playground, installation.workspace_id, "app_uninstalled", event, only=app)


def tokens_revoked(playground: "Playground", installation: Installation) -> None:
    app = playground.apps[installation.app_id]
    event: Json = {
        "type": "tokens_revoked",
        "tokens": {"oauth": [], "bot": [installation.bot_user_id]},
        "event_ts": playground.ids.ts(),
    }
    tell_team(playground, installation.workspace_id, "tokens_revoked", event, only=app)


def user_joined(playground: "Playground", user: User) -> None:
    _about(playground, user, "team_join")


def user_changed(playground: "Playground", user: User) -> None:
    _about(playground, user, "user_change")


def _about(playground: "Playground", user: User, kind: Literal["team_join", "user_change"]) -> None:
    now, ts = playground.now(), playground.ids.ts()

    def event(installation: Installation) -> Json:
        with_email = "users:read.email" in installation.scopes
        shown = payloads.user(user, now, with_email=with_email)
        return {"type": kind, "user": shown, "cache_ts": int(now), "event_ts": ts}

    tell_team(playground, user.workspace_id, kind, event, scope="users:read")
