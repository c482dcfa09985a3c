"""Cases of what Houston tells by itself: every type of event, of every owner, to every place at once."""

from houston import access
from houston.access import Actor
from houston.notify.rules import RuleDraft
from houston.notify.vocabulary import EVENT_TYPES
from tests.leaks.cells import Attempt, Door, Make
from tests.leaks.house import House
from tests.leaks.told import event
from tests.leaks.town import ROOMS

OWNERS = {"client A": "a", "client B": "b", "the agency": "g"}
HEARD_IN = {
    "a": {"hall", "leads", "desk_a", "partners", "lounge", "room_a"},
    "b": {"hall", "leads", "desk_b", "lounge", "room_b"},
    "g": {"hall", "leads", "lounge"},
}
"""Where an event of each owner must be told: the rules ask for all of it everywhere."""

BURST_SECONDS = 10


async def add_rules(house: House) -> None:
    """In each workspace a rule of each type for every client, to every channel that is there."""
    for team in ("agency", "client_a", "client_b"):
        actor = await house.houston.access.in_workspace(access.operator(), house.town.teams[team].id)
        rooms = tuple(house.town.rooms[name].id for name, room in ROOMS.items() if room.team == team)
        for type in EVENT_TYPES:
            await _add(house, actor, RuleDraft(channels=rooms, event_type=type))


async def _add(house: House, actor: Actor, draft: RuleDraft) -> None:
    await house.houston.rules.add(actor, draft)


def _tells(type: str) -> Make:
    async def make(house: House, who: str) -> None:
        owner = OWNERS[who]
        planted, now = house.planted[owner], house.clock()
        if type == "outlier" and owner == "g":
            return
        house.clock.forward(seconds=BURST_SECONDS)
        start = len(house.town.watch.sent)
        told = event(house.houston.store.ids.next(), type, planted, now, f"told {type} {owner}")
        await house.houston.outbox.record(told)
        await house.told()
        sent = house.town.watch.sent[start:]
        heard = {each.audience.place for each in sent if each.what == "chat.postMessage"}
        assert heard == HEARD_IN[owner], f"told in {sorted(heard)}, not in {sorted(HEARD_IN[owner])}"

    return make


ANNOUNCEMENTS = tuple(
    Door(
        name=f"announcement {type}",
        attempts=(
            Attempt(
                name="to every channel", make=_tells(type), who=tuple(OWNERS), enters=False, answers=False
            ),
        ),
    )
    for type in EVENT_TYPES
)
