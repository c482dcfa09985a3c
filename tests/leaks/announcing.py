"""Cases of what Houston tells by itself: every type of event, of every owner, to every place at once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import col

from houston import access
from houston.access import Actor
from houston.notify.digests.digest import DAILY_DIGEST
from houston.notify.handling.escalating import Escalations
from houston.notify.rules.rule import RuleDraft
from houston.notify.vocabulary import EPISODE_TYPES, EVENT_TYPES
from houston.watch.rows import Sighting
from store.tables import Delivery, Destination, MemberClient, Preference, Rule, Workspace
from tests.leaks.canaries import canary
from tests.leaks.cells import Attempt, Door, Make
from tests.leaks.house import House
from tests.leaks.tables import rows_of
from tests.leaks.told import event
from tests.leaks.town import ROOMS
from tests.leaks.watching import Sent

OWNERS = {"client A": "a", "client B": "b", "the agency": "g"}
TEAMS = {"a": "client_a", "b": "client_b", "g": "agency"}
LIMITED = "member with one client"

AGENCYS_OWN = {"hall", "leads", "lounge", "the webhook of agency", "the service of agency"}
"""Where the agency is told everything."""

HEARD_IN = {
    "a": {
        *AGENCYS_OWN,
        *("desk_a", "partners", "room_a", "the webhook of client_a", "the service of client_a"),
        *("@agency admin", "@agency member", f"@{LIMITED}", "@client A's admin", "@client A's member"),
    },
    "b": {
        *AGENCYS_OWN,
        *("desk_b", "room_b", "the webhook of client_b", "the service of client_b"),
        *("@agency admin", "@agency member", "@client B's admin", "@client B's member"),
    },
    "g": {*AGENCYS_OWN, "@agency admin"},
}
"""Where an event of each owner must be told: the rules ask for all of it everywhere, and everybody has
asked for it by direct message; but of what is no client's, the agency's admin alone has."""

DIGESTS_IN = {
    "a": {
        *("room_a", "the webhook of client_a", "the service of client_a"),
        *("@client A's admin", "@client A's member"),
    },
    "b": {
        *("room_b", "the webhook of client_b", "the service of client_b"),
        *("@client B's admin", "@client B's member"),
    },
    "g": {
        *AGENCYS_OWN,
        *("desk_a", "desk_b", "partners", "@agency admin", "@agency member", f"@{LIMITED}"),
    },
}
"""Where the digest of each owner's workspace must be told."""

WITHHELD = ("This person may not see this client. /houston people changes that.",)
"""What the wall says at the last moment: where nothing has changed meanwhile, routing knew before."""

TELLING = frozenset({"chat.postMessage", "webhook", "service"})


async def add_rules(house: House) -> None:
    """In each workspace a rule of each type for every client, to every place that is there; everybody
    gets everything by direct message, whatever they may see."""
    for owner, team in TEAMS.items():
        actor = await _in(house, team)
        rooms = tuple(house.town.rooms[name].id for name, room in ROOMS.items() if room.team == team)
        ids = house.planted[owner].ids
        for type in EVENT_TYPES:
            draft = RuleDraft(
                channels=rooms, destination_ids=(ids["webhook"], ids["service"]), event_type=type
            )
            await house.houston.rules.add(actor, draft)
    admin = house.town.users["agency admin"].id
    await change(
        house,
        update(Preference).values(active=True, event_types=list(EVENT_TYPES)),
        update(Preference).where(col(Preference.user_id) == admin).values(client_ids=None),
    )


async def _in(house: House, team: str) -> Actor:
    return await house.houston.access.in_workspace(access.operator(), house.town.teams[team].id)


async def change(house: House, *statements: Any) -> None:
    async with house.houston.store.begin() as uow:
        for statement in statements:
            await uow._session.exec(statement)
        await uow.commit()


def heard(house: House, start: int) -> set[str]:
    """Where something was told since then; people by their names."""
    return {_place(each) for each in house.town.watch.sent[start:] if each.what in TELLING}


def _place(sent: Sent) -> str:
    is_direct = sent.audience.place in ("private", "a direct message")
    return f"@{' + '.join(sent.audience.who)}" if is_direct else sent.audience.place


async def tell(house: House, type: str, owner: str, name: str) -> None:
    """One event; of a type that goes on, from an episode that begins."""
    planted, now = house.planted[owner], house.clock()
    told = event(house.houston.store.ids.next(), type, planted, now, f"{name} {type} {owner}")
    if type not in EPISODE_TYPES:
        await house.houston.outbox.record(told)
        return
    await see(house, type, owner, name, "breach", severity="warning")


async def see(house: House, type: str, owner: str, name: str, verdict: Any, severity: str) -> None:
    planted, now = house.planted[owner], house.clock()
    told = event(0, type, planted, now, "")
    sighting = Sighting(
        key=f"leak:{name} {type} {owner}",
        type=type,
        client_id=planted.client_id,
        subject=told.subject,
        payload=told.payload,
        at=now,
        verdict=verdict,
        severity=severity,
    )
    await house.houston.episodes.see(sighting)


def _exists(type: str, owner: str) -> bool:
    return (type, owner) != ("outlier", "g")


def _tells(type: str) -> Make:
    async def make(house: House, who: str) -> None:
        owner = OWNERS[who]
        if not _exists(type, owner):
            return
        start, before = len(house.town.watch.sent), await _withheld(house)
        await tell(house, type, owner, "told")
        await house.told()
        _demand(heard(house, start), HEARD_IN[owner])
        stopped = (await _withheld(house)) - before
        assert not stopped, f"routed to who may not see it: {stopped}"

    return make


async def _withheld(house: House) -> set[int]:
    """The deliveries that the wall stopped at the last moment."""
    return {row["id"] for row in await rows_of(house.houston.store, Delivery) if row["error"] in WITHHELD}


def _goes_on(type: str) -> Make:
    """It gets worse, somebody takes it, and it ends: the messages change, and news come under them."""

    async def make(house: House, who: str) -> None:
        owner = OWNERS[who]
        if not _exists(type, owner):
            return
        start = len(house.town.watch.sent)
        for verdict, severity in (("breach", "critical"), ("ok", "critical")):
            house.clock.forward(seconds=10)
            await see(house, type, owner, "told", verdict, severity)
            await house.told()
        _demand(heard(house, start), HEARD_IN[owner])
        changed = {_place(each) for each in house.town.watch.sent[start:] if each.what == "chat.update"}
        _demand(changed, {place for place in HEARD_IN[owner] if not place.startswith("the ")})

    return make


def _held(type: str) -> Make:
    """While everything is paused something happens to all of them; then it comes summed up."""

    async def make(house: House, who: str) -> None:
        await _pause(house)
        for owner in OWNERS.values():
            if _exists(type, owner):
                await tell(house, type, owner, "held")
        await house.told()
        start = len(house.town.watch.sent)
        await _resume(house)
        _demand(heard(house, start), HEARD_IN["a"] | HEARD_IN["b"] | HEARD_IN["g"])

    return make


async def _pause(house: House) -> None:
    for team in TEAMS.values():
        await house.houston.pausing.pause(await _in(house, team), timedelta(hours=1))


async def _resume(house: House) -> None:
    for team in TEAMS.values():
        await house.houston.pausing.resume(await _in(house, team))
    house.clock.forward(seconds=1)
    await house.told()


def _lost(type: str) -> Make:
    """Somebody who has asked for it, and may see the client no more when it comes; nor when what they
    were told before changes."""

    async def make(house: House, who: str) -> None:
        await tell(house, type, "a", "known")
        await house.told()
        await _pause(house)
        await tell(house, type, "a", "lost")
        user = house.town.users[LIMITED]
        mine = {
            "workspace_id": user.workspace_id,
            "user_id": user.id,
            "client_id": house.planted["a"].client_id,
        }
        await change(house, delete(MemberClient).where(col(MemberClient.user_id) == user.id))
        try:
            start = len(house.town.watch.sent)
            await _resume(house)
            await tell(house, type, "a", "after")
            if type in EPISODE_TYPES:
                await see(house, type, "a", "known", "ok", "warning")
            await house.told()
        finally:
            await change(house, insert(MemberClient).values(**mine))
        told = [each for each in house.town.watch.sent[start:] if each.audience.who == (LIMITED,)]
        assert not told, told

    return make


def _escalates(type: str) -> Make:
    """To somebody with one client, from rules for all of them, as they were before that."""

    async def make(house: House, who: str) -> None:
        owner = OWNERS[who]
        if not _exists(type, owner):
            return
        user = house.town.users[LIMITED]
        places = await rows_of(house.houston.store, Destination)
        [place] = [row["id"] for row in places if (row["kind"], row["address"]) == ("dm", user.id)]
        told = await _escalated(house, type, owner, place)
        _demand(told, {f"@{LIMITED}"} if owner == "a" else set())

    return make


def _escalates_elsewhere(type: str) -> Make:
    """To a service of the agency's, whose name is no other company's business."""

    async def make(house: House, who: str) -> None:
        if _exists(type, owner := OWNERS[who]):
            told = await _escalated(house, type, owner, house.planted["g"].ids["service"])
            _demand(told, {"the service of agency"})

    return make


async def _escalated(house: House, type: str, owner: str, place: int) -> set[str]:
    """Where it went as well, as nobody took it."""
    agencys = update(Rule).where(col(Rule.workspace_id) == house.planted["g"].workspace_id)
    await change(house, agencys.values(escalate_minutes=1, escalate_to=place))
    try:
        await tell(house, type, owner, f"escalated to {place}")
        await house.told()
        start = len(house.town.watch.sent)
        house.clock.forward(seconds=120)
        await Escalations(store=house.houston.store, outbox=house.houston.outbox).due(house.clock())
        await house.told()
        changed = heard(house, start)
        await see(house, type, owner, f"escalated to {place}", "breach", "critical")
        await house.told()
    finally:
        await change(house, agencys.values(escalate_minutes=None, escalate_to=None))
    return changed


async def _digests(house: House, who: str) -> None:
    owner = OWNERS[who]
    workspace, now = house.planted[owner].workspace_id, house.clock()
    due = {"digest_on": True, "digest_due_at": now, "digest_at": f"{now - timedelta(minutes=1):%H:%M}"}
    await change(house, update(Workspace).where(col(Workspace.id) == workspace).values(**due))
    start = len(house.town.watch.sent)
    assert await house.houston.digests.due(now) == 1
    await house.told()
    await change(house, update(Workspace).values(digest_on=False, digest_due_at=None))
    _demand(heard(house, start), DIGESTS_IN[owner])
    for each in "ab":
        if owner in (each, "g"):
            words = [sent.content for sent in house.town.watch.sent[start:]]
            assert any(canary(each, "metric") in word or canary(each, "job") in word for word in words), each


def _demand(found: set[str], wanted: set[str]) -> None:
    assert found == wanted, f"not told in {sorted(wanted - found)}, but in {sorted(found - wanted)}"


def _attempt(name: str, make: Make, who: Sequence[str] = tuple(OWNERS)) -> Attempt:
    return Attempt(name=name, make=make, who=who, enters=False, answers=False)


def _door(type: str) -> Door:
    if type == DAILY_DIGEST:
        return Door(name=f"announcement {type}", attempts=(_attempt("on its day", _digests),))
    goes_on = {
        "as it goes on": _goes_on,
        "as nobody takes it": _escalates,
        "as nobody takes it, to a service": _escalates_elsewhere,
    }
    ways = {"to every place": _tells, **(goes_on if type in EPISODE_TYPES else {})}
    return Door(
        name=f"announcement {type}",
        attempts=(
            *(_attempt(name, way(type)) for name, way in ways.items()),
            _attempt("held back with others'", _held(type), ("the agency",)),
            _attempt("to who may see it no more", _lost(type), ("client A",)),
        ),
    )


ANNOUNCEMENTS = tuple(_door(type) for type in EVENT_TYPES)
