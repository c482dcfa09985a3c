"""The ways to try a door: makers of attempts, honest and forged, for the tables of cases."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tests.leaks.canaries import canary
from tests.leaks.cells import EVERYBODY, READERS, Attempt, Make, foreign, person
from tests.leaks.house import House
from tests.leaks.rights import belongings
from tests.leaks.rows import Planted
from tests.leaks.town import ROLES, ROOMS, UNKNOWN
from tests.leaks.watching import Sent

Value = Callable[[House, str], Any]

UNHEARD_OF = "zqxesluq"
"""A client that does not exist; as long as the slugs that do, so that answers are cut alike."""

SAID = re.compile(r'"(?:text|markdown_text)": "((?:[^"\\]|\\.)*)"')
NUMBERS = re.compile(r"\d{6,}(?:\.\d+)?|\b[0-9a-f]{8}\b")

METADATA = json.dumps({"id": None, "home": False, "response_url": ""})


def slug(owner: str) -> str:
    return canary(owner, "slug")


def rows(house: House, owner: str) -> Planted:
    return house.planted[owner]


# --- where


def in_rooms(name: str, act: Callable[[House, str, str], Any], **more: Any) -> tuple[Attempt, ...]:
    """One attempt for each room beside a person's own, by whoever is in it."""
    return tuple(
        Attempt(name=f"{name} in {room}", make=_there(act, room), who=tuple(who), **more)
        for room in ROOMS
        if (who := [each for each, role in ROLES.items() if room in role.rooms[1:]])
    )


def elsewhere(name: str, act: Callable[[House, str, str], Any], **more: Any) -> Attempt:
    """The same with the channel of a workspace that is not theirs."""

    async def make(house: House, who: str) -> None:
        await act(house, who, house.town.rooms[f"room_{foreign(who)}"].id)

    return Attempt(name=f"{name} in another's channel", make=make, **more)


def _there(act: Callable[[House, str, str], Any], room: str) -> Make:
    async def make(house: House, who: str) -> None:
        await act(house, who, house.town.rooms[room].id)

    return make


# --- what


def runs(line: str | Value) -> Callable[[House, str, str], Any]:
    """A slash command in a channel; `line` is what follows `/houston`."""

    async def act(house: House, who: str, room: str) -> None:
        text = line if isinstance(line, str) else line(house, who)
        await house.hands(who).run(text, room=room)

    return act


def presses(action_id: str, value: str | Value = "", **element: Any) -> Callable[[House, str, str], Any]:
    """A button in a message."""

    async def act(house: House, who: str, room: str) -> None:
        given = value if isinstance(value, str) else value(house, who)
        await house.hands(who).press(action_id, given, room=room, **element)

    return act


def at_home(act: Callable[[House, str, str], Any]) -> Make:
    """Where the person usually is."""

    async def make(house: House, who: str) -> None:
        await act(house, who, house.hands(who).room)

    return make


def in_desk(act: Callable[[House, str, str], Any]) -> Make:
    """In the channel that is bound to their client already."""
    return _there(act, "desk_a")


def presses_home(
    action_id: str, value: str | Value = "", *, metadata: str | Value = "", **element: Any
) -> Make:
    async def make(house: House, who: str) -> None:
        given = value if isinstance(value, str) else value(house, who)
        place = metadata if isinstance(metadata, str) else metadata(house, who)
        await house.hands(who).press_home(action_id, given, metadata=place, **element)

    return make


def presses_modal(
    action_id: str,
    value: str | Value = "",
    *,
    callback_id: str,
    values: Value,
    metadata: str | Value = "",
    **element: Any,
) -> Make:
    async def make(house: House, who: str) -> None:
        given = value if isinstance(value, str) else value(house, who)
        place = metadata if isinstance(metadata, str) else metadata(house, who)
        filled = values(house, who)
        await house.hands(who).press_modal(
            action_id, given, callback_id=callback_id, metadata=place, values=filled, **element
        )

    return make


def submits(callback_id: str, values: Value, *, metadata: str | Value = "") -> Make:
    async def make(house: House, who: str) -> None:
        place = metadata if isinstance(metadata, str) else metadata(house, who)
        await house.hands(who).submit(callback_id, values(house, who), metadata=place)

    return make


def suggests(action_id: str, query: str | Value) -> Make:
    async def make(house: House, who: str) -> None:
        typed = query if isinstance(query, str) else query(house, who)
        await house.hands(who).suggest(action_id, typed)

    return make


def happens(**event: Any) -> Make:
    """An event; values that are functions are asked for each person."""

    async def make(house: House, who: str) -> None:
        said = {key: value(house, who) if callable(value) else value for key, value in event.items()}
        await house.hands(who).happen(said)

    return make


def row_id(table: str, whose: Callable[[str], str] = foreign) -> Value:
    return lambda house, who: rows(house, whose(who)).ids.get(table, 0)


# --- the same words for what is outside as for what does not exist

OUTSIDERS = tuple(who for who in EVERYBODY if foreign(who) not in READERS.get(who, "") and who != UNKNOWN)


def says_the_same(
    name: str,
    act_on: Callable[[str], Callable[[House, str, str], Any]],
    *,
    named: Callable[[str], str] = lambda owner: canary(owner, "slug"),
) -> Attempt:
    """Fails where naming what lies outside, by default a client, is answered otherwise than naming what
    does not exist."""

    async def make(house: House, who: str) -> None:
        answers = []
        theirs = named(foreign(who))
        for named_now in (theirs, UNHEARD_OF.ljust(len(theirs), "q")):
            start = len(house.town.watch.sent)
            await act_on(named_now)(house, who, house.hands(who).room)
            await house.settle()
            answers.append(words(house.town.watch.sent[start:], named_now))
        assert answers[0] == answers[1], f"{answers[0]} is not {answers[1]}"

    return Attempt(name=name, make=make, who=OUTSIDERS)


def words(sent: Iterable[Sent], named: str) -> list[str]:
    """What people read in all that, without the name and the numbers that differ each time."""
    found = [text for each in sent for text in SAID.findall(each.content)]
    return [NUMBERS.sub("#", text.replace(named, "NAME")) for text in found]


def changing_nothing(act: Callable[[House, str, str], Any]) -> Callable[[House, str, str], Any]:
    """Fails where it changes anything of either client's, also for those who may see them: but what is
    kept of the person's own asking."""

    async def acts(house: House, who: str, room: str) -> None:
        async def kept() -> list[str]:
            clients = (house.planted[each] for each in "ab")
            return await belongings(house.houston.store, *clients, by=person(house, who))

        before = await kept()
        await act(house, who, room)
        await house.settle()
        await house.told()
        changed = sorted(set(before) ^ set(await kept()))
        assert not changed, f"it changed {changed}"

    return acts


def option(value: Any) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": "chosen"}, "value": str(value)}


def picked(value: Any) -> dict[str, Any]:
    return {"type": "static_select", "selected_option": option(value)}


def picked_many(values: Sequence[Any]) -> dict[str, Any]:
    return {"type": "multi_external_select", "selected_options": [option(each) for each in values]}


def written(text: str) -> dict[str, Any]:
    return {"type": "plain_text_input", "value": text}
