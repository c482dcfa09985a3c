"""Why a message came, and how it comes no more, over real databases."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from houston.access import Actor
from houston.errors import Conflict, NotAllowed, NotFound
from houston.notify.handling.muting import Cause, Muting
from houston.notify.outbox import Outbox
from houston.notify.rules.rules import RuleDraft, Rules
from store import Store
from store.tables import Channel
from tests.actors import agency_admin
from tests.store.agency import WORKSPACE, Agency, open_agency
from tests.store.databases import KINDS, Clock, fresh_url, new_store
from tests.store.messages import delivery_of, destination, episode, event_of, keep

ADMIN = agency_admin(WORKSPACE)


class Desk:
    def __init__(self, store: Store, agency: Agency, clock: Clock) -> None:
        self.store, self.agency, self.clock = store, agency, clock
        self.outbox = Outbox(store.ledger, now=clock)
        self.rules = Rules(store=store, now=clock)
        self.muting = Muting(store=store, rules=self.rules, outbox=self.outbox)

    async def rule(self, client_id: int | None = None) -> int:
        draft = RuleDraft(channels=("C1",), event_type="outlier", client_id=client_id)
        return (await self.rules.add(ADMIN, draft)).id

    async def delivery(self, rule_ids: Sequence[int] = (), address: str = "channel:C1", **event: Any) -> int:
        about = episode(self.store, self.clock(), self.agency.acme)
        news = event_of(self.store, self.clock(), about, **event)
        to = await destination(self.store, self.clock(), address, address)
        made = delivery_of(self.store, self.clock(), news, to, address=address, rule_ids=list(rule_ids))
        await keep(self.outbox, about, news, made)
        return made.id


@pytest.fixture(params=KINDS)
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    clock = Clock()
    store = new_store(fresh_url(request.param, tmp_path), clock)
    await store.open()
    desk = Desk(store, await open_agency(store, clock()), clock)
    async with store.begin() as uow:
        await uow.channels.save(channel=Channel(workspace_id=WORKSPACE, id="C1", name="alerts"))
        await uow.commit()
    yield desk
    await desk.outbox.close()
    await store.close()


def member(**more: Any) -> Actor:
    return replace(ADMIN, is_admin=False, **more)


async def test_the_rules_that_matched_are_named(desk: Desk) -> None:
    first, second = await desk.rule(), await desk.rule(desk.agency.acme)
    why = await desk.muting.why(member(), await desk.delivery([first, second]))
    assert why.cause is Cause.RULES
    assert ([rule.number for rule in why.rules], why.gone) == ([1, 2], 0)


async def test_a_rule_that_is_gone_or_out_of_sight_is_only_counted(desk: Desk) -> None:
    acmes, globexs = await desk.rule(desk.agency.acme), await desk.rule(desk.agency.globex)
    delivery = await desk.delivery([acmes, globexs])
    await desk.rules.delete(ADMIN, 1)
    why = await desk.muting.why(member(scope=ADMIN.scope.narrowed(desk.agency.acme)), delivery)
    assert (list(why.rules), why.gone) == ([], 2)


@pytest.mark.parametrize(
    ("address", "event", "cause"),
    [
        ("dm:UANN", {}, Cause.PREFERENCE),
        ("channel:C1", {}, Cause.DEFAULT_CHANNEL),
        ("channel:C1", {"payload": {"escalation": True}}, Cause.ESCALATION),
        ("dm:UANN", {"type": "notice"}, Cause.HOUSTON),
        ("channel:C1", {"type": "daily_digest", "workspace_id": WORKSPACE}, Cause.HOUSTON),
    ],
)
async def test_what_no_rule_sent_has_another_cause(
    desk: Desk, address: str, event: dict[str, Any], cause: Cause
) -> None:
    delivery = await desk.delivery((), address, **event)
    assert (await desk.muting.why(member(), delivery)).cause is cause
    with pytest.raises(Conflict, match="rule"):
        await desk.muting.mute(ADMIN, delivery)


async def test_all_its_rules_are_muted_and_unmuted_by_an_admin(desk: Desk) -> None:
    delivery = await desk.delivery([await desk.rule(), await desk.rule()])
    with pytest.raises(NotAllowed, match="change rules"):
        await desk.muting.mute(member(), delivery)
    muted = await desk.muting.mute(ADMIN, delivery)
    assert [(rule.number, rule.active) for rule in muted] == [(1, False), (2, False)]
    with pytest.raises(Conflict, match="Already muted"):
        await desk.muting.mute(ADMIN, delivery)
    unmuted = await desk.muting.unmute(ADMIN, delivery)
    assert [rule.active for rule in unmuted] == [True, True]
    with pytest.raises(Conflict, match="Already unmuted"):
        await desk.muting.unmute(ADMIN, delivery)


async def test_a_message_out_of_sight_is_none(desk: Desk) -> None:
    delivery = await desk.delivery([await desk.rule()])
    elsewhere = replace(ADMIN, scope=ADMIN.scope.narrowed(desk.agency.globex))
    for id in (delivery, 4711):
        for deed in (
            desk.muting.why(elsewhere, id),
            desk.muting.mute(elsewhere, id),
            desk.muting.unmute(elsewhere, id),
        ):
            with pytest.raises(NotFound, match="do not know this message"):
                await deed
