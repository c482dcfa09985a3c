"""Cases of the buttons of a proposed change: each names a proposal, and can be forged."""

from datetime import timedelta
from typing import Any

from store.tables import Approval, Conversation, Turn
from tests.leaks.acts import Value, at_home, changing_nothing, elsewhere, presses, row_id
from tests.leaks.canaries import canary
from tests.leaks.cells import ADMINS, FORGERS, READERS, Attempt, Door, Make, foreign, own
from tests.leaks.house import House
from tests.leaks.rights import as_laid


def of_their_own(action_id: str, whose: Any) -> Make:
    """Of a proposal that the person themselves was made, for a client that they see, or saw once."""

    async def make(house: House, who: str) -> None:
        id = await _propose(house, who, whose(who))
        await house.hands(who).press(action_id, id, room=house.hands(who).room)
        await house.settle()

    return make


async def _propose(house: House, who: str, owner: str) -> int:
    """A note for the owner's client, as an answer in the person's own room proposed it."""
    hands, now, client_id = house.hands(who), house.clock(), house.planted[owner].client_id
    async with house.houston.store.begin() as uow:
        conversation = Conversation(
            workspace_id=hands.workspace_id,
            channel=hands.room,
            thread_ts=house.town.playground.ids.ts(),
            created_at=now,
        )
        uow._session.add(conversation)
        await uow._session.flush()
        turn = Turn(
            conversation_id=conversation.id or 0,
            ts=conversation.thread_ts,
            user_id=hands.user_id,
            seen=[client_id or 0],
            question=canary(owner, "question"),
            state="answered",
            created_at=now,
        )
        uow._session.add(turn)
        await uow._session.flush()
        approval = await uow.approvals.add(approval=_approval(hands, turn.id or 0, owner, client_id, now))
        await uow.commit()
    house.laid |= await as_laid(house.houston.store, Approval, approval.id or 0)
    return approval.id or 0


def _approval(hands: Any, turn_id: int, owner: str, client_id: int | None, now: Any) -> Approval:
    """As the tool's preview words it."""
    title = canary(owner, "proposed title")
    return Approval(
        turn_id=turn_id,
        workspace_id=hands.workspace_id,
        user_id=hands.user_id,
        client_id=client_id,
        tool="create_note",
        arguments={"title": title},
        title=f"Create a note for {canary(owner, 'client name')}",
        lines=[["Title", "", title], ["Text", "", ""], ["Status", "", "open"], ["Private", "", "no"]],
        created_at=now,
        expires_at=now + timedelta(minutes=30),
    )


def _door(action_id: str) -> Door:
    def act_on(id: Value) -> Any:
        return presses(action_id, id)

    colleagues = changing_nothing(act_on(row_id("approval", own)))
    return Door(
        name=f"action {action_id}",
        attempts=(
            Attempt(
                name="honest",
                make=of_their_own(action_id, own),
                shows=tuple(READERS),
                reveals="proposed title",
            ),
            Attempt(
                name="another's client's, which they saw once",
                make=of_their_own(action_id, foreign),
                who=FORGERS,
            ),
            Attempt(name="a colleague's", make=at_home(colleagues)),
            Attempt(name="another's", make=at_home(act_on(row_id("approval"))), who=FORGERS),
            Attempt(
                name="the agency's", make=at_home(act_on(row_id("approval", lambda _: "g"))), who=FORGERS
            ),
            elsewhere("another's", act_on(row_id("approval")), who=FORGERS),
            Attempt(name="no proposal's", make=at_home(presses(action_id, "471100")), who=ADMINS),
            Attempt(name="no number", make=at_home(presses(action_id, "zqx")), who=ADMINS),
            Attempt(name="a huge number", make=at_home(presses(action_id, "9" * 40)), who=ADMINS),
        ),
    )


PROPOSALS = (_door("approve_change"), _door("decline_change"))
