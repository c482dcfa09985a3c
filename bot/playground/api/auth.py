"""auth.*, api.test, apps.connections.open, team.info, bots.info."""

from bot.playground import payloads
from bot.playground.api.call import Call, Method, Refusal
from bot.playground.nouns import Json


def test(call: Call) -> Json:
    enterprise = call.workspace.enterprise
    return {
        "url": f"https://{call.workspace.domain}.slack.com/",
        "team": call.workspace.name,
        "user": call.bot_user.name,
        "team_id": call.workspace.id,
        "user_id": call.bot_user.id,
        "bot_id": call.bot.bot_id,
        "is_enterprise_install": call.workspace.is_org_wide,
        **({"enterprise_id": enterprise["id"]} if enterprise else {}),
    }


def revoke(call: Call) -> Json:
    if call.flag("test"):
        return {"revoked": False}
    call.playground.revoke_token(call.app, call.workspace.id)
    return {"revoked": True}


def api_test(call: Call) -> Json:
    arguments = {key: value for key, value in call.arguments.items() if key != "token"}
    error = call.optional("error")
    if error:
        raise Refusal(error, args=arguments)
    return {"args": arguments}


def open_connection(call: Call) -> Json:
    origin = call.playground.origin.replace("http", "ws", 1)
    ticket = call.playground.sockets.ticket(call.app)
    return {"url": f"{origin}/link/?ticket={ticket}&app_id={call.app.id}"}


def team_info(call: Call) -> Json:
    wanted = call.optional("team")
    if wanted not in (None, call.workspace.id):
        raise Refusal("team_not_found")
    return {"team": payloads.team(call.workspace)}


def bot_info(call: Call) -> Json:
    wanted = call.optional("bot") or call.bot.bot_id
    for user in call.playground.users_of(call.workspace.id):
        if user.bot_id == wanted:
            name = user.real_name
            return {
                "bot": {
                    "id": wanted,
                    "deleted": user.deleted,
                    "name": name,
                    "updated": 0,
                    "app_id": user.app_id,
                    "user_id": user.id,
                    "icons": {},
                }
            }
    raise Refusal("bot_not_found")


METHODS = {
    "api.test": Method(answer=api_test, token="none", tier=4),
    "auth.test": Method(answer=test, tier=None),
    "auth.revoke": Method(answer=revoke),
    "apps.connections.open": Method(answer=open_connection, token="app"),
    "team.info": Method(answer=team_info, scopes=("team:read",)),
    "bots.info": Method(answer=bot_info, scopes=("users:read",)),
}
