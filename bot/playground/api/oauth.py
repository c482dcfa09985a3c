"""oauth.v2.*, apps.uninstall."""

from bot.playground import consent, installs, tokens
from bot.playground.api.call import Call, Method, Refusal, client_app
from bot.playground.nouns import Installation, Json


def access(call: Call) -> Json:
    match call.optional("grant_type"):
        case None | "authorization_code":
            return _exchange_code(call)
        case "refresh_token":
            return _refresh(call)
    raise Refusal("invalid_grant_type")


def _exchange_code(call: Call) -> Json:
    code = consent.redeem(
        call.playground, call.app, call.optional("code") or "", call.optional("redirect_uri")
    )
    if isinstance(code, str):
        raise Refusal(code)
    before = call.app.installations.get(code.workspace_id)
    # Slack adds up what was granted until the app is removed
    kept = before.scopes if before and not before.refused_with else set()
    installation = installs.install(
        call.playground, call.app, code.workspace_id, {*kept, *code.scopes}, by=code.user_id
    )
    return _answer(call, installation) | {"authed_user": {"id": code.user_id}}


def _refresh(call: Call) -> Json:
    installation = tokens.refresh(call.playground, call.app, call.optional("refresh_token") or "")
    if installation is None:
        raise Refusal("invalid_refresh_token")
    return _answer(call, installation)


def _answer(call: Call, installation: Installation) -> Json:
    workspace = call.playground.workspaces[installation.workspace_id]
    return {
        "app_id": call.app.id,
        "team": None if workspace.is_org_wide else {"id": workspace.id, "name": workspace.name},
        "enterprise": workspace.enterprise,
        "is_enterprise_install": workspace.is_org_wide,
        "token_type": "bot",
        "access_token": installation.token,
        "scope": ",".join(sorted(installation.scopes)),
        "bot_user_id": installation.bot_user_id,
        **_rotation(call, installation),
    }


def _rotation(call: Call, installation: Installation) -> Json:
    if installation.refresh_token is None:
        return {}
    life = int(call.playground.timings.token_life)
    return {"refresh_token": installation.refresh_token, "expires_in": life}


def exchange(call: Call) -> Json:
    """A token from before token rotation, for a pair that expires. The old one stays good."""
    found = call.app.tokens.get(call.text("token"))
    if found is None:
        raise Refusal("invalid_token")
    if found.problem(call.playground.now()):
        raise Refusal("authorization_not_found")
    if not call.app.rotates_tokens:
        raise Refusal("token_rotation_not_enabled")
    installation = call.app.installations[found.workspace_id]
    if installation.refresh_token is not None:
        raise Refusal("token_already_exchanged")
    tokens.issue(call.playground, call.app, installation)
    return _answer(call, installation)


def uninstall(call: Call) -> Json:
    if client_app(call.playground, call.arguments) is not call.app:
        raise Refusal("client_id_token_mismatch")
    installs.uninstall(call.playground, call.app, call.workspace.id)
    return {}


METHODS = {
    "oauth.v2.access": Method(answer=access, token="client", tier=None),
    "oauth.v2.exchange": Method(answer=exchange, token="client", tier=None),
    "apps.uninstall": Method(answer=uninstall, tier=1),
}
