"""Cases of going on with an answer: in others' threads, under alerts, after edits, by a choice."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from bot.answers import resuming
from bot.playground.nouns import Json
from bot.views import choices
from houston.access import itself
from store.tables import Conversation, Turn
from tests.leaks.acts import at_home, in_rooms, row_id
from tests.leaks.canaries import canary
from tests.leaks.cells import FORGERS, READERS, Attempt, Door, foreign, own
from tests.leaks.handling import room_of
from tests.leaks.house import House
from tests.leaks.messages import said
from tests.leaks.planting import THREAD
from tests.patience import until

Act = Callable[[House, str, str], Any]

QUESTION = "What is going on?"
QUIETLY = 'call calendar {"start": "2026-11-14"}'
"""Asks for nothing of anybody's: what is answered then is what the conversation knew before."""

SEEN_BEFORE = tuple(who for who in READERS if who != "member with one client")
"""Who may read what was asked in their workspace's own thread."""

CLIENTS_OWN = tuple(who for who in READERS if who.startswith("client"))
"""Who is among people that see the same."""

NOT_THERE = "1700000000.009999"


def mentions(text: str, *, thread_ts: str = "") -> Act:
    async def act(house: House, who: str, room: str) -> None:
        await house.hands(who).say(text, room, type="app_mention", thread_ts=thread_ts)
        await house.settle()

    return act


def edits(before: str, after: str, *, privately: bool = False) -> Act:
    """Asks, then words it anew, and takes it back in the end."""

    async def act(house: House, who: str, room: str) -> None:
        hands = house.hands(who)
        channel = hands.dm if privately else room
        ts = await hands.say(before, channel, type="message" if privately else "app_mention")
        await house.settle()
        named = "" if privately else f"<@{hands.bot}> "
        await _changes(house, who, channel, ts, f"{named}{before}", f"{named}{after}")

    return act


async def _changes(house: House, who: str, channel: str, ts: str, before: str, after: str) -> None:
    hands = house.hands(who)
    house.town.watch.heard(after)
    now = house.town.playground.ids.ts()
    message: Json = {
        "type": "message",
        "user": hands.user_id,
        "text": after,
        "ts": ts,
        "team": hands.own_team,
    }
    message["edited"] = {"user": hands.user_id, "ts": now}
    place = {"type": "message", "channel": channel, "channel_type": "im" if channel[0] == "D" else "channel"}
    previous = message | {"text": before}
    change = {"subtype": "message_changed", "message": message, "previous_message": previous, "ts": now}
    await hands.happen(place | change)
    await house.settle()
    gone = {"subtype": "message_deleted", "deleted_ts": ts, "previous_message": message, "hidden": True}
    await hands.happen(place | gone | {"ts": house.town.playground.ids.ts()})
    await house.settle()


async def _rewords_anothers(house: House, who: str) -> None:
    """As if a question in another's channel were theirs to change."""
    room = house.town.rooms[f"room_{foreign(who)}"].id
    await _changes(house, who, room, THREAD, "Before", f"Now {QUESTION}")


def was_asked(
    *, seen: Sequence[str] | None, crashed: bool = False, choice: str = "", opinion: str = ""
) -> Any:
    """A turn of the person's own in a room: (its id, the ts of the message that shows it)."""

    async def keep(house: House, who: str, room: str) -> tuple[int, str]:
        hands, now = house.hands(who), house.clock()
        ids = None if seen is None else [house.planted[each].client_id or 0 for each in seen]
        shown = said(house.town, room)
        async with house.houston.store.begin() as uow:
            conversation = Conversation(
                workspace_id=hands.workspace_id,
                channel=room,
                thread_ts=house.town.playground.ids.ts(),
                created_at=now,
            )
            uow._session.add(conversation)
            await uow._session.flush()
            turn = Turn(
                conversation_id=conversation.id or 0,
                ts=conversation.thread_ts,
                user_id=hands.user_id,
                seen=ids,
                question=QUESTION,
                answer="" if crashed else "Which one?",
                state="answering" if crashed else "answered",
                held_until=now - timedelta(minutes=1) if crashed else None,
                choices=[choice] if choice else [],
                opinion="bad" if opinion else "",
                opinion_by=hands.user_id if opinion else "",
                opinion_reason=opinion,
                opinion_at=now if opinion else None,
                posted=[shown],
                created_at=now,
                answered_at=None if crashed else now,
            )
            uow._session.add(turn)
            await uow._session.flush()
            found = turn.id or 0
            await uow.commit()
        return found, shown

    return keep


async def _crashes(house: House, who: str, room: str) -> None:
    """Houston died while it answered somebody who saw every client then: the next one takes it up."""
    await was_asked(seen=None, crashed=True)(house, who, room)
    left = await house.houston.conversations.interrupted()
    assert [each.user_id for each in left] == [house.hands(who).user_id]
    await resuming._resume(house.houston, house.slack, house.answers, left[0])
    assert await house.houston.conversations.interrupted() == []


def _chooses(*, of: Callable[[str], str], alone: bool = False) -> Act:
    """A button under an answer of the person's own, which speaks of one client."""

    async def act(house: House, who: str, room: str) -> None:
        owner = of(who)
        offered = f"{QUESTION} {canary(owner, 'choice')}"
        turn_id, ts = await was_asked(seen=owner, choice=offered)(house, who, room)
        hands, shown = house.hands(who), house.town.playground.messages[room][ts]
        shown.blocks = [] if alone else choices.offered([offered], turn_id)
        await hands.press(f"{choices.CHOOSE}0", turn_id, room=room, ts=ts, is_ephemeral=alone)
        await house.settle()

    return act


def _presses_the_agencys(house: House, who: str, room: str) -> Any:
    id, ts = row_id("turn", lambda _: "g")(house, who), said(house.town, room)
    return house.hands(who).press(f"{choices.CHOOSE}0", id, room=room, ts=ts, thread_ts=THREAD)


def asks_under_alert(text: str, *, whose: Callable[[str], str]) -> Act:
    """In the thread of a message that tells of an outlier, in the person's own workspace."""

    async def act(house: House, who: str, room: str) -> None:
        id = house.planted[whose(who)].ids.get(f"message {room_of(who)}", 0)
        async with house.houston.store.read() as uow:
            delivery = await uow.deliveries.find(scope=itself(house.hands(who).workspace_id).scope, id=id)
        await mentions(text, thread_ts=delivery.ts if delivery else NOT_THERE)(house, who, room)

    return act


def calls(tool: str, arguments: dict[str, Any]) -> str:
    return f"call {tool} {json.dumps(arguments)}"


async def _somebody_comes(house: House, who: str) -> None:
    """A guest is taken into a private channel after its answer was begun for all who were there."""
    town = house.town
    room, guest, before = town.rooms["leads"].id, town.users["guest"].id, len(house.reached)

    async def comes() -> None:
        town.playground.join(room, guest)
        told = "event member_joined_channel"
        await until(lambda: told in house.reached[before:])

    house.model.meanwhile = comes
    await mentions(calls("notes", {}))(house, who, room)
    town.playground.leave(room, guest)
    await house.settle()
    assert house.model.meanwhile is None, "nobody came"


FROM_BEFORE = calls("calculate", {"expression": "sum(r1.rows.value)"})

THREADS = Door(
    name="event app_mention",
    attempts=(
        Attempt(
            name="what others found before",
            make=at_home(mentions(QUIETLY, thread_ts=THREAD)),
            shows=SEEN_BEFORE,
            reveals="summary",
        ),
        Attempt(
            name="a tool's result of others'",
            make=at_home(mentions(FROM_BEFORE, thread_ts=THREAD)),
            shows=SEEN_BEFORE,
            reveals="tool result",
        ),
        Attempt(
            name="under their alert",
            make=at_home(asks_under_alert(QUIETLY, whose=own)),
            shows=tuple(READERS),
            reveals="metric",
        ),
        Attempt(name="another's alert", make=at_home(asks_under_alert(QUIETLY, whose=foreign)), who=FORGERS),
        *in_rooms("under an alert of the hall", asks_under_alert(QUIETLY, whose=own)),
    ),
)
COMERS = Door(
    name="event app_mention",
    attempts=(
        Attempt(
            name="somebody comes while it waits",
            make=_somebody_comes,
            who=("agency admin", "agency member"),
        ),
    ),
)
EDITS = Door(
    name="event message",
    attempts=(
        Attempt(
            name="worded anew", make=at_home(edits("Hello", QUESTION, privately=True)), shows=tuple(READERS)
        ),
        Attempt(name="worded anew in a channel", make=at_home(edits("Hello", QUESTION))),
        *in_rooms("worded anew", edits(QUIETLY, QUESTION)),
        Attempt(name="another's question", make=_rewords_anothers, who=FORGERS, answers=False),
    ),
)
CRASHES = Door(
    name="event message",
    attempts=(
        Attempt(name="taken up after a crash", make=at_home(_crashes), shows=tuple(READERS), enters=False),
        *in_rooms("taken up after a crash", _crashes, enters=False, answers=False),
    ),
)
CHOSEN = Door(
    name=f"action ^{choices.CHOOSE}\\d$",
    attempts=(
        Attempt(
            name="what they were offered",
            make=at_home(_chooses(of=own)),
            who=CLIENTS_OWN,
            shows=CLIENTS_OWN,
            reveals="choice",
        ),
        Attempt(
            name="what they alone were offered",
            make=at_home(_chooses(of=own, alone=True)),
            shows=tuple(READERS),
            reveals="choice",
        ),
        *in_rooms("what they alone were offered", _chooses(of=own, alone=True)),
        Attempt(name="another's, offered once", make=at_home(_chooses(of=foreign)), who=FORGERS),
        Attempt(name="what the agency's were offered", make=at_home(_presses_the_agencys), who=FORGERS),
    ),
)

CONVERSING = (THREADS, COMERS, EDITS, CRASHES, CHOSEN)
