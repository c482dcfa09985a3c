"""Cases of people, of channels that others share, and of answers that somebody shares."""

import json
import re
from collections.abc import Callable
from typing import Any

from bot.playground import payloads
from tests.leaks.acts import (
    Value,
    at_home,
    elsewhere,
    happens,
    in_rooms,
    picked_many,
    presses,
    presses_home,
    presses_modal,
    rows,
    slug,
    submits,
    suggests,
)
from tests.leaks.cells import ADMINS, EVERYBODY, FORGERS, INSIDERS, READERS, Attempt, Door, foreign
from tests.leaks.happenings import mentions
from tests.leaks.house import House
from tests.leaks.rows import SPARE

SHARE = re.compile(
    r'"action_id": "share_answer\w*"[^{}]*?"value": "(\d+)"|"value": "(\d+)"[^{}]*?"action_id": "share_answer'
)
PLAIN = tuple(who for who in EVERYBODY if who not in ADMINS)


def _spare(*_: object) -> str:
    """Somebody in every workspace whom no attempt needs."""
    return SPARE


def _stranger_here(house: House, who: str) -> str:
    """A person of another client's workspace."""
    return house.town.users[f"client {foreign(who).upper()}'s member"].id


def _on_people(action_id: str, value: Value, **more: Any) -> Callable[..., Any]:
    return presses_modal(
        action_id,
        value,
        callback_id="people",
        values=lambda *_: {"none": {"none": {"type": "plain_text_input", "value": ""}}},
        metadata='{"page": 0}',
        **more,
    )


def _of_somebody(action_id: str) -> Door:
    return Door(
        name=f"action {action_id}",
        attempts=(
            Attempt(name="of somebody there", make=_on_people(action_id, _spare)),
            Attempt(name="another's person", make=_on_people(action_id, _stranger_here)),
            Attempt(name="of nobody", make=_on_people(action_id, lambda *_: "U0NEVER")),
            Attempt(
                name="of themselves",
                make=_on_people(action_id, lambda house, who: house.hands(who).user_id),
                who=PLAIN,
            ),
        ),
    )


def _list_of(user: Value) -> Value:
    return lambda house, who: json.dumps({"page": 0, "user": user(house, who)})


def _clients(whose: Callable[[str], str]) -> Value:
    def values(house: House, who: str) -> dict[str, Any]:
        return {"member_clients": {"member_clients": picked_many([rows(house, whose(who)).client_id])}}

    return values


def _every(*_: object) -> dict[str, Any]:
    return {"member_clients": {"member_clients": picked_many(["all"])}}


def _myself(house: House, who: str) -> str:
    return house.hands(who).user_id


async def _asks_and_shares(house: House, who: str, room: str) -> None:
    """Asks where not everybody may read the answer, then presses the button under it."""
    start = len(house.town.watch.sent)
    await mentions("What is going on?")(house, who, room)
    await house.settle()
    found = [SHARE.search(each.content) for each in house.town.watch.sent[start:]]
    turn = next((match[1] or match[2] for match in found if match), "0")
    await house.hands(who).press("share_answer", turn, room=room)


def _shared(type: str) -> Door:
    return Door(
        name=f"event {type}",
        attempts=(
            *(
                Attempt(
                    name=f"of {room}",
                    make=happens(type=type, channel=_of_room(room), connected_team_id="T0OTHER"),
                    who=("agency admin",),
                    answers=False,
                )
                for room in ("partners", "lounge", "open")
            ),
            Attempt(name="of none", make=happens(type=type, channel="C0GONE"), answers=False),
            Attempt(name="another's channel", make=happens(type=type, channel=_their_room), answers=False),
        ),
    )


def _of_room(name: str) -> Value:
    return lambda house, _: house.town.rooms[name].id


def _their_room(house: House, who: str) -> str:
    return house.town.rooms[f"room_{foreign(who)}"].id


def _approval(action_id: str, harmless: str) -> Door:
    """An admin of the workspace may; for all others it is forged."""
    return Door(
        name=f"action {action_id}",
        attempts=(
            Attempt(
                name=f"of {harmless}",
                make=at_home(presses(action_id, _of_room(harmless))),
                who=("agency admin",),
            ),
            Attempt(
                name="of an open channel", make=at_home(presses(action_id, _of_room("open"))), who=FORGERS
            ),
            Attempt(
                name="by a member", make=at_home(presses(action_id, _of_room("open"))), who=("agency member",)
            ),
            Attempt(
                name="another's channel", make=at_home(presses(action_id, _their_room)), who=INSIDERS[3:]
            ),
            elsewhere("of an open channel", presses(action_id, _of_room("open")), who=FORGERS),
            Attempt(name="of none", make=at_home(presses(action_id, "C0GONE"))),
        ),
    )


def _as_slack_says(house: House, who: str) -> dict[str, Any]:
    playground = house.town.playground
    return payloads.user(house.town.users[who], playground.now(), with_email=True)


KNOWN = tuple(who for who in EVERYBODY if who not in ("stranger", "unknown user"))

PEOPLE = (
    Door(
        name="action home_people",
        attempts=(
            Attempt(name="on the home", make=presses_home("home_people")),
            Attempt(name="in a message", make=at_home(presses("home_people"))),
        ),
    ),
    *(_of_somebody(action) for action in ("make_admin", "make_member", "choose_clients")),
    *(
        Door(
            name=f"action people_{way}",
            attempts=tuple(
                Attempt(name=f"to {page}", make=_on_people(f"people_{way}", lambda *_, page=page: page))
                for page in ("0", "99", "zqx")
            ),
        )
        for way in ("previous", "next")
    ),
    Door(
        name="options member_clients",
        attempts=(
            Attempt(name="everything", make=suggests("member_clients", ""), shows=("agency admin",)),
            Attempt(
                name="another's slug", make=suggests("member_clients", lambda _, who: slug(foreign(who)))
            ),
        ),
    ),
    Door(
        name="view member_clients_form",
        attempts=(
            Attempt(
                name="another's client for somebody",
                make=submits("member_clients_form", _clients(foreign), metadata=_list_of(_spare)),
                answers=False,
            ),
            Attempt(
                name="all for themselves",
                make=submits("member_clients_form", _every, metadata=_list_of(_myself)),
                who=PLAIN,
            ),
            Attempt(
                name="another's for themselves",
                make=submits("member_clients_form", _clients(foreign), metadata=_list_of(_myself)),
                who=PLAIN,
            ),
            Attempt(
                name="another's person",
                make=submits("member_clients_form", _every, metadata=_list_of(_stranger_here)),
            ),
        ),
    ),
    *(_shared(type) for type in ("channel_shared", "channel_unshared")),
    _approval("approve_channel", "partners"),
    _approval("refuse_channel", "open"),
    *(
        Door(
            name=f"event {type}",
            attempts=(
                Attempt(
                    name="as they are", make=happens(type=type, user=_as_slack_says), who=KNOWN, answers=False
                ),
            ),
        )
        for type in ("user_change", "team_join")
    ),
    Door(
        name="action share_answer",
        attempts=(
            Attempt(
                name="their own answer", make=at_home(_asks_and_shares), who=tuple(READERS), is_shared=True
            ),
            *in_rooms("their own answer", _asks_and_shares, is_shared=True),
            Attempt(
                name="another's answer",
                make=at_home(
                    presses("share_answer", lambda house, who: rows(house, foreign(who)).ids["turn"])
                ),
            ),
            Attempt(
                name="the agency's answer",
                make=at_home(presses("share_answer", lambda house, _: rows(house, "g").ids["turn"])),
            ),
            elsewhere(
                "another's answer",
                presses("share_answer", lambda house, who: rows(house, foreign(who)).ids["turn"]),
            ),
            Attempt(name="no answer", make=at_home(presses("share_answer", "4711"))),
        ),
    ),
)
