"""Cases of the buttons under alerts: each names a message by its delivery, and can be forged."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.leaks.acts import (
    Value,
    at_home,
    changing_nothing,
    elsewhere,
    in_rooms,
    option,
    rows,
)
from tests.leaks.cells import ADMINS, EVERYBODY, FORGERS, READERS, Attempt, Door, foreign, own
from tests.leaks.house import House
from tests.leaks.town import ROLES, UNKNOWN

Act = Callable[[House, str, str], Any]

CLIENTS_PEOPLE = tuple(who for who in ROLES if ROLES[who].team.startswith("client"))
AGENCYS = ("agency admin", "agency member", "member with one client", "guest")
MEMBERS = tuple(who for who in EVERYBODY if who not in ADMINS)
CHOICES_OF_MORE = ("ask", "assign", "unassign", "mute_rule", "unmute_rule", "why")


def room_of(who: str) -> str:
    """Where messages stand that this person meets."""
    team = "agency" if who == UNKNOWN else ROLES[who].team
    return {"client_a": "room_a", "client_b": "room_b"}.get(team, "hall")


def own_message(house: House, who: str) -> int:
    return rows(house, own(who)).ids[f"message {room_of(who)}"]


def _anothers(house: House, who: str) -> int:
    """Of another client, in the person's own workspace where it has one there, else in its own."""
    owner = foreign(who)
    return rows(house, owner).ids["message hall" if room_of(who) == "hall" else f"message room_{owner}"]


def _of(owner: Callable[[str], str], name: str) -> Value:
    return lambda house, who: rows(house, owner(who)).ids[name.format(owner(who))]


def press(action_id: str, id: Value, choice: str = "") -> Act:
    """A button, or with a choice a select: that has no value, and its block names the message."""

    async def act(house: House, who: str, room: str) -> None:
        delivery = id(house, who)
        element: dict[str, Any] = {"value": str(delivery)}
        if choice:
            kind = "overflow" if action_id == "more" else "static_select"
            element = {"type": kind, "block_id": f"delivery:{delivery}", "selected_option": option(choice)}
        await house.hands(who).press(action_id, room=room, **element)
        await house.settle()
        await house.told()

    return act


def in_turn(*acts: Act) -> Act:
    async def act(house: House, who: str, room: str) -> None:
        for each in acts:
            await each(house, who, room)

    return act


def assigns(id: Value, to: Value) -> Act:
    """The form that *Assign…* opens."""

    async def act(house: House, who: str, room: str) -> None:
        person = {"type": "users_select", "selected_user": to(house, who)}
        values = {"assignee": {"assignee": person}}
        await house.hands(who).submit("assign_form", values, metadata=str(id(house, who)))
        await house.settle()
        await house.told()

    return act


def _colleague(house: House, who: str) -> str:
    team = "agency" if who == UNKNOWN else ROLES[who].team
    names = {"client_a": "client A's member", "client_b": "client B's member"}
    return house.town.users[names.get(team, "agency member")].id


def _limited(house: House, _: str) -> str:
    return house.town.users["member with one client"].id


def _stranger(house: House, who: str) -> str:
    return house.town.users[f"client {foreign(who).upper()}'s member"].id


def by_admin(action_id: str, choice: str = "") -> Act:
    """The agency's admin does something to another's alert, so that there is something to undo."""

    async def act(house: House, who: str, _: str) -> None:
        theirs = press(action_id, lambda *_: rows(house, foreign(who)).ids["message hall"], choice)
        await theirs(house, "agency admin", house.town.rooms["hall"].id)

    return act


def forged_messages(act_on: Callable[[Value], Act], first: Act | None = None) -> tuple[Attempt, ...]:
    """The same with a message that is not theirs, or that they cannot see where they are."""
    forged = changing_nothing(act_on(_anothers))
    prepared = in_turn(first, forged) if first else forged
    desk = changing_nothing(act_on(_of(lambda _: "a", "message desk_a")))
    return (
        Attempt(name="another's message", make=at_home(act_on(_anothers)), who=FORGERS),
        Attempt(name="of another's message", make=at_home(prepared), who=FORGERS),
        Attempt(
            name="another's message in its own workspace",
            make=at_home(changing_nothing(act_on(_of(foreign, "message room_{}")))),
        ),
        Attempt(
            name="another's message at the agency",
            make=at_home(act_on(_of(foreign, "message hall"))),
            who=CLIENTS_PEOPLE,
        ),
        Attempt(
            name="another's direct message",
            make=at_home(act_on(_of(foreign, "message to client {}'s member".replace("{}", "B")))),
            who=("client A's admin", "client A's member", "member with one client", "stranger"),
        ),
        Attempt(
            name="their own client's at the agency",
            make=at_home(changing_nothing(act_on(_of(own, "message hall")))),
            who=CLIENTS_PEOPLE,
        ),
        Attempt(
            name="of a channel that is another client's",
            make=_in_desk_b(desk),
            who=("agency admin", "agency member"),
        ),
        elsewhere("another's message", act_on(_anothers), who=FORGERS),
        Attempt(name="no message's", make=at_home(act_on(lambda *_: 4711))),
        Attempt(name="no number", make=at_home(act_on(lambda *_: "zqx"))),
        Attempt(name="a huge number", make=at_home(act_on(lambda *_: "9" * 40)), who=ADMINS),
    )


def _in_desk_b(act: Act) -> Any:
    async def make(house: House, who: str) -> None:
        await act(house, who, house.town.rooms["desk_b"].id)

    return make


def _button(
    action_id: str, *, first: str = "", choice: str = "", first_choice: str = "", shows: Sequence[str] = ()
) -> Door:
    """`first` is pressed before, so that there is something to do."""

    def act_on(id: Value) -> Act:
        return press(action_id, id, choice)

    honest = (
        in_turn(press(first, own_message, first_choice), act_on(own_message))
        if first
        else act_on(own_message)
    )
    return Door(
        name=f"action {action_id}",
        attempts=(
            Attempt(name="honest", make=at_home(honest), shows=shows, reveals="metric" if shows else ""),
            *in_rooms("honest", act_on(own_message)),
            *forged_messages(act_on, by_admin(first, first_choice) if first else None),
        ),
    )


def _more(choice: str) -> tuple[Attempt, ...]:
    def act_on(id: Value) -> Act:
        return press("more", id, choice)

    found = (
        Attempt(name="honest", make=at_home(act_on(own_message)), answers=choice != "zqx"),
        *(forged_messages(act_on) if choice != "zqx" else ()),
    )
    return tuple(_named(each, choice) for each in found)


def _named(attempt: Attempt, choice: str) -> Attempt:
    """The name begins as before: that says whose rows are watched."""
    return Attempt(
        name=f"{attempt.name}, {choice}", make=attempt.make, who=attempt.who, answers=attempt.answers
    )


def _muting(action_id: str, undo: str) -> Door:
    """By admins, of rules that are inactive; what was changed is changed back."""

    def act_on(id: Value) -> Act:
        return press(action_id, id)

    honest = in_turn(press(undo, own_message), act_on(own_message), press("mute_rule", own_message))
    return Door(
        name=f"action {action_id}",
        attempts=(
            Attempt(name="honest", make=at_home(honest), shows=ADMINS[1:]),
            Attempt(name="by members", make=at_home(changing_nothing(act_on(own_message))), who=MEMBERS),
            *forged_messages(act_on),
        ),
    )


def _assign_form() -> Door:
    def act_on(id: Value) -> Act:
        return assigns(id, _colleague)

    honest = in_turn(press("unassign", own_message), act_on(own_message))
    freed = press("unassign", _of(lambda _: "b", "message hall"))
    to_limited = assigns(_of(lambda _: "b", "message hall"), _limited)
    return Door(
        name="view assign_form",
        attempts=(
            Attempt(name="honest", make=at_home(honest), shows=tuple(READERS), reveals="metric"),
            Attempt(
                name="to somebody who may not see it",
                make=at_home(in_turn(freed, changing_nothing(to_limited))),
                who=AGENCYS[:2],
            ),
            Attempt(
                name="to another workspace's person",
                make=at_home(
                    in_turn(press("unassign", own_message), changing_nothing(assigns(own_message, _stranger)))
                ),
            ),
            Attempt(name="to nobody", make=at_home(assigns(own_message, lambda *_: "U0NEVER"))),
            *(each for each in forged_messages(act_on) if "channel" not in each.name),
        ),
    )


HANDLING = (
    _button("acknowledge", first="unacknowledge", shows=tuple(READERS)),
    _button("unacknowledge", first="acknowledge", shows=tuple(READERS)),
    _button("snooze", first="unsnooze", choice="1h", shows=tuple(READERS)),
    _button("unsnooze", first="snooze", first_choice="change", shows=tuple(READERS)),
    _assign_form(),
    _button("assign"),
    _button("unassign"),
    _button("why"),
    _muting("mute_rule", "unmute_rule"),
    _muting("unmute_rule", "mute_rule"),
    Door(
        name="action more",
        attempts=tuple(
            attempt
            for choice in (
                "ask",
                "assign",
                "unassign",
                "mute_rule",
                "unmute_rule",
                "why",
                "acknowledge",
                "zqx",
            )
            for attempt in _more(choice)
        ),
    ),
)
