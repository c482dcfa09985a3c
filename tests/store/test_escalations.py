"""What nobody takes in time goes to a second destination, on both databases."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from houston.notify.handling.escalating import Escalations
from houston.notify.outbox import Outbox
from houston.watch.episodes import Episodes
from store import Store
from store.episodes import acknowledging, assigning, unacknowledging
from store.tables import Delivery, Episode, Escalation, Event, Rule
from tests.store.agency import EVERYTHING, WORKSPACE, Agency
from tests.store.databases import Clock
from tests.store.messages import destination, episode, keep, told

MINUTES = 15


class Desk:
    """An alert of Acme's that goes to #managers, too, if nobody takes it within a quarter of an hour."""

    def __init__(self, store: Store, agency: Agency, clock: Clock) -> None:
        self.store, self.agency, self.clock = store, agency, clock
        self.outbox = Outbox(store.ledger, now=clock)
        self.escalations = Escalations(store=store, outbox=self.outbox)
        self.episodes = Episodes(store=store, outbox=self.outbox, now=clock, policies={})

    async def alert(self, **more: Any) -> Episode:
        about = episode(self.store, self.clock(), self.agency.acme, **more)
        await told(self.outbox, self.store, self.clock(), about)
        managers = await destination(self.store, self.clock(), "channel:C2", "#managers")
        await self._escalate(about, managers, await self._rule(managers))
        return about

    async def _rule(self, destination_id: int) -> int:
        async with self.store.begin() as uow:
            rule = Rule(
                workspace_id=WORKSPACE,
                number=await uow.workspaces.take_rule_number(id=WORKSPACE),
                event_type="outlier",
                escalate_minutes=MINUTES,
                escalate_to=destination_id,
                created_at=self.clock(),
                updated_at=self.clock(),
            )
            await uow.rules.save(rule=rule, destination_ids=[destination_id])
            await uow.commit()
        assert rule.id is not None
        return rule.id

    async def _escalate(self, about: Episode, destination_id: int, rule_id: int) -> None:
        async with self.store.read() as uow:
            (event,) = await uow.events.all(scope=EVERYTHING)
        waiting = Escalation(
            id=self.store.ids.next(),
            episode_id=about.id,
            event_id=event.id,
            workspace_id=WORKSPACE,
            destination_id=destination_id,
            rule_id=rule_id,
            due_at=self.clock() + timedelta(minutes=MINUTES),
        )
        await keep(self.outbox, waiting)

    async def switch(self, *, active: bool) -> None:
        async with self.store.begin() as uow:
            (rule,) = await uow.rules.all(scope=EVERYTHING)
            rule.active = active
            await uow.commit()

    async def after(self, **time: float) -> int:
        return await self.escalations.due(self.clock.forward(**time))

    async def sent(self) -> list[tuple[Event, Delivery]]:
        async with self.store.read() as uow:
            events = {each.id: each for each in await uow.events.all(scope=EVERYTHING)}
            deliveries = await uow.deliveries.all(scope=EVERYTHING)
        found = [(events[each.event_id], each) for each in deliveries]
        return [(event, each) for event, each in found if event.payload.get("escalation")]


@pytest.fixture
async def desk(store: Store, agency: Agency, clock: Clock) -> AsyncIterator[Desk]:
    desk = Desk(store, agency, clock)
    yield desk
    await desk.outbox.close()


async def test_what_nobody_took_in_time_goes_to_the_second_destination_once(desk: Desk) -> None:
    about = await desk.alert(current={"metric": "spend", "value": 4.2})
    assert await desk.after(minutes=14) == 0
    assert await desk.after(minutes=1) == 1
    assert await desk.after(minutes=60) == 0
    ((event, delivery),) = await desk.sent()
    assert (delivery.address, delivery.workspace_id) == ("channel:C2", WORKSPACE)
    assert (event.episode_id, event.phase, event.severity) == (about.id, "fired", "warning")
    assert event.payload == {"metric": "spend", "value": 4.2, "escalation": True, "escalated_minutes": 15}


async def test_rules_add_no_other_place_to_an_escalation(desk: Desk) -> None:
    await desk.alert()
    await desk.after(minutes=15)
    async with desk.store.read() as uow:
        newest = await uow.deliveries.all(scope=EVERYTHING)
    assert [each.address for each in newest] == ["channel:C2", "channel:C1"]


async def test_what_somebody_acknowledged_waits_and_goes_when_it_is_given_back(desk: Desk) -> None:
    about = await desk.alert()
    taken = acknowledging([about.id], by="T1/UANN", name="Ann", at=desk.clock())
    await desk.outbox.record(None, taken)
    assert await desk.after(minutes=30) == 0
    await desk.outbox.record(None, unacknowledging([about.id]))
    assert await desk.after(minutes=1) == 1


async def test_what_is_somebodys_is_not_passed_on(desk: Desk) -> None:
    about = await desk.alert()
    await desk.outbox.record(None, assigning([about.id], to="T1/UBOB", name="Bob", by="T1/UANN"))
    assert await desk.after(minutes=30) == 0


async def test_what_is_snoozed_waits_until_that_ends(desk: Desk) -> None:
    about = await desk.alert()
    until = desk.clock() + timedelta(hours=1)
    await desk.episodes.snooze(about.key, until=until, by="T1/UANN", name="Ann")
    assert await desk.after(minutes=30) == 0
    assert await desk.after(minutes=30) == 1


async def test_what_is_over_is_let_go(desk: Desk) -> None:
    await desk.alert(state="resolved", resolved_at=desk.clock())
    assert await desk.after(minutes=15) == 0
    async with desk.store.read() as uow:
        due = await uow.escalations.due(now=desk.clock(), states={"firing"}, limit=10)
    assert due == []
    assert await desk.sent() == []


async def test_a_muted_rule_passes_nothing_on(desk: Desk) -> None:
    await desk.alert()
    await desk.switch(active=False)
    assert await desk.after(minutes=15) == 0
    await desk.switch(active=True)
    assert await desk.after(minutes=15) == 0


async def test_two_houstons_pass_it_on_once(desk: Desk) -> None:
    await desk.alert()
    now = desk.clock.forward(minutes=15)
    async with desk.store.read() as uow:
        (found,) = await uow.escalations.due(now=now, states={"firing"}, limit=10)
    assert await desk.escalations._settle(found, now)
    assert not await desk.escalations._settle(found, now)
    assert len(await desk.sent()) == 1
