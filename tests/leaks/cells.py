"""Door × person × attempt: what is tried, and what each try must come to."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field

from tests.leaks.canaries import canary, owners
from tests.leaks.house import House
from tests.leaks.rights import Person, belongings
from tests.leaks.town import ROLES, UNKNOWN
from tests.leaks.watching import Sent

Make = Callable[[House, str], Awaitable[None]]

EVERYBODY = (*ROLES, UNKNOWN)
INSIDERS = tuple(who for who in ROLES if who not in ("stranger", "deactivated member"))
"""Those who may use Houston at all."""

FORGERS = tuple(who for who in EVERYBODY if who not in ("agency admin", "agency member", UNKNOWN))
"""For whom another client's rows are another client's."""

READERS = {
    "agency admin": "ab",
    "agency member": "ab",
    "member with one client": "a",
    "client A's admin": "a",
    "client A's member": "a",
    "client B's admin": "b",
    "client B's member": "b",
}
"""Who sees which clients where nothing narrows them: without these, the suite would pass on silence."""


IN_ROOMS = {"stranger": ("partners", "a")}
"""Who sees whose client in the one channel that is held to it, and there may ask, but change nothing."""


def foreign(who: str) -> str:
    """The owner of the client that this person, or key, has no business with."""
    return "a" if who.startswith("client B") else "b"


def own(who: str) -> str:
    """The owner of the client that is theirs; for an agency's people one of several."""
    return "b" if who.startswith("client B") else "a"


ADMINS = ("agency admin", "client A's admin", "client B's admin")


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One way to try a door. With a name that begins "another's" it goes for the rows of a client
    outside, and with "the agency's" for the agency's own: these must be afterwards as they were before,
    and no database of another's, or of the agency's, is asked.

    `shows` are those who must see their own clients' words by it. One that `answers` nothing, such as
    an event, only has to be heard.
    """

    name: str
    make: Make
    who: Sequence[str] = EVERYBODY
    shows: Sequence[str] = ()
    reveals: str = ""
    """Which of their client's words they must see: what `canary` was given, such as `note title`."""
    answers: bool = True
    enters: bool = True
    """Whether it gets as far as the door's own listener."""
    is_shared: bool = False
    """Whether the person shows a channel on purpose what only they may see."""


@dataclass(frozen=True, kw_only=True)
class Door:
    """`name` as doors.py finds it; `enters` is the listener that serves it, by default the same."""

    name: str
    attempts: tuple[Attempt, ...]
    enters: str = ""

    @property
    def cells(self) -> int:
        return sum(len(attempt.who) for attempt in self.attempts)


@dataclass
class Tried:
    """What came of it."""

    cells: int = 0
    failures: list[str] = field(default_factory=list)


def cells(doors: Iterable[Door]) -> int:
    return sum(door.cells for door in doors)


async def try_all(house: House, doors: Iterable[Door]) -> Tried:
    tried = Tried()
    for door in doors:
        for attempt in door.attempts:
            for who in attempt.who:
                tried.failures += await _try(house, door, attempt, who)
                tried.cells += 1
    return tried


async def _try(house: House, door: Door, attempt: Attempt, who: str) -> list[str]:
    """Make one attempt; what was wrong with the attempt itself. Leaks are the watch's."""
    cell = f"{door.name} · {who} · {attempt.name}"
    before, unheard = len(house.reached), house.town.watch.unheard
    asked = len(house.sources.asked)
    theirs = await _theirs(house, attempt, who)
    with house.town.watch.during(cell, who if attempt.is_shared else "") as sent:
        try:
            await attempt.make(house, who)
            await house.settle()
        except Exception as error:  # noqa: BLE001 whatever an attempt does, the others go on
            return [f"{cell}: {type(error).__name__}: {error}"]
    if theirs != (now := await _theirs(house, attempt, who)):
        changed = sorted(set(theirs) ^ set(now))
        return [f"{cell}: it changed what is another client's: {changed}"]
    if _goes_for(attempt, who) and set(house.sources.asked[asked:]) & _closed_to(house, who):
        return [f"{cell}: a database was asked that is none of theirs"]
    if attempt.enters and (door.enters or door.name) not in house.reached[before:]:
        return [f"{cell}: it never got to the door, but to {house.reached[before:] or 'nothing'}"]
    if attempt.answers and not sent and unheard == house.town.watch.unheard:
        return [f"{cell}: Houston neither answered nor refused"]
    return _unseen(cell, who, attempt, sent) if who in attempt.shows else []


async def _theirs(house: House, attempt: Attempt, who: str) -> list[str]:
    """The rows of the client that a forged attempt goes for, unless this person may change them."""
    owner = _goes_for(attempt, who)
    if not owner:
        return []
    by = person(house, who) if who in EVERYBODY else None  # else by a key of the API, or by none
    found = await belongings(house.houston.store, house.planted[owner], by=by)
    return [row for row in found if row not in house.laid]


def person(house: House, who: str) -> Person:
    """Who acts, and what is theirs."""
    hands = house.hands(who)
    room, lent = IN_ROOMS.get(who, ("", ""))
    owners = READERS.get(who, lent)
    return Person(
        user_id=hands.user_id,
        workspace_id=hands.workspace_id,
        client_ids=frozenset(house.planted[each].client_id for each in owners),
        sees_all=who in ("agency admin", "agency member"),
        only_in=house.town.rooms[room].id if room else "",
    )


def _goes_for(attempt: Attempt, who: str) -> str:
    """The owner of what it would reach; '' where that is theirs."""
    if who.startswith("agency"):
        return ""
    aims = {"another's": foreign(who), "the agency's": "g"}
    return next((owner for named, owner in aims.items() if attempt.name.startswith(named)), "")


def _closed_to(house: House, who: str) -> set[str]:
    """The URLs of databases that they may neither read nor reach."""
    return {house.town.urls[f"source {name}"] for name in (foreign(who), "g", "gone")}


def _unseen(cell: str, who: str, attempt: Attempt, sent: Sequence[Sent]) -> list[str]:
    """Which of their own clients' words they did not get to see."""
    seen = {found for each in sent if who in each.audience.who for found in each.canaries}
    missing = sorted(set(READERS[who]) - owners(seen))
    if attempt.reveals:
        wanted = canary(own(who), attempt.reveals)
        missing = [] if wanted in {each.word for each in seen} else [wanted]
    return [f"{cell}: saw nothing of {', '.join(missing)}, which is theirs"] if missing else []


def verdict(house: House, tried: Tried) -> str:
    """Everything that went wrong, or ''."""
    leaks = [str(leak) for leak in house.town.watch.leaks]
    return "\n".join(
        [
            *(f"LEAK {leak}" for leak in leaks),
            *(f"IN THE LOG {line}" for line in house.overheard.told),
            *tried.failures,
        ]
    )
