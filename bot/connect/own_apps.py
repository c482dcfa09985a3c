"""Workspaces that somebody connects by their tokens, with a Slack app of their own."""

from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.connect.clients import with_token
from bot.connect.connection import app_id_of
from bot.refusals import FAILURES, failure
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import Invalid
from houston.team.arrivals import Installed
from store.tables import Workspace

BOT, APP = "bot_token", "app_token"


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What Slack says of a bot token. `app_id` is '' where Slack does not say."""

    team_id: str
    team_name: str
    bot_id: str
    user_id: str
    app_id: str
    scopes: str


async def add(
    houston: Houston,
    plain: AsyncWebClient,
    actor: Actor,
    *,
    bot_token: str,
    app_token: str,
    client: str | None = None,
) -> Workspace:
    """Check both tokens with Slack and keep them: for the agency, or the client of this slug.

    Raises Invalid naming `bot_token` or `app_token`, NotFound, NotAllowed, InstallRefused.
    """
    actor.demand_agency("connect workspaces")
    found = await houston.clients.find(actor.scope, client) if client else None
    bot_token, app_token = bot_token.strip(), app_token.strip()
    _check_kinds(bot_token, app_token)
    identity = await _checked_bot(with_token(plain, bot_token))
    await _check_app(plain, app_token, identity)
    installed = Installed(
        team_id=identity.team_id,
        team_name=identity.team_name,
        app_id=app_id_of(app_token) or identity.app_id,
        bot_id=identity.bot_id,
        bot_user_id=identity.user_id,
        installed_by=actor.user_id if actor.scope.workspace_id == identity.team_id else "",
        scopes=identity.scopes,
        bot_token=bot_token,
        app_token=app_token,
    )
    return await houston.onboarding.add(actor, installed, found)


def _check_kinds(bot_token: str, app_token: str) -> None:
    if bot_token.startswith("xoxe"):
        raise Invalid(
            BOT,
            "This token expires and Houston could not renew it: switch token rotation off in that Slack app, "
            "or connect the workspace by Add to Slack.",
        )
    if not bot_token.startswith("xoxb-"):
        raise Invalid(BOT, "A bot token begins with xoxb-: Slack app settings, OAuth & Permissions.")
    if not app_token.startswith("xapp-"):
        raise Invalid(
            APP, "An app token begins with xapp-: Slack app settings, Basic Information, App-Level Tokens."
        )


async def _checked_bot(client: AsyncWebClient) -> Identity:
    try:
        answer = await client.auth_test()
        if answer.get("is_enterprise_install") or not answer.get("team_id"):
            raise Invalid(BOT, "This token is for a whole organization: install the app in one workspace.")
        if not answer.get("bot_id"):
            raise Invalid(BOT, "This is a person's token; Houston needs the bot's.")
        return Identity(
            team_id=answer["team_id"],
            team_name=answer["team"],
            bot_id=answer["bot_id"],
            user_id=answer["user_id"],
            app_id=await _app_id(client, answer["bot_id"]),
            scopes=answer.headers.get("x-oauth-scopes", ""),
        )
    except FAILURES as error:
        raise Invalid(BOT, f"Slack does not take the bot token. {_why(error)}") from error


async def _app_id(client: AsyncWebClient, bot_id: str) -> str:
    """'' where the token may not ask, or Slack does not say."""
    try:
        return str((await client.bots_info(bot=bot_id))["bot"].get("app_id") or "")
    except SlackApiError:
        return ""


async def _check_app(plain: AsyncWebClient, app_token: str, identity: Identity) -> None:
    named = app_id_of(app_token)
    if named and identity.app_id and named != identity.app_id:
        raise Invalid(
            APP, "The two tokens belong to different Slack apps: take both from the settings of the same app."
        )
    try:
        await plain.apps_connections_open(app_token=app_token)
    except FAILURES as error:
        mend = "It needs the scope connections:write, and Socket Mode switched on in that app."
        raise Invalid(APP, f"Slack does not take the app token. {_why(error)} {mend}") from error


def _why(error: Exception) -> str:
    """Without what the general words say of SLACK_BOT_TOKEN, which is another token."""
    return failure(error).message.split(" Reinstall the Houston app")[0]
