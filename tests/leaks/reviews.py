"""Cases of *Not an outlier*: the button under an alert, the form that it opens, and taking it back."""

import json
from typing import Any

from tests.leaks.acts import Value, at_home, option
from tests.leaks.cells import EVERYBODY, READERS, Attempt, Door
from tests.leaks.handling import Act, forged_messages, in_turn, own_message, press
from tests.leaks.house import House

RADIO = "radio_buttons"


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


def _quiet(attempts: tuple[Attempt, ...]) -> tuple[Attempt, ...]:
    """What is kept is seen in the message itself."""
    return tuple(
        Attempt(name=each.name, make=each.make, who=each.who, answers=False)
        for each in attempts
        if "channel" not in each.name
    )


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
            *forged_messages(_presses("not_an_outlier")),
        ),
    ),
    Door(
        name="action change",
        attempts=(
            Attempt(name="honest", make=at_home(_chooses(own_message)), answers=False),
            *_quiet(forged_messages(_chooses)),
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
                    who=EVERYBODY,
                )
                for kind in ("wider", "none", "zqx")
            ),
            *_quiet(forged_messages(_says("wider"))),
        ),
    ),
    Door(
        name="action undo_not_an_outlier",
        attempts=(
            Attempt(name="honest", make=at_home(in_turn(_says("none")(own_message), undo)), answers=False),
            *_quiet(forged_messages(_presses("undo_not_an_outlier"))),
        ),
    ),
)
