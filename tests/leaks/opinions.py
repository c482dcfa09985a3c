"""Cases of what stands under an answer, and of the *Answers* part of the *Connection* tab."""

from typing import Any

from bot.views import answering, choices, feedback
from tests.leaks.acts import (
    Value,
    at_home,
    elsewhere,
    in_rooms,
    presses,
    presses_home,
    row_id,
    submits,
    written,
)
from tests.leaks.canaries import canary
from tests.leaks.cells import ADMINS, FORGERS, Attempt, Door, foreign, own
from tests.leaks.conversing import was_asked
from tests.leaks.house import House

BUDGETS = {"daily": {"daily": written("1000")}, "member": {"member": written("10")}}
REASON = {feedback.REASON: {feedback.REASON: written("It is wrong.")}}


def _less(value: Value) -> Value:
    """The same turn as the second button names it."""
    return lambda house, who: f"-{value(house, who)}"


def _below(action_id: str, *, name: str = "", bad: bool = False) -> Door:
    theirs, another = row_id("turn", own), row_id("turn")
    if bad:
        theirs, another = _less(theirs), _less(another)
    return Door(
        name=f"action {name or action_id}",
        attempts=(
            Attempt(name="one of their workspace", make=at_home(presses(action_id, theirs))),
            *in_rooms("one of their workspace", presses(action_id, theirs)),
            Attempt(name="another's", make=at_home(presses(action_id, another)), who=FORGERS),
            elsewhere("another's", presses(action_id, another), who=FORGERS),
            Attempt(name="no turn's", make=at_home(presses(action_id, "471100")), who=ADMINS),
            Attempt(name="no number", make=at_home(presses(action_id, "zqx")), who=ADMINS),
            Attempt(name="a huge number", make=at_home(presses(action_id, "9" * 40)), who=ADMINS),
        ),
    )


def _reason() -> Door:
    def submitted(turn: str | Value) -> Attempt:
        name = turn if isinstance(turn, str) else "another's"
        make = submits(feedback.FORM, lambda *_: REASON, metadata=turn)
        return Attempt(name=f"of {name}", make=make, who=ADMINS if isinstance(turn, str) else FORGERS)

    return Door(
        name=f"view {feedback.FORM}",
        attempts=(
            Attempt(
                name="of their workspace",
                make=submits(feedback.FORM, lambda *_: REASON, metadata=row_id("turn", own)),
            ),
            submitted(row_id("turn")),
            submitted("471100"),
            submitted("zqx"),
            submitted("9" * 40),
        ),
    )


def _on_home(action_id: str, *more: Attempt) -> Door:
    return Door(
        name=f"action {action_id}",
        attempts=(
            Attempt(name="on the home", make=presses_home(action_id)),
            Attempt(name="in a message", make=at_home(presses(action_id))),
            *more,
        ),
    )


async def _reads_of_a_client_seen_once(house: House, who: str, room: str) -> Any:
    """Somebody of their own workspace, who saw another's client then, said what they thought."""
    owner = foreign(who)
    await was_asked(seen=owner, opinion=canary(owner, "opinion"))(house, who, room)
    await presses_home(answering.OPINIONS)(house, who)


OPINIONS = (
    _below(f"{choices.CHOOSE}0", name=f"^{choices.CHOOSE}\\d$"),
    _below(feedback.OPINION, bad=True),
    _below(feedback.GOOD),
    _below(feedback.BAD, bad=True),
    _reason(),
    _on_home(answering.EDIT),
    _on_home(
        answering.OPINIONS,
        Attempt(name="of a client they saw once", make=at_home(_reads_of_a_client_seen_once), who=ADMINS[1:]),
    ),
    Door(
        name=f"view {answering.FORM}",
        attempts=(Attempt(name="filled in", make=submits(answering.FORM, lambda *_: BUDGETS)),),
    ),
)
