"""Cases of asking about any message, and of choosing where questions are answered at all."""

from typing import Any

from bot.views.alerts_only import SWITCH
from bot.views.ask_form import CALLBACK, QUESTION, SHORTCUT
from houston.access import itself
from tests.leaks.acts import (
    Value,
    at_home,
    elsewhere,
    in_rooms,
    option,
    runs,
    suggests,
    written,
)
from tests.leaks.cells import ADMINS, INSIDERS, Attempt, Door, Make, foreign, own
from tests.leaks.commands import READING
from tests.leaks.house import House
from tests.leaks.town import UNKNOWN

ASKED = {QUESTION: {QUESTION: written("What is going on?")}}
PEOPLE = tuple(who for who in INSIDERS if who != UNKNOWN)


def _message(house: House, author: str) -> dict[str, Any]:
    return {"type": "message", "ts": house.town.playground.ids.ts(), "user": author, "text": "Odd, this."}


def _opens(thread_of: str = "") -> Any:
    """The form about a colleague's message, or one in the thread of another's alert."""

    async def act(house: House, who: str, room: str) -> None:
        message = _message(house, house.hands(who).user_id)
        if thread_of:
            message["thread_ts"] = await _alert(house, who, thread_of)
        await house.hands(who).choose_in_menu(SHORTCUT, message, room=room)
        await house.settle()

    return act


async def _alert(house: House, who: str, kind: str) -> str:
    """The ts of a message that tells of another's episode."""
    rows = house.planted[foreign(who)].ids
    id = next((rows[name] for name in rows if name.startswith(kind)), 0)
    async with house.houston.store.read() as uow:
        found = await uow.deliveries.all(scope=itself(house.hands(who).workspace_id).scope, limit=200)
    return next((each.ts for each in found if each.id == id and each.ts), "1.000001")


def _asks(thread_of: str = "") -> Any:
    async def act(house: House, who: str, room: str) -> None:
        await _opens(thread_of)(house, who, room)
        await house.hands(who).submit(CALLBACK, ASKED)
        await house.settle()

    return act


def _picks(chosen: Value, *, times: int = 1) -> Make:
    """Twice is as before."""

    async def make(house: House, who: str) -> None:
        for _ in range(times):
            picked = option(chosen(house, who))
            await house.hands(who).press_home(SWITCH, "", type="external_select", selected_option=picked)
            await house.settle()

    return make


def _room(whose: Any) -> Value:
    return lambda house, who: house.town.rooms[f"room_{whose(who)}"].id


INQUIRIES = (
    Door(
        name=f"shortcut {SHORTCUT}",
        attempts=(
            Attempt(name="honest", make=at_home(_opens())),
            *in_rooms("honest", _opens()),
            Attempt(name="another's alert", make=at_home(_opens("message "))),
            elsewhere("another's alert", _opens("message ")),
        ),
    ),
    Door(
        name=f"view {CALLBACK}",
        attempts=(
            Attempt(name="honest", make=at_home(_asks()), who=PEOPLE, shows=READING),
            *in_rooms("honest", _asks()),
            Attempt(name="another's alert", make=at_home(_asks("message ")), who=PEOPLE),
            elsewhere("another's alert", _asks("message "), who=PEOPLE),
        ),
    ),
    Door(
        name="/houston answers",
        enters="command /houston",
        attempts=(
            Attempt(name="honest", make=at_home(runs("answers"))),
            *in_rooms("honest", runs("answers")),
            Attempt(name="on", make=at_home(runs("answers on"))),
            Attempt(name="no such word", make=at_home(runs("answers maybe"))),
            elsewhere("another's channel", runs("answers")),
        ),
    ),
    Door(
        name=f"options {SWITCH}",
        attempts=(
            Attempt(name="everything", make=suggests(SWITCH, "")),
            Attempt(name="another's channel", make=suggests(SWITCH, _room(foreign))),
        ),
    ),
    Door(
        name=f"action {SWITCH}",
        attempts=(
            Attempt(name="their own", make=_picks(_room(own), times=2)),
            Attempt(name="another's channel", make=_picks(_room(foreign)), who=ADMINS[1:]),
            Attempt(name="none", make=_picks(lambda *_: "C0NOWHERE")),
        ),
    ),
)
