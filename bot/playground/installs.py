"""Apps put into workspaces and taken out of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.playground import team_events, tokens
from bot.playground.manifest import read_manifest
from bot.playground.nouns import App, Installation, Json, User

if TYPE_CHECKING:
    from bot.playground.state import Playground


def create_app(playground: "Playground", manifest: Json) -> App:
    parsed = read_manifest(manifest)
    app_id = playground.ids.new("A")
    app = App(
        id=app_id,
        client_id=playground.ids.client_id(),
        client_secret=playground.ids.client_secret(),
        name=parsed.name,
        app_token=playground.ids.app_token(app_id),
        description=parsed.description,
        scopes=parsed.scopes,
        redirect_urls=list(parsed.redirect_urls),
        rotates_tokens=parsed.rotates_tokens,
        events=parsed.events,
        commands=parsed.commands,
        shortcuts=parsed.shortcuts,
        suggested_prompts=parsed.suggested_prompts,
        has_home=parsed.has_home,
        has_messages=parsed.has_messages,
    )
    playground.apps[app.id] = app
    return app


def install(
    playground: "Playground", app: App, workspace_id: str, scopes: Iterable[str], *, by: str = ""
) -> Installation:
    """Puts the app in, or in again: the bot user stays, and so does a good token that never expires."""
    bot = _bot_user(playground, app, workspace_id)
    installation = app.installations.setdefault(
        workspace_id,
        Installation(app_id=app.id, workspace_id=workspace_id, bot_user_id=bot.id, bot_id=bot.bot_id or ""),
    )
    needs_token = app.rotates_tokens or not installation.token or installation.refused_with
    installation.scopes, installation.installer, installation.refused_with = set(scopes), by, None
    if needs_token:
        tokens.issue(playground, app, installation)
    playground.changes.publish("workspace", workspace_id)
    return installation


def _bot_user(playground: "Playground", app: App, workspace_id: str) -> User:
    for user in playground.users_of(workspace_id):
        if user.app_id == app.id:
            user.deleted = False
            return user
    user = playground.add_user(workspace_id, app.name.lower().replace(" ", ""), real_name=app.name)
    user.is_bot, user.app_id, user.bot_id = True, app.id, playground.ids.new("B")
    return user


def uninstall(playground: "Playground", app: App, workspace_id: str) -> None:
    installation = app.installations[workspace_id]
    team_events.app_removed(playground, installation)
    tokens.refuse(app, installation, "account_inactive")
    _retire_bot(playground, installation)


def revoke(playground: "Playground", app: App, workspace_id: str) -> None:
    """As auth.revoke: the app stays installed, its bot user is deactivated and leaves its channels."""
    installation = app.installations[workspace_id]
    team_events.tokens_revoked(playground, installation)
    tokens.refuse(app, installation, "token_revoked")
    _retire_bot(playground, installation)


def _retire_bot(playground: "Playground", installation: Installation) -> None:
    playground.users[installation.bot_user_id].deleted = True
    for channel in playground.channels_of(installation.workspace_id):
        if not channel.is_im:
            channel.members.discard(installation.bot_user_id)
    playground.changes.publish("workspace", installation.workspace_id)
