"""Channels that are bound to a client, and those that other companies read."""

from dataclasses import dataclass

import pytest

from bot.listeners import sharing
from bot.playground.person import Person
from bot.playground.state import Channel, Message
from houston.errors import InvalidFields
from houston.notify.rules.rules import RuleDraft
from store.tables import Delivery
from store.tables.notify import DEAD
from tests.bot.conftest import House, shown
from tests.bot.samples import event
from tests.bot.test_installs import settled

pytestmark = pytest.mark.slow

CLOSED = "shared with another company"


async def rule(house: House, client_id: int | None = None) -> None:
    draft = RuleDraft(channels=(house.general.id,), event_type="outlier", client_id=client_id)
    await house.houston.rules.add(house.admin, draft)


async def outlier(house: House, client_id: int | None) -> None:
    happened = event("outlier", metric_id=1, definition_id=1)
    happened.client_id, happened.id = client_id, house.houston.store.ids.next()
    happened.dedupe_key = str(happened.id)
    await house.houston.outbox.record(happened)


async def delivered(house: House) -> list[Delivery]:
    """Every delivery, once none is under way."""
    assert house.houston.dispatcher
    await house.houston.dispatcher.drained()
    async with house.houston.store.read() as uow:
        return await uow.deliveries.all(scope=house.scope)


def refuse_posts(house: House) -> None:
    """What is to go to #general stays queued, however long."""
    house.slack.playground.faults.fail("chat.postMessage", times=None, channel=house.general.id)


# --- bound to a client


async def test_an_admin_binds_a_channel_and_hears_what_falls_silent(house: House) -> None:
    await rule(house, house.globex.id)
    await house.ran(house.bob, "/houston client", "not bound to a client")
    message = await house.ran(house.bob, "/houston client acme", "is bound to *Acme*")
    assert "1 notification of other clients no longer posts there" in shown(message)
    await house.ran(house.alice, "/houston client", "bound to *Acme*")
    await house.ran(house.bob, "/houston client globex", "is bound to *Globex*")
    await house.ran(house.bob, "/houston client none", "is free")
    async with house.houston.store.read() as uow:
        told = await uow.audit.page(scope=house.scope, before=None, limit=3)
    assert [each.action for each in told] == ["channel.freed", "channel.bound", "channel.bound"]
    assert (told[1].before, told[1].after) == ({"client": "acme"}, {"client": "globex"})


async def test_a_member_binds_nothing_and_is_told_who_can(house: House) -> None:
    await house.ran(house.alice, "/houston client acme", "Ask Bob Best.")


@pytest.mark.parametrize("line", ["/houston client nobody", "/houston client acme globex"])
async def test_an_unknown_client_is_said_so(house: House, line: str) -> None:
    await house.ran(house.bob, line, "no client called")


async def test_a_clients_workspace_has_nothing_to_bind(house: House) -> None:
    await house.become_client()
    message = await house.ran(house.bob, "/houston client globex", "only one client")
    assert "lobex" not in shown(message)


async def test_a_rule_of_another_client_is_refused_at_its_channel(house: House) -> None:
    assert house.acme.id
    await house.houston.bindings.bind(house.admin, house.general.id, house.acme.id)
    with pytest.raises(InvalidFields) as refused:
        await rule(house, house.globex.id)
    assert list(refused.value.errors) == ["channel"]
    await rule(house, house.acme.id)


async def test_what_was_queued_before_the_channel_was_bound_is_not_told(house: House) -> None:
    await rule(house)
    refuse_posts(house)
    await outlier(house, house.globex.id)
    assert house.acme.id
    await house.houston.bindings.bind(house.admin, house.general.id, house.acme.id)
    (queued,) = await delivered(house)
    assert queued.state == DEAD
    assert "bound to another client" in queued.error
    assert house.slack.posts(house.general) == []


# --- shared with another company


@dataclass(kw_only=True)
class Partner:
    house: House
    sam: Person
    workspace_id: str

    def share(self) -> None:
        self.house.slack.playground.share_channel(
            self.house.general.id, self.workspace_id, members=[self.sam.user]
        )

    async def question(self) -> tuple[Channel, Message]:
        """Bob's DM with the buttons."""
        dm = await self.house.bob.dm()
        return dm, await self.house.seen(self.house.bob, dm, CLOSED)


@pytest.fixture
async def partner(house: House) -> Partner:
    playground = house.slack.playground
    other = playground.add_workspace("Partner")
    sam = playground.add_user(other.id, "sam", real_name="Sam Stranger", is_admin=True)
    return Partner(house=house, sam=Person(playground, other.id, sam.id), workspace_id=other.id)


async def test_admins_are_asked_by_name_before_houston_speaks_there(partner: Partner) -> None:
    house = partner.house
    await rule(house)
    partner.share()
    dm, question = await partner.question()
    assert "*#general*" in shown(question)
    assert "Sam Stranger" in shown(question)
    await outlier(house, house.acme.id)
    await delivered(house)
    assert house.slack.posts(house.general) == []
    button = question.blocks[1]["elements"][0]
    assert (button["text"]["text"], button["value"]) == ("Approve #general", house.general.id)
    assert (await house.bob.click("approve_channel", message=question)).ok
    await house.seen(house.bob, dm, "Bob Best approved *#general*")
    await outlier(house, house.acme.id)
    await house.seen(house.alice, house.general, "📈 Outlier")


async def test_what_was_queued_before_the_sharing_is_dead_and_says_why(partner: Partner) -> None:
    house = partner.house
    await rule(house)
    refuse_posts(house)
    await outlier(house, house.acme.id)
    partner.share()
    await partner.question()
    deliveries = await delivered(house)
    refused = [each for each in deliveries if each.address == f"channel:{house.general.id}"]
    assert [each.state for each in refused] == [DEAD]
    assert "no admin has approved it" in refused[0].error


async def test_who_asks_there_is_told_politely_and_alone(partner: Partner) -> None:
    house = partner.house
    partner.share()
    await partner.question()
    for person in (house.alice, partner.sam):
        await person.say(house.general.id, "@Houston how is revenue?")
        message = await house.seen(person, house.general, CLOSED)
        assert message.ephemeral_to == person.user_id
        assert "admins has to approve" in shown(message)
    assert all(each.ephemeral_to for each in house.slack.posts(house.general))


async def test_an_admin_who_asks_there_gets_the_buttons_again(partner: Partner) -> None:
    house = partner.house
    partner.share()
    dm, _ = await partner.question()
    await house.bob.run(house.general.id, "/houston ask How is revenue?")
    await house.seen(house.bob, house.general, "sent you a direct message")
    await house.bob.wait_for(lambda: len(questions(house, dm)) == 2)


def questions(house: House, dm: Channel) -> list[Message]:
    return [each for each in house.slack.posts(dm) if CLOSED in shown(each)]


async def test_keeping_quiet_can_be_taken_back(partner: Partner) -> None:
    house = partner.house
    partner.share()
    dm, question = await partner.question()
    await house.bob.click("refuse_channel", message=question)
    quiet = await house.seen(house.bob, dm, "keeps Houston quiet")
    await house.bob.click("approve_channel", message=quiet)
    await house.seen(house.bob, dm, "approved *#general*")
    found = await house.houston.channels.find(house.slack.workspace.id, house.general.id)
    assert found
    assert found.approved_by == house.bob.user_id


async def test_who_is_no_admin_any_more_approves_nothing(partner: Partner) -> None:
    house = partner.house
    partner.share()
    dm, question = await partner.question()
    house.slack.playground.change_user(house.bob.user_id, is_admin=False)
    await settled(house)
    await house.bob.click("approve_channel", message=question)
    await house.seen(house.bob, dm, "Only Houston's admins can approve")
    found = await house.houston.channels.find(house.slack.workspace.id, house.general.id)
    assert found
    assert not found.is_open


async def test_an_approval_ends_with_the_sharing(partner: Partner) -> None:
    house = partner.house
    partner.share()
    _, question = await partner.question()
    await house.bob.click("approve_channel", message=question)
    dm = await house.bob.dm()
    await house.seen(house.bob, dm, "approved *#general*")
    house.slack.playground.unshare_channel(house.general.id, partner.workspace_id)
    await settled(house)
    partner.share()
    await partner.question()
    found = await house.houston.channels.find(house.slack.workspace.id, house.general.id)
    assert found
    assert (found.is_shared, found.is_open) == (True, False)


async def test_a_shared_channel_gets_no_welcome(partner: Partner) -> None:
    house = partner.house
    playground = house.slack.playground
    channel = house.slack.channel("partners", with_bot=False)
    playground.share_channel(channel.id, partner.workspace_id, members=[partner.sam.user])
    await house.alice.invite(channel.id)
    _, question = await partner.question()
    assert "*#partners*" in shown(question)
    assert not [each for each in house.slack.posts(channel) if "Houston here" in shown(each)]


async def test_a_sharing_that_happened_while_houston_was_away_is_noticed(partner: Partner) -> None:
    house = partner.house
    house.slack.playground.channels[house.general.id].connected.add(partner.workspace_id)
    house.slack.playground.channels[house.general.id].is_ext_shared = True
    await sharing.catch_up(house.houston, house.slack.interactive(), house.slack.workspace.id)
    dm, _ = await partner.question()
    await sharing.catch_up(house.houston, house.slack.interactive(), house.slack.workspace.id)
    assert len(questions(house, dm)) == 1


async def test_a_stranger_in_a_channel_bound_to_one_client_gets_a_public_answer(partner: Partner) -> None:
    house = partner.house
    partner.share()
    await partner.question()
    await house.houston.approvals.approve(house.admin, house.general.id)
    assert house.acme.id
    await house.houston.bindings.bind(house.admin, house.general.id, house.acme.id)
    asked = await partner.sam.say(house.general.id, "@Houston how is revenue?")
    answer = await house.seen(partner.sam, house.general, "That is low.", thread_ts=asked.ts)
    assert answer.ephemeral_to is None


@pytest.mark.parametrize("press", ["Good answer", "Bad answer"])
async def test_a_stranger_who_judges_an_answer_is_refused_at_once(partner: Partner, press: str) -> None:
    house = partner.house
    partner.share()
    await partner.question()
    await house.houston.approvals.approve(house.admin, house.general.id)
    assert house.acme.id
    await house.houston.bindings.bind(house.admin, house.general.id, house.acme.id)
    asked = await partner.sam.say(house.general.id, "@Houston how is revenue?")
    answer = await house.seen(partner.sam, house.general, "That is low.", thread_ts=asked.ts)
    assert (await partner.sam.click("answer_opinion", message=answer, choose=press)).ok
    refusal = await house.seen(
        partner.sam, house.general, "Only people of this workspace can say", thread_ts=asked.ts
    )
    assert refusal.ephemeral_to == partner.sam.user_id
    assert partner.sam.open_modal() is None


async def test_a_stranger_keeps_a_wider_answer_private(partner: Partner) -> None:
    house = partner.house
    partner.share()
    await partner.question()
    await house.houston.approvals.approve(house.admin, house.general.id)
    await house.bob.say(house.general.id, "@Houston how is revenue?")
    answer = await house.seen(house.bob, house.general, "That is low.")
    assert answer.ephemeral_to == house.bob.user_id


# --- the welcome


async def test_the_welcome_names_no_client_where_somebody_may_not_see_it(house: House) -> None:
    await rule(house, house.globex.id)
    await house.limit_alice(house.acme)
    await house.alice.kick(house.general.id)
    await settled(house)
    await house.alice.invite(house.general.id)
    message = await house.seen(house.alice, house.general, "*#1* Outlier Alerts")
    assert "Globex" not in shown(message)
