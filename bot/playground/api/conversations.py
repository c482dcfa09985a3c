"""conversations.*"""

from bot.playground import payloads
from bot.playground.api import paging
from bot.playground.api.call import Call, Method, Refusal
from bot.playground.nouns import Channel, Json, Message

_KINDS = {"channel": "public_channel", "group": "private_channel", "im": "im"}
_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_PREFIXES = {"channel": "channels", "group": "groups", "im": "im"}


def open_dm(call: Call) -> Json:
    if call.optional("channel"):
        return {"channel": payloads.channel(call.joined_room(), call.bot)}
    users = [each.strip() for each in call.text("users").split(",") if each.strip()]
    if len(users) != 1:
        raise Refusal("method_not_supported_for_channel_type")
    user = call.user_by_id(users[0])
    if user.is_bot:
        raise Refusal("cannot_dm_bot")
    if user.deleted:
        raise Refusal("user_disabled")
    room = call.playground.dm(call.workspace.id, user.id, call.bot.bot_user_id)
    shown = payloads.channel(room, call.bot) if call.flag("return_im") else {"id": room.id}
    return {"channel": shown}


def info(call: Call) -> Json:
    room = call.room()
    _require(call, room, "read")
    return {"channel": payloads.channel(room, call.bot)}


def list_all(call: Call) -> Json:
    rooms = [room for room in call.playground.channels_of(call.workspace.id) if call.knows(room)]
    return listed(call, rooms)


def history(call: Call) -> Json:
    room = call.joined_room()
    _require(call, room, "history")
    found = [each for each in _visible(call, room) if not each.is_reply or each.is_broadcast]
    return _messages(call, list(reversed(_between(call, found))))


def replies(call: Call) -> Json:
    room = call.joined_room()
    _require(call, room, "history")
    ts = call.text("ts")
    message = call.playground.message(room.id, ts)
    thread_ts = message.thread_ts or ts if message else ts
    root, thread = (
        call.playground.messages[room.id].get(thread_ts),
        call.playground.replies(room.id, thread_ts),
    )
    if root is None or not _is_left(call, room, root):
        raise Refusal("thread_not_found")
    return _messages(call, [root, *_between(call, thread)])


def members(call: Call) -> Json:
    room = call.room()
    _require(call, room, "read")
    found, cursor = paging.page(call, sorted(room.members))
    return {"members": found, "response_metadata": {"next_cursor": cursor}}


def join(call: Call) -> Json:
    room = call.room()
    if room.is_im or room.is_private:
        raise Refusal("method_not_supported_for_channel_type")
    if room.is_archived:
        raise Refusal("is_archived")
    call.playground.join(room.id, call.bot.bot_user_id)
    return {"channel": payloads.channel(room, call.bot)}


def leave(call: Call) -> Json:
    room = call.room()
    if call.bot.bot_user_id not in room.members:
        return {"not_in_channel": True}
    call.playground.leave(room.id, call.bot.bot_user_id)
    return {}


def listed(call: Call, rooms: list[Channel]) -> Json:
    """A page of the rooms that are of the asked types."""
    types = {each.strip() for each in (call.optional("types") or "public_channel").split(",")}
    if not types <= {*_KINDS.values(), "mpim"}:
        raise Refusal("invalid_types")
    for kind, type in _KINDS.items():
        if type in types:
            call.require(f"{_PREFIXES[kind]}:read")
    is_wanted = not call.flag("exclude_archived")
    fitting = [room for room in rooms if _KINDS[room.type] in types and (is_wanted or not room.is_archived)]
    found, cursor = paging.page(call, fitting)
    shown = [payloads.channel(room, call.bot) for room in found]
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def _require(call: Call, room: Channel, what: str) -> None:
    call.require(f"{_PREFIXES[room.type]}:{what}")


def _visible(call: Call, room: Channel) -> list[Message]:
    found = call.playground.messages[room.id].values()
    return [each for each in found if not each.ephemeral_to and _is_left(call, room, each)]


def _is_left(call: Call, room: Channel, message: Message) -> bool:
    """Of a deleted root whose replies go on, a tombstone is left."""
    is_root = message.deleted and not message.is_reply
    return not message.deleted or (is_root and bool(call.playground.replies(room.id, message.ts)))


def _between(call: Call, found: list[Message]) -> list[Message]:
    oldest, latest = _bound(call, "oldest", 0.0), _bound(call, "latest", float("inf"))
    if call.flag("inclusive"):
        return [each for each in found if oldest <= float(each.ts) <= latest]
    return [each for each in found if oldest < float(each.ts) < latest]


def _bound(call: Call, name: str, default: float) -> float:
    value = call.optional(name)
    try:
        return default if value is None else float(value)
    except ValueError:
        raise Refusal(f"invalid_ts_{name}") from None


def _messages(call: Call, ordered: list[Message]) -> Json:
    found, cursor = paging.page(call, ordered)
    with_metadata = call.flag("include_all_metadata")
    shown = [
        payloads.message(call.playground, each, with_metadata=with_metadata)
        | payloads.stranger(call.playground, each.user, call.workspace.id)
        for each in found
    ]
    answer: Json = {"messages": shown, "has_more": bool(cursor), "pin_count": 0}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


METHODS = {
    "conversations.open": Method(answer=open_dm, scopes=("im:write", "mpim:write")),
    "conversations.info": Method(answer=info, scopes=_READ),
    "conversations.list": Method(answer=list_all, scopes=_READ, tier=2),
    "conversations.history": Method(answer=history, scopes=_HISTORY),
    "conversations.replies": Method(answer=replies, scopes=_HISTORY),
    "conversations.members": Method(answer=members, scopes=_READ, tier=4),
    "conversations.join": Method(answer=join, scopes=("channels:join",)),
    "conversations.leave": Method(answer=leave, scopes=("channels:manage", "groups:write")),
}
