"""Cases of *Not an outlier*: the button under an alert, the form that it opens, and taking it back."""

import json
from collections.abc import Callable
from typing import Any

from tests.leaks.acts import Value, at_home, option
from tests.leaks.cells import READERS, Attempt, Door
from tests.leaks.handling import Act, forged_messages, in_turn, own_message, press
from tests.leaks.house import House

RADIO = "radio_buttons"

FORGERS = ("client A's admin", "client B's admin", "client A's member", "member with one client", "guest")


def _metadata(id: Value) -> Value:
    return lambda house, who: json.dumps({"delivery": id(house, who), "files": {}})


def _state(kind: str) -> dict[str, Any]:
    return {"change": {"change": {"type": RADIO, "selected_option": option(kind)}}}


def _says(kind: str) -> Any:
    """The form is submitted with this choice."""

    def act_on(id: Value) -> Act:
        async def act(house: House, who: str, room: str) -> None:
            await house.hands(who).submit("review_form", _state(kind), metadata=_metadata(id)(house, who))
            await house.settle()
            await house.told()

        return act

    return act_on


def _chooses(id: Value) -> Act:
    async def act(house: House, who: str, room: str) -> None:
        if house.hands(who).open_view() is None:
            await press("not_an_outlier", own_message)(house, who, room)
        await house.hands(who).press_modal(
            "change",
            callback_id="review_form",
            metadata=_metadata(id)(house, who),
            values=_state("none"),
            type=RADIO,
            selected_option=option("none"),
        )

    return act


def _presses(action_id: str) -> Any:
    return lambda id: press(action_id, id)


def _forged(act_on: Callable[[Value], Act]) -> tuple[Attempt, ...]:
    """By some of each kind. What is kept is seen in the message itself."""
    return tuple(
        Attempt(name=each.name, make=each.make, who=who, answers=False)
        for each in forged_messages(act_on)
        if "channel" not in each.name and (who := tuple(who for who in each.who if who in FORGERS))
    )


HONESTLY = (*READERS, "guest", "stranger")

undo = press("undo_not_an_outlier", own_message)

REVIEWS = (
    Door(
        name="action not_an_outlier",
        attempts=(
            Attempt(
                name="honest",
                make=at_home(press("not_an_outlier", own_message)),
                shows=tuple(READERS),
                reveals="metric",
            ),
            *_forged(_presses("not_an_outlier")),
        ),
    ),
    Door(
        name="action change",
        attempts=(
            Attempt(name="honest", make=at_home(_chooses(own_message)), answers=False),
            *_forged(_chooses),
        ),
    ),
    Door(
        name="view review_form",
        attempts=(
            *(
                Attempt(
                    name=f"honest, {kind}",
                    make=at_home(in_turn(_says(kind)(own_message), undo)),
                    answers=False,
                    who=HONESTLY,
                )
                for kind in ("wider", "none")
            ),
            *_forged(_says("wider")),
        ),
    ),
    Door(
        name="action undo_not_an_outlier",
        attempts=(
            Attempt(name="honest", make=at_home(in_turn(_says("none")(own_message), undo)), answers=False),
            *_forged(_presses("undo_not_an_outlier")),
        ),
    ),
)
