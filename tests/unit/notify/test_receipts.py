"""What became of messages, and trying again, over real databases."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from houston.access import Actor
from houston.errors import Conflict, NotAllowed, NotFound, TemporaryFailure
from houston.notify.outbox import Outbox
from houston.notify.permalinks import Permalinks
from houston.notify.receipts import Receipts
from store import Store
from store.tables import Delivery
from store.tables.notify import DEAD, DUE, HELD, SENT
from tests.actors import admin, agency_admin
from tests.store.agency import EVERYTHING, WORKSPACE, Agency, open_agency
from tests.store.databases import KINDS, NOON, Clock, fresh_url, new_store
from tests.store.messages import delivery_of, destination, episode, event_of, keep

ASKED = datetime(2026, 11, 14, 11, 59, tzinfo=UTC)


class Links:
    """As far as permalinks go, Slack."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def permalink(self, *, workspace_id: str, channel: str, ts: str) -> str | None:
        self.asked.append(channel)
        if channel == "CBROKEN":
            raise TemporaryFailure("Slack cannot be reached.")
        return f"https://slack.example/{channel}/{ts}"


class Desk:
    def __init__(self, store: Store, agency: Agency, clock: Clock) -> None:
        self.store, self.agency, self.clock = store, agency, clock
        self.outbox = Outbox(store.ledger, now=clock)
        self.links = Links()
        permalinks = Permalinks(messenger=self.links)  # type: ignore[arg-type]  # nothing else is asked
        self.receipts = Receipts(store=store, permalinks=permalinks, now=clock)
        self.admin = agency_admin(WORKSPACE)

    async def delivery(
        self, state: int, client_id: int | None = None, address: str = "channel:C1", **more: Any
    ) -> Delivery:
        about = episode(self.store, self.clock(), client_id or self.agency.acme)
        event = event_of(self.store, self.clock(), about)
        to = await destination(self.store, self.clock(), address, address)
        given: dict[str, Any] = {"ts": "1.1", "channel": "C1"} if state == SENT else {"ts": "", "channel": ""}
        if state != SENT:
            given |= {"sent_at": None}
        made = delivery_of(
            self.store, self.clock(), event, to, state=state, address=address, **{**given, **more}
        )
        await keep(self.outbox, about, event, made)
        return made

    async def now(self, id: int) -> Delivery:
        async with self.store.read() as uow:
            found = await uow.deliveries.find(scope=EVERYTHING, id=id)
        assert found is not None
        return found


@pytest.fixture(params=KINDS)
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    clock = Clock()
    store = new_store(fresh_url(request.param, tmp_path), clock)
    await store.open()
    desk = Desk(store, await open_agency(store, clock()), clock)
    yield desk
    await desk.outbox.close()
    await store.close()


def member(desk: Desk, **more: Any) -> Actor:
    return replace(admin(EVERYTHING, "UANN"), is_admin=False, **more)


async def test_a_dead_letter_is_due_again_from_the_start(desk: Desk) -> None:
    dead = await desk.delivery(DEAD, tries=12, error="The channel is archived.", asked_at=ASKED)
    replayed = await desk.receipts.replay(desk.admin, dead.id)
    assert (replayed.state, replayed.tries, replayed.error, replayed.owner) == (DUE, 0, "", "")
    assert replayed.due_at == NOON
    assert replayed.asked_at == ASKED, "it may have arrived: that is looked for first"
    async with desk.store.read() as uow:
        (entry,) = await uow.audit.page(scope=EVERYTHING, before=None, limit=5)
    assert (entry.action, entry.subject) == ("delivery.replayed", f"delivery {dead.id}")


@pytest.mark.parametrize(
    ("state", "words"), [(SENT, "has arrived"), (DUE, "on its way already"), (HELD, "held back")]
)
async def test_what_is_not_dead_is_not_replayed(desk: Desk, state: int, words: str) -> None:
    before = await desk.delivery(state)
    with pytest.raises(Conflict, match=words):
        await desk.receipts.replay(desk.admin, before.id)
    assert (await desk.now(before.id)).state == state


async def test_only_admins_replay_and_only_what_they_may_see(desk: Desk) -> None:
    dead = await desk.delivery(DEAD)
    with pytest.raises(NotAllowed, match="replay messages"):
        await desk.receipts.replay(member(desk), dead.id)
    with pytest.raises(NotAllowed, match="replay messages"):
        await desk.receipts.replay_all(member(desk), dead.destination_id)
    elsewhere = admin(desk.agency.globex_only)
    for id in (dead.id, 4711):
        with pytest.raises(NotFound, match=f"There is no delivery {id}."):
            await desk.receipts.replay(elsewhere, id)
    with pytest.raises(Conflict):
        await desk.receipts.replay_all(elsewhere, dead.destination_id)
    assert (await desk.now(dead.id)).state == DEAD


async def test_all_dead_letters_of_one_destination_are_replayed_together(desk: Desk) -> None:
    dead = [await desk.delivery(DEAD), await desk.delivery(DEAD)]
    sent = await desk.delivery(SENT)
    other = await desk.delivery(DEAD, address="channel:C2")
    assert await desk.receipts.replay_all(desk.admin, dead[0].destination_id) == 2
    states = [(await desk.now(each.id)).state for each in (*dead, sent, other)]
    assert states == [DUE, DUE, SENT, DEAD]
    with pytest.raises(Conflict, match="dead any more"):
        await desk.receipts.replay_all(desk.admin, dead[0].destination_id)
    with pytest.raises(NotFound):
        await desk.receipts.replay_all(desk.admin, 4711)


async def test_a_page_has_the_newest_first_with_what_people_call_things(desk: Desk) -> None:
    sent, dead = await desk.delivery(SENT), await desk.delivery(DEAD, desk.agency.globex)
    newest, oldest = await desk.receipts.page(desk.admin)
    assert (newest.delivery.id, oldest.delivery.id) == (dead.id, sent.id)
    assert newest.client is not None
    assert (newest.client.slug, newest.destination.alias, newest.link) == ("globex", "channel:C1", None)
    assert oldest.link == "https://slack.example/C1/1.1"
    assert desk.links.asked == ["C1"]


async def test_pages_are_turned_both_ways(desk: Desk) -> None:
    made = [(await desk.delivery(SENT if number % 2 else DEAD)).id for number in range(6)]

    async def ids(**more: Any) -> list[int]:
        return [each.delivery.id for each in await desk.receipts.page(desk.admin, **more)]

    assert await ids(limit=2) == [made[5], made[4]]
    assert await ids(limit=2, before=made[4]) == [made[3], made[2]]
    assert await ids(limit=2, after=made[1]) == [made[3], made[2]]
    assert await ids(only_dead=True) == [made[4], made[2], made[0]]


async def test_a_scope_and_a_dm_of_somebody_else_keep_messages_from_a_member(desk: Desk) -> None:
    await desk.delivery(SENT, desk.agency.acme)
    ours = await desk.delivery(SENT, desk.agency.globex)
    await desk.delivery(SENT, desk.agency.globex, "dm:UBOB")
    mine = await desk.delivery(SENT, desk.agency.globex, "dm:UANN", channel="DANN")
    ann = member(desk)
    found = await desk.receipts.page(replace(ann, scope=desk.agency.globex_only))
    assert [each.delivery.id for each in found] == [mine.id, ours.id]
    assert found[0].link == "https://slack.example/DANN/1.1"
    with pytest.raises(NotAllowed):
        await desk.receipts.page(replace(ann, is_stranger=True))


async def test_a_link_that_slack_does_not_give_is_left_out(desk: Desk) -> None:
    await desk.delivery(SENT, channel="CBROKEN")
    await desk.delivery(SENT, address="dm:UBOB", channel="DBOB")
    assert [each.link for each in await desk.receipts.page(desk.admin)] == [None, None]
    assert desk.links.asked == ["CBROKEN"]
