"""reactions.*"""

from bot.playground import messages, payloads
from bot.playground.api.call import Call, Method, Refusal
from bot.playground.nouns import Json, Message


def add(call: Call) -> Json:
    if not messages.react(call.playground, _message(call), _name(call), call.bot.bot_user_id):
        raise Refusal("already_reacted")
    return {}


def remove(call: Call) -> Json:
    if not messages.unreact(call.playground, _message(call), _name(call), call.bot.bot_user_id):
        raise Refusal("no_reaction")
    return {}


def get(call: Call) -> Json:
    message = _message(call)
    shown = payloads.message(call.playground, message)
    return {"type": "message", "channel": message.channel, "message": shown}


def _name(call: Call) -> str:
    name = (call.optional("name") or "").strip(":")
    if not name or not name.replace("_", "").replace("-", "").replace("+", "").isalnum():
        raise Refusal("invalid_name")
    return name


def _message(call: Call) -> Message:
    room = call.joined_room()
    message = call.playground.message(room.id, call.text("timestamp"))
    if message is None:
        raise Refusal("message_not_found")
    return message


METHODS = {
    "reactions.add": Method(answer=add, scopes=("reactions:write",)),
    "reactions.remove": Method(answer=remove, scopes=("reactions:write",), tier=2),
    "reactions.get": Method(answer=get, scopes=("reactions:read",)),
}
