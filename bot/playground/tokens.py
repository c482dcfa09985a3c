"""Bot tokens: given out, renewed, found again and refused."""

from typing import TYPE_CHECKING, Literal

from bot.playground.nouns import App, BotToken, Installation

if TYPE_CHECKING:
    from bot.playground.state import Playground


def issue(playground: "Playground", app: App, installation: Installation) -> None:
    """A new access token, which becomes the installation's. Older ones stay good until they run out.

    With token rotation a new refresh token comes with it and the one before is no longer taken, as
    Slack's guide to token rotation has it ("the refresh token is then revoked").
    """
    expires_at = None
    if app.rotates_tokens:
        expires_at = playground.now() + playground.timings.token_life
        installation.token = playground.ids.expiring_bot_token()
        installation.refresh_token = playground.ids.refresh_token()
    else:
        installation.token = playground.ids.bot_token()
    app.tokens[installation.token] = BotToken(workspace_id=installation.workspace_id, expires_at=expires_at)


def refresh(playground: "Playground", app: App, refresh_token: str) -> Installation | None:
    """The installation with its new pair of tokens; None where the refresh token is not good."""
    for installation in app.installations.values():
        if refresh_token == installation.refresh_token and not installation.refused_with:
            issue(playground, app, installation)
            return installation
    return None


def refuse(
    app: App, installation: Installation, refused_with: Literal["account_inactive", "token_revoked"]
) -> None:
    """From now on every token of the installation is refused with this error."""
    installation.refused_with = refused_with
    installation.refresh_token = None
    for token in app.tokens.values():
        if token.workspace_id == installation.workspace_id and token.refused_with is None:
            token.refused_with = refused_with


def find(playground: "Playground", token: str) -> tuple[App, BotToken] | None:
    """Whose bot token it is, good or not."""
    for app in playground.apps.values():
        if token in app.tokens:
            return app, app.tokens[token]
    return None
