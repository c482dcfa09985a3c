"""Grouped messages keep their channel's order when a process is replaced in the middle of them."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from houston.notify.lanes import Pace
from houston.notify.messenger import Announcement
from houston.notify.outbox import Outbox
from houston.notify.rules.rule import RuleDraft
from houston.notify.rules.rules import Rules
from store import Store
from store.dispatch import Leased
from tests.actors import admin
from tests.store.databases import Clock
from tests.unit.notify.conftest import furnished
from tests.unit.notify.office import EVERYTHING, ONE, Office


async def test_what_is_left_of_a_group_waits_for_what_was_recorded_before_it(store: Store) -> None:
    """The first of a group had arrived, and nobody knew: the others of its kind must not overtake."""
    office, (first, *others) = await after_a_crash(store)
    said = Announcement(event=first.event, client_name=None, timezone=ZoneInfo("UTC"))
    await office.messenger.post(
        workspace_id="T1", address=ONE, announcement=said, delivery_ids=[first.delivery.id]
    )
    office.dispatcher.take([replace(first, uncertain=True), *others])
    await office.settled()
    assert told(office) == ["boom 1", "note 2", "boom 3"]
    await office.close()


async def after_a_crash(store: Store) -> tuple[Office, list[Leased]]:
    """Three deliveries to one channel, the first and the last of one kind."""
    clock = Clock()
    await furnished(store, clock)
    draft = RuleDraft(channels=("C1",), event_type="note_created")
    await Rules(store=store, now=clock).add(admin(EVERYTHING), draft)
    office = Office(store, clock, Pace(window=0))
    killed = Outbox(store.ledger, now=clock)
    for name, type in (("boom 1", "system_error"), ("note 2", "note_created"), ("boom 3", "system_error")):
        await killed.record(office.new(name, type=type))
        clock.forward(seconds=1)
    leased = [each for each in await office.outbox.claim(10) if each.delivery.address == ONE]
    await killed.close()
    return office, leased


def told(office: Office) -> list[str]:
    return [each.announcement.event.dedupe_key for each in office.messenger.posted if each.address == ONE]
