"""Cases of Slack's events: what is said, and what becomes of channels and people."""

from collections.abc import Callable
from typing import Any

from tests.leaks.acts import (
    Value,
    at_home,
    elsewhere,
    happens,
    in_rooms,
    says_the_same,
    slug,
)
from tests.leaks.cells import INSIDERS, READERS, Attempt, Door, foreign
from tests.leaks.house import House
from tests.leaks.planting import THREAD

QUESTION = "What is going on?"


def mentions(text: str | Value, *, thread_ts: str = "") -> Callable[[House, str, str], Any]:
    async def act(house: House, who: str, room: str) -> None:
        said = text if isinstance(text, str) else text(house, who)
        await house.hands(who).say(said, room, type="app_mention", thread_ts=thread_ts)

    return act


def writes(text: str | Value) -> Callable[[House, str, str], Any]:
    """A direct message."""

    async def act(house: House, who: str, room: str) -> None:
        said = text if isinstance(text, str) else text(house, who)
        await house.hands(who).say(said, house.hands(who).dm)

    return act


async def replies(house: House, who: str, room: str) -> None:
    """Into a thread that is another's conversation with Houston, without a mention."""
    await house.hands(who).say("And then?", room, thread_ts=THREAD)


def _naming(_: House, who: str) -> str:
    return f"--client {slug(foreign(who))} {QUESTION}"


def _room(whose: str) -> Value:
    if whose == "own":
        return lambda house, who: house.hands(who).room
    return lambda house, who: house.town.rooms[f"room_{foreign(who)}"].id


def _of_channel(type: str, *, named: bool = False) -> Door:
    """A channel's fate: that of one which nobody needs, and of another workspace's."""

    def channel(room: Value) -> Value:
        if not named:
            return room
        return lambda house, who: {
            "id": room(house, who),
            "name": house.town.playground.channels[room(house, who)].name,
        }

    def gone(*_: object) -> Any:
        return {"id": "C0GONE", "name": "gone"} if named else "C0GONE"

    return Door(
        name=f"event {type}",
        attempts=(
            Attempt(
                name="an unknown channel's",
                make=happens(type=type, channel=gone),
                who=("agency admin", "client A's admin"),
                answers=False,
            ),
            Attempt(
                name="another's",
                make=happens(type=type, channel=channel(_room("another"))),
                answers=False,
                who=INSIDERS[3:],
            ),
        ),
    )


def _joining(type: str) -> Door:
    def event(user: Value, room: Value) -> Attempt:
        named = "Houston" if user is _bot else "somebody"
        whose = "their channel" if room is _OWN else "another's channel"
        make = happens(type=type, user=user, channel=room, channel_type="C", inviter=_user)
        return Attempt(name=f"{named} in {whose}", make=make, answers=False)

    return Door(
        name=f"event {type}",
        attempts=(event(_user, _OWN), event(_user, _ANOTHER))
        if type == "member_left_channel"
        else (event(_bot, _OWN), event(_user, _OWN), event(_bot, _ANOTHER)),
    )


def _user(house: House, who: str) -> str:
    return house.hands(who).user_id


def _bot(house: House, who: str) -> str:
    return house.hands(who).bot


_OWN, _ANOTHER = _room("own"), _room("another")

HAPPENINGS = (
    Door(
        name="event app_mention",
        attempts=(
            Attempt(name="honest", make=at_home(mentions(QUESTION)), shows=tuple(READERS)),
            *in_rooms("honest", mentions(QUESTION)),
            elsewhere("forged", mentions(QUESTION), answers=False),
            Attempt(name="another's --client", make=at_home(mentions(_naming))),
            says_the_same(
                "--client of none and of another", lambda name: mentions(f"--client {name} {QUESTION}")
            ),
            Attempt(name="where others asked", make=at_home(mentions("And then?", thread_ts=THREAD))),
            Attempt(name="nothing", make=at_home(mentions(""))),
        ),
    ),
    Door(
        name="event message",
        attempts=(
            Attempt(name="a direct message", make=at_home(writes(QUESTION)), shows=tuple(READERS)),
            Attempt(name="another's --client", make=at_home(writes(_naming))),
            says_the_same(
                "--client of none and of another", lambda name: writes(f"--client {name} {QUESTION}")
            ),
            Attempt(name="into another's thread", make=at_home(replies), answers=False),
        ),
    ),
    Door(
        name="event agent_session_stopped",
        attempts=(
            Attempt(
                name="another's thread",
                make=happens(type="agent_session_stopped", channel=_ANOTHER, thread_ts=THREAD, user=_user),
                answers=False,
            ),
        ),
    ),
    _joining("member_joined_channel"),
    _joining("member_left_channel"),
    *(
        _of_channel(type, named=type.endswith("rename"))
        for type in (
            "channel_rename",
            "group_rename",
            "channel_archive",
            "group_archive",
            "channel_unarchive",
            "group_unarchive",
            "channel_left",
            "group_left",
            "channel_deleted",
            "group_deleted",
        )
    ),
    Door(
        name="event .*",
        attempts=(
            Attempt(name="one that nobody needs", make=happens(type="team_rename", name="x"), answers=False),
        ),
    ),
)
