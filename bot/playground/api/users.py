"""users.*"""

from bot.playground import payloads
from bot.playground.api import conversations, paging
from bot.playground.api.call import Call, Method, Refusal
from bot.playground.nouns import Json, User


def info(call: Call) -> Json:
    return {"user": _shown(call, call.known_user(call.text("user")))}


def list_all(call: Call) -> Json:
    found, cursor = paging.page(call, call.playground.users_of(call.workspace.id), default=200)
    return {
        "members": [_shown(call, user) for user in found],
        "cache_ts": int(call.playground.now()),
        "response_metadata": {"next_cursor": cursor},
    }


def by_email(call: Call) -> Json:
    wanted = call.text("email").lower()
    for user in call.playground.users_of(call.workspace.id):
        if user.email.lower() == wanted and not user.is_bot:
            return {"user": _shown(call, user)}
    raise Refusal("users_not_found")


def list_conversations(call: Call) -> Json:
    user_id = call.optional("user") or call.bot.bot_user_id
    user = call.user_by_id(user_id)
    rooms = [
        room
        for room in call.playground.channels_of(call.workspace.id)
        if user.id in room.members and call.knows(room)
    ]
    return conversations.listed(call, rooms)


def _shown(call: Call, user: User) -> Json:
    if user.workspace_id != call.workspace.id:
        return payloads.external_user(user, call.playground.now())
    with_email = "users:read.email" in call.bot.scopes
    return payloads.user(user, call.playground.now(), with_email=with_email)


METHODS = {
    "users.info": Method(answer=info, scopes=("users:read",), tier=4),
    "users.list": Method(answer=list_all, scopes=("users:read",), tier=2),
    "users.lookupByEmail": Method(answer=by_email, scopes=("users:read.email",)),
    "users.conversations": Method(
        answer=list_conversations, scopes=("channels:read", "groups:read", "im:read", "mpim:read")
    ),
}
