"""Cases of `/houston deliveries`: what became of messages, whose they are, and trying them again."""

from collections.abc import Callable
from typing import Any

from tests.leaks.acts import Value, at_home, changing_nothing, elsewhere, in_rooms, presses, rows, runs, slug
from tests.leaks.cells import ADMINS, EVERYBODY, FORGERS, READERS, Attempt, Door, foreign, own
from tests.leaks.handling import AGENCYS, CLIENTS_PEOPLE
from tests.leaks.house import House

LISTENER = "command /houston"
MEMBERS = tuple(who for who in EVERYBODY if who not in ADMINS)


def _home(who: str) -> str:
    """Whether what did not arrive was for their own workspace or for the agency's."""
    return "own" if who in CLIENTS_PEOPLE else "agency"


def _dead(whose: Callable[[str], str], more: str = "", home: str = "") -> Value:
    """A delivery that was given up, or its destination."""
    return lambda house, who: str(rows(house, whose(who)).ids[f"dead {home or _home(who)}{more}"])


def _told(act: Any) -> Any:
    """Until what was set off has come to its end."""

    async def acts(house: House, who: str, room: str) -> None:
        await act(house, who, room)
        await house.settle()
        await house.told()

    return acts


def _replay(action_id: str, more: str = "") -> Door:
    def act_on(value: str | Value) -> Any:
        return _told(presses(action_id, value))

    return Door(
        name=f"action {action_id}",
        attempts=(
            Attempt(name="honest", make=at_home(act_on(_dead(own, more))), who=ADMINS),
            Attempt(name="by members", make=at_home(changing_nothing(act_on(_dead(own, more)))), who=MEMBERS),
            Attempt(name="another's", make=at_home(act_on(_dead(foreign, more))), who=FORGERS),
            Attempt(
                name="another's in its own workspace",
                make=at_home(changing_nothing(act_on(_dead(foreign, more, "own")))),
            ),
            Attempt(
                name="their own client's at the agency",
                make=at_home(changing_nothing(act_on(_dead(own, more, "agency")))),
                who=CLIENTS_PEOPLE,
            ),
            elsewhere("another's", act_on(_dead(foreign, more)), who=FORGERS),
            Attempt(name="none", make=at_home(act_on("4711"))),
            Attempt(name="no number", make=at_home(act_on("zqx"))),
            Attempt(name="a huge number", make=at_home(act_on("9" * 40)), who=ADMINS),
        ),
    )


def _listing(action_id: str, shows: tuple[str, ...]) -> Door:
    return Door(
        name=f"action {action_id}",
        attempts=(
            Attempt(name="honest", make=at_home(presses(action_id)), shows=shows),
            *in_rooms("honest", presses(action_id)),
            elsewhere("forged", presses(action_id)),
        ),
    )


def _turning(action_id: str) -> Door:
    """A page begins at any delivery's id, also one that the person may not see."""
    from_start = "9" * 18 if action_id.endswith("older") else "1"
    return Door(
        name=f"action {action_id}",
        attempts=(
            Attempt(name="honest", make=at_home(presses(action_id, from_start)), shows=tuple(READERS)),
            *in_rooms("honest", presses(action_id, from_start)),
            Attempt(name="from another's", make=at_home(presses(action_id, _dead(foreign)))),
            elsewhere("forged", presses(action_id, from_start)),
            Attempt(name="no number", make=at_home(presses(action_id, "zqx"))),
        ),
    )


def _line(line: str) -> tuple[Attempt, ...]:
    return (
        Attempt(name=line, make=at_home(runs(line)), shows=tuple(READERS)),
        *in_rooms(line, runs(line)),
        elsewhere(line, runs(line)),
    )


RECEIPTS = (
    Door(
        name="/houston deliveries",
        enters=LISTENER,
        attempts=(
            *_line("deliveries"),
            *_line("deliveries dead"),
            Attempt(
                name="another's slug",
                make=at_home(runs(lambda _, who: f"deliveries {slug(foreign(who))}")),
                who=AGENCYS + CLIENTS_PEOPLE,
            ),
        ),
    ),
    *(_listing(f"show_{each}", tuple(READERS)) for each in ("deliveries", "dead")),
    *(_turning(f"{each}_{way}") for each in ("deliveries", "dead") for way in ("older", "newer")),
    _replay("replay_delivery"),
    _replay("replay_all", " destination"),
)
