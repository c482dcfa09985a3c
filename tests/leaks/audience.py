"""Who can see what Houston sent, and what all of them may see."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.playground.nouns import Json
from tests.leaks.canaries import NOTHING, OWNERS

if TYPE_CHECKING:
    from tests.leaks.town import Town

READS = (
    "api.test",
    "apps.",
    "auth.",
    "bots.",
    "chat.delete",
    "chat.getPermalink",
    "conversations.",
    "files.",
    "oauth.",
    "reactions.",
    "team.",
    "users.",
)
"""Calls that show nothing to anybody. What is put into files is seen in the message that shows them."""

IN_CHANNEL = (
    "agents.session",
    "assistant.threads.",
    "chat.appendStream",
    "chat.postMessage",
    "chat.startStream",
    "chat.stopStream",
    "chat.update",
)
FOR_ONE = ("chat.postEphemeral", "views.publish")


@dataclass(frozen=True, kw_only=True)
class Audience:
    """`sees` is what each of them may see there. In a closed place nothing may be told at all."""

    who: tuple[str, ...]
    place: str
    sees: frozenset[str]
    is_closed: bool = False

    def __str__(self) -> str:
        return f"{' + '.join(self.who) or 'nobody'} in {self.place}"

    @classmethod
    def of_user(cls, town: "Town", user_id: str, channel_id: str | None = None) -> "Audience":
        """One person, in an open modal or as the only reader of a message in this channel."""
        who = name_of(town, user_id)
        return cls(who=(who,), place=room_of(town, channel_id) or "private", sees=sees(town, who, channel_id))

    @classmethod
    def of_channel(cls, town: "Town", channel_id: str, *, is_told: bool = False) -> "Audience":
        """Everybody in a channel. What an admin's rule tells there, the channel alone decides."""
        from tests.leaks.town import ROOMS

        if channel_id in town.playground.users:
            return cls.of_user(town, channel_id)
        channel = town.playground.channels[channel_id]
        bots = {each.bot_user_id for each in town.app.installations.values()}
        who = tuple(sorted(name_of(town, each) for each in channel.members - bots))
        room = room_of(town, channel_id)
        if room is None:
            return cls(who=who, place="a direct message", sees=_all_see(town, who, None))
        if is_told:
            return cls(who=who, place=room, sees=ROOMS[room].tells, is_closed=not ROOMS[room].tells)
        closed = ROOMS[room].is_shared and not ROOMS[room].is_approved
        return cls(who=who, place=room, sees=_all_see(town, who, channel_id), is_closed=closed)

    @classmethod
    def of_response(cls, town: "Town", path: str, body: Json) -> "Audience":
        """Whoever sees an answer by response_url: replacing a public message, everybody there."""
        grant = town.playground.grants._response_urls[path]
        original = town.playground.messages[grant.channel].get(grant.message_ts or "")
        replaces = original is not None and bool(body.get("replace_original"))
        if replaces and original is not None and original.ephemeral_to is None:
            return cls.of_channel(town, grant.channel)
        if body.get("response_type") == "in_channel":
            return cls.of_channel(town, grant.channel)
        return cls.of_user(town, grant.user_id, grant.channel)


def audience_of(town: "Town", method: str, arguments: Json, *, sharer: str = "") -> Audience | None:
    """None for calls that show nothing. Fails for one that nobody has thought of."""
    channel = str(arguments.get("channel") or arguments.get("channel_id") or "")
    if method in ("chat.postMessage", "chat.update"):
        audience = Audience.of_channel(town, channel, is_told=_is_told(town, channel, arguments))
        return replace(audience, sees=sees(town, sharer, channel)) if sharer else audience
    if method == "files.completeUploadExternal" and channel:
        return Audience.of_channel(town, channel, is_told=True)
    if method.startswith(IN_CHANNEL):
        return Audience.of_channel(town, channel)
    if method in FOR_ONE:
        return Audience.of_user(town, str(arguments.get("user") or arguments["user_id"]), channel or None)
    if method in ("views.open", "views.push"):
        trigger = town.playground.grants._triggers[str(arguments["trigger_id"])]
        return Audience.of_user(town, trigger.user_id)
    if method == "views.update":
        return Audience.of_user(town, town.playground.views[str(arguments["view_id"])].user_id)
    assert method.startswith(READS), f"{method} is called by Houston: say in audience.py who sees it"
    return None


def _is_told(town: "Town", channel: str, arguments: Json) -> bool:
    """Whether this is a message that rules sent, or the change of one."""
    changed = town.playground.messages.get(channel, {}).get(str(arguments.get("ts") or ""))
    marks = [arguments.get("metadata"), changed.metadata if changed else None]
    return "houston_delivery" in json.dumps(marks)


def is_silent(what: str) -> bool:
    """A status line holds no data, and may stand where nothing is told."""
    return what.startswith("assistant.threads.")


def sees(town: "Town", who: str, channel_id: str | None) -> frozenset[str]:
    """What this person may see here: the test's own truth, made without Houston's code."""
    from tests.leaks.town import ROLES, ROOMS

    names = frozenset("n")
    name = room_of(town, channel_id)
    room = ROOMS[name] if name else None
    if who not in ROLES:
        return names
    role = ROLES[who]
    if role.team == "outside":
        is_let_in = room is not None and room.is_approved and room.bound_to
        return names | frozenset(room.bound_to) if is_let_in and room else names
    if room is None or room.team != role.team:
        return role.sees | (names if role.team == "agency" else NOTHING)
    if room.is_shared and not room.is_approved:
        return names
    held = frozenset(room.bound_to) | frozenset("nr") if room.bound_to else OWNERS
    return (role.sees | (names if role.team == "agency" else NOTHING)) & held


def name_of(town: "Town", user_id: str) -> str:
    return next((who for who, user in town.users.items() if user.id == user_id), user_id)


def room_of(town: "Town", channel_id: str | None) -> str | None:
    return next((name for name, room in town.rooms.items() if room.id == channel_id), None)


def _all_see(town: "Town", who: Iterable[str], channel_id: str | None) -> frozenset[str]:
    seen = [sees(town, each, channel_id) for each in who]
    return frozenset.intersection(*seen) if seen else OWNERS
