"""Everything paused, and what waits meanwhile."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from houston.errors import Invalid, NotAllowed
from houston.notify.pausing import Pausing, length
from store import Store
from store.dispatch import Entry, Target
from store.tables import Delivery, Event
from store.tables.notify import HELD
from tests.store.agency import WORKSPACE
from tests.store.databases import KINDS, NOON, Clock, fresh_url, new_store
from tests.unit.notify.town import ELSEWHERE, Town, open_town

HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=KINDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    store = new_store(fresh_url(request.param, tmp_path), clock)
    await store.open()
    yield store
    await store.close()


@pytest.fixture
async def town(store: Store) -> Town:
    return await open_town(store)


@pytest.fixture
def pausing(store: Store, clock: Clock) -> Pausing:
    return Pausing(store=store, now=clock)


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("", HOUR),
        ("30m", timedelta(minutes=30)),
        ("1h", HOUR),
        ("2d", timedelta(days=2)),
        ("1h 30min", timedelta(minutes=90)),
        ("1H30M", timedelta(minutes=90)),
        ("2 weeks", timedelta(days=14)),
    ],
)
def test_a_length_is_read_as_people_write_it(typed: str, span: timedelta) -> None:
    assert length(typed) == span


@pytest.mark.parametrize("typed", ["0m", "15d", "1", "h", "-1h", "soon", "1y", "3 fortnights", "99999 weeks"])
def test_a_length_without_sense_or_end_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="30m, 1h or 2d"):
        length(typed)


async def test_a_pause_has_an_end_and_somebody_who_wanted_it(
    town: Town, pausing: Pausing, clock: Clock
) -> None:
    assert await pausing.state(town.admin.scope) is None
    begun = await pausing.pause(town.admin)
    assert (begun.until, begun.by) == (NOON + HOUR, "UALL")
    assert await pausing.state(town.admin.scope) == begun
    clock.forward(hours=1)
    assert await pausing.state(town.admin.scope) is None


async def test_resuming_ends_it_once(town: Town, pausing: Pausing, clock: Clock) -> None:
    begun = await pausing.pause(town.admin, 2 * HOUR)
    clock.forward(minutes=10)
    assert await pausing.resume(town.admin) == begun
    assert await pausing.state(town.admin.scope) is None
    assert await pausing.resume(town.admin) is None
    async with town.store.read() as uow:
        entries = await uow.audit.page(scope=town.admin.scope, before=None, limit=5)
    assert [each.action for each in entries] == ["workspace.resumed", "workspace.paused"]


async def test_only_admins_pause_and_resume(town: Town, pausing: Pausing) -> None:
    member = await town.person("UACME")
    with pytest.raises(NotAllowed):
        await pausing.pause(member)
    with pytest.raises(NotAllowed):
        await pausing.resume(member)


async def test_a_pause_longer_than_two_weeks_is_refused(town: Town, pausing: Pausing) -> None:
    with pytest.raises(Invalid):
        await pausing.pause(town.admin, timedelta(days=14, minutes=1))


async def test_what_waits_follows_the_end_of_the_pause(town: Town, pausing: Pausing, clock: Clock) -> None:
    first = await pausing.pause(town.admin, HOUR)
    hold(town, WORKSPACE, town.hook, first.until, "pause:20261114T130000")
    hold(town, WORKSPACE, town.mail, NOON + 3 * HOUR, "quiet:20261114T150000")
    hold(town, ELSEWHERE, town.theirs, first.until, "pause:20261114T130000")
    clock.forward(minutes=5)
    longer = await pausing.pause(town.admin, 5 * HOUR)
    assert await due(town) == [longer.until, NOON + 3 * HOUR, first.until]
    clock.forward(minutes=5)
    await pausing.resume(town.admin)
    assert await due(town) == [clock(), NOON + 3 * HOUR, first.until]


async def test_what_becomes_due_in_a_pause_comes_when_it_is_ended_early(
    town: Town, pausing: Pausing, clock: Clock
) -> None:
    hold(town, WORKSPACE, town.hook, NOON + HOUR, "quiet:20261114T130000")
    pause = await pausing.pause(town.admin, 5 * HOUR)
    clock.forward(hours=1)
    town.store.ledger.let_go(now=clock())
    assert await due(town) == [pause.until]
    clock.forward(hours=1)
    await pausing.resume(town.admin)
    assert await due(town) == [clock()]
    town.store.ledger.let_go(now=clock())
    assert await due(town) == []


def hold(town: Town, workspace_id: str, destination_id: int, until: datetime, bundle: str) -> None:
    """Something is on its way there, and waits."""
    id = town.store.ids.next()
    event = Event(id=id, type="notice", occurred_at=NOON, recorded_at=NOON, dedupe_key=f"k{id}")
    target = Target(
        workspace_id=workspace_id,
        destination_id=destination_id,
        address=f"webhook:{destination_id}",
        rule_ids=[],
        held_until=until,
        bundle=bundle,
    )
    entry = Entry(event=event, targets=[target])
    outcomes = town.store.ledger.turn([entry], [], routing=lambda *_: [], now=NOON, lease=HOUR, room=0)
    assert not [each for each in outcomes if isinstance(each, Exception)]


async def due(town: Town) -> list[datetime]:
    """When each of those that wait is let go, in the order in which they came."""
    async with town.store.read() as uow:
        scope = town.admin.scope
        found: list[Delivery] = []
        for workspace_id in (WORKSPACE, ELSEWHERE):
            within = type(scope)(workspace_id=workspace_id, client_ids=None)
            found += await uow.deliveries.all(scope=within, state=HELD)
    return [each.due_at for each in sorted(found, key=lambda each: each.id)]
