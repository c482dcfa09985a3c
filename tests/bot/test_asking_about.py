"""Asking about a message: the button under it, the menu of any message, a mention in its thread."""

import pytest

from bot.playground.state import Channel, Message
from houston.access import itself
from houston.notify.rules.rules import RuleDraft
from store import Scope
from tests.bot.conftest import House, shown
from tests.bot.parrots import Parrot
from tests.bot.samples import event
from tests.recorded import recorded

pytestmark = pytest.mark.slow

SHORTCUT = "ask_about_message"


@pytest.fixture
def model() -> Parrot:
    return Parrot()


async def announced(house: House, type: str, text: str) -> Message:
    """An event of this type on its way into #general, by a rule."""
    await house.houston.rules.add(house.admin, RuleDraft(channels=(house.general.id,), event_type=type))
    happened = event(type)
    happened.client_id = house.acme.id
    await house.houston.outbox.record(happened)
    return await recorded(house.houston, await house.seen(house.alice, house.general, text))


async def fail(house: House, *jobs: str) -> None:
    for job in jobs:
        await house.houston.task_runs.report(
            house.scope, job=job, run_id="1", state="failed", client_id=house.acme.id
        )


async def failed(house: House, *jobs: str) -> None:
    await house.houston.rules.add(
        house.admin, RuleDraft(channels=(house.general.id,), event_type="task_failure")
    )
    await fail(house, *jobs)


async def answered(house: House, message: Message, text: str) -> Message:
    channel = house.slack.playground.channels[message.channel]
    root = message.thread_ts or message.ts
    return await house.seen(house.alice, channel, f"You asked: {text}", thread_ts=root)


# --- the button


@pytest.mark.parametrize(
    ("type", "text", "question", "known"),
    [
        ("data_alert", "Daily Sales Alert", "Why did this alert fire", "condition: Revenue < 10000"),
        ("notebook_alert", "Data Processing Update", "What does this notebook alert mean", "1,247 records"),
    ],
)
async def test_the_button_asks_what_fits_and_knows_the_event(
    house: House, model: Parrot, type: str, text: str, question: str, known: str
) -> None:
    message = await announced(house, type, text)
    assert (await house.alice.click("ask_houston", message=message)).ok
    await answered(house, message, question)
    assert known in model.systems[-1]
    assert "posted by rule: #1" in model.systems[-1]
    assert "client: Acme (slug acme)" in model.systems[-1]


async def test_a_note_is_asked_about_in_its_menu(house: House, model: Parrot) -> None:
    message = await announced(house, "note_created", "Budget raised")
    assert (await house.alice.click("more", message=message, choose="ask")).ok
    await answered(house, message, "What is this note about")
    assert "text: Until Christmas." in model.systems[-1]


async def test_a_failure_is_known_as_it_stands_now(house: House, model: Parrot) -> None:
    await failed(house, "nightly_sync")
    message = await recorded(house.houston, await house.seen(house.alice, house.general, "nightly_sync"))
    await house.bob.click("acknowledge", message=message)
    await house.alice.wait_for(lambda: "Acknowledged by" in shown(message))
    await house.alice.click("ask_houston", message=message)
    await answered(house, message, "Why did this fail")
    assert "acknowledged by Bob Best" in model.systems[-1]
    assert "job: nightly_sync" in model.systems[-1]


# --- in the moment before Houston knows which message it has sent


async def unknown_yet(house: House, type: str, text: str) -> Message:
    """An announcement that is seen, while its ts was lost with Slack's answer and is not found again."""
    faults = house.slack.playground.faults
    faults.drop_answer("chat.postMessage")
    faults.fail("conversations.history", times=None)
    await house.houston.rules.add(house.admin, RuleDraft(channels=(house.general.id,), event_type=type))
    happened = event(type)
    happened.client_id = house.acme.id
    await house.houston.outbox.record(happened)
    message = await house.seen(house.alice, house.general, text)
    assert await house.houston.surroundings.told_in(*where(house, message)) == ()
    return message


def where(house: House, message: Message) -> tuple[str, str, str, str]:
    return house.slack.workspace.id, message.channel, house.alice.user_id, message.ts


@pytest.mark.parametrize(
    ("type", "text", "choice", "question", "known"),
    [
        ("data_alert", "Daily Sales Alert", None, "Why did this alert fire", "condition: Revenue < 10000"),
        ("note_created", "Budget raised", "ask", "What is this note about", "Until Christmas."),
    ],
)
async def test_who_asks_in_that_moment_is_answered_about_the_event(
    house: House, model: Parrot, type: str, text: str, choice: str | None, question: str, known: str
) -> None:
    message = await unknown_yet(house, type, text)
    button = "more" if choice else "ask_houston"
    assert (await house.alice.click(button, message=message, choose=choice)).ok
    await answered(house, message, question)
    assert known in model.systems[-1]
    await house.alice.say(house.general.id, "And now?", thread_ts=message.ts)
    await answered(house, message, "And now")
    assert known in model.systems[-1]


async def test_who_may_not_see_the_client_is_told_nothing_in_that_moment_either(
    house: House, model: Parrot
) -> None:
    message = await unknown_yet(house, "note_created", "Budget raised")
    await house.limit_alice(house.globex)
    assert (await house.alice.click("more", message=message, choose="ask")).ok
    await answered(house, message, "What happened here")
    assert "Budget" not in model.systems[-1]
    assert "Acme" not in model.systems[-1]


async def test_a_delivery_brings_its_event_to_its_own_place_alone(house: House) -> None:
    message = await announced(house, "data_alert", "Daily Sales Alert")
    [event_id] = await house.houston.surroundings.told_in(*where(house, message))
    async with house.houston.store.read() as uow:
        [delivery] = await uow.deliveries.all(scope=house.scope, event_id=event_id)
    brought_by = house.houston.surroundings.brought_by
    alice, globex = house.alice.user_id, frozenset({house.globex.id or 0})
    assert await brought_by(house.scope, house.general.id, alice, delivery.id) == (event_id,)
    assert await brought_by(house.scope, "C0ELSEWHERE", alice, delivery.id) == ()
    assert await brought_by(house.scope, "D0ALICE", alice, delivery.id) == ()
    theirs = Scope(workspace_id=house.slack.workspace.id, client_ids=globex)
    assert await brought_by(theirs, house.general.id, alice, delivery.id) == ()
    elsewhere = Scope(workspace_id="T0ELSEWHERE", client_ids=None)
    assert await brought_by(elsewhere, house.general.id, alice, delivery.id) == ()


# --- what is told of together, and in the thread


async def test_a_message_of_several_events_is_known_with_each(house: House, model: Parrot) -> None:
    await house.houston.pausing.pause(house.admin)
    await failed(house, "first_job", "second_job", "third_job")
    await house.houston.pausing.resume(house.admin)
    message = await recorded(house.houston, await house.seen(house.alice, house.general, "third_job"))
    await house.alice.say(house.general.id, "@Houston what now?", thread_ts=message.ts)
    await answered(house, message, "what now")
    for job in ("first_job", "second_job", "third_job"):
        assert f"job: {job}" in model.systems[-1]


async def test_a_mention_and_what_follows_it_know_the_alert_of_their_thread(
    house: House, model: Parrot
) -> None:
    message = await announced(house, "data_alert", "Daily Sales Alert")
    await house.alice.say(house.general.id, "@Houston is this bad?", thread_ts=message.ts)
    await answered(house, message, "is this bad")
    assert "report: Q4 Sales Dashboard" in model.systems[-1]
    await house.alice.say(house.general.id, "And now?", thread_ts=message.ts)
    await answered(house, message, "And now")
    assert "report: Q4 Sales Dashboard" in model.systems[-1]


async def test_who_may_not_see_the_client_is_told_nothing_of_its_alert(house: House, model: Parrot) -> None:
    message = await announced(house, "data_alert", "Daily Sales Alert")
    await house.limit_alice(house.globex)
    await house.alice.click("ask_houston", message=message)
    await answered(house, message, "What happened here")
    assert "Daily Sales" not in model.systems[-1]
    assert "Acme" not in model.systems[-1]


# --- the menu of any message


async def ask_about(house: House, message: Message, question: str | None = None) -> None:
    assert (await house.alice.shortcut(SHORTCUT, message=message)).ok
    form = await house.modal(house.alice)
    result = await house.alice.submit(form, {"question": question} if question else {})
    assert result.ok, result


async def test_a_message_is_asked_about_in_its_own_thread(house: House, model: Parrot) -> None:
    message = await house.bob.say(house.general.id, "Spend doubled overnight, <odd>!")
    await ask_about(house, message)
    await answered(house, message, "What is this about")
    assert "Bob Best: Spend doubled overnight, ‹odd›!" in model.systems[-1]
    asked = [each for each in house.slack.posts(house.general) if "asked: What is this about?" in each.text]
    assert [each.thread_ts for each in asked] == [message.ts]


async def test_an_alert_is_asked_about_with_all_that_is_known_of_it(house: House, model: Parrot) -> None:
    message = await announced(house, "data_alert", "Daily Sales Alert")
    await ask_about(house, message, "Who looks after this?")
    await answered(house, message, "Who looks after this")
    assert "report: Q4 Sales Dashboard" in model.systems[-1]


async def test_where_houston_is_not_the_asker_alone_is_answered(house: House, model: Parrot) -> None:
    elsewhere = house.slack.channel("elsewhere", with_bot=False)
    message = await house.alice.say(elsewhere.id, "Clicks are down.")
    await ask_about(house, message)
    told = await house.seen(house.alice, elsewhere, "You asked: What is this about")
    assert told.ephemeral_to == house.alice.user_id
    assert message.text == "Clicks are down."
    assert "Alice Able: Clicks are down." in model.systems[-1]


# --- alerts only


@pytest.fixture
async def alerts_only(house: House) -> House:
    await house.ran(house.bob, "/houston answers off", "gets alerts only")
    return house


async def test_a_mention_where_only_alerts_are_wanted_gets_one_private_line(
    alerts_only: House, model: Parrot
) -> None:
    house = alerts_only
    await house.alice.say(house.general.id, "@Houston how is revenue?")
    told = await house.seen(house.alice, house.general, "gets alerts only: I answer no questions here")
    assert told.ephemeral_to == house.alice.user_id
    dm = await house.alice.dm()
    asked = await house.alice.say(dm.id, "How is revenue?")
    await house.seen(house.alice, dm, "You asked: How is revenue", thread_ts=asked.ts)
    assert model.questions == ["How is revenue?"]
    assert len(private(house, house.general)) == 1


async def test_the_button_where_only_alerts_are_wanted_says_so(alerts_only: House, model: Parrot) -> None:
    message = await announced(alerts_only, "data_alert", "Daily Sales Alert")
    await alerts_only.alice.click("ask_houston", message=message)
    await alerts_only.seen(alerts_only.alice, alerts_only.general, "I answer no questions here")
    assert model.questions == []


async def test_a_command_where_only_alerts_are_wanted_is_answered_alone(alerts_only: House) -> None:
    await alerts_only.ran(alerts_only.alice, "/houston ask How is revenue?", "You asked: How is revenue")
    assert not [each for each in alerts_only.slack.posts(alerts_only.general) if not each.ephemeral_to]


async def test_the_menu_where_only_alerts_are_wanted_answers_alone(alerts_only: House) -> None:
    message = await alerts_only.bob.say(alerts_only.general.id, "Spend doubled overnight!")
    await ask_about(alerts_only, message)
    told = await alerts_only.seen(alerts_only.alice, alerts_only.general, "You asked: What is this about")
    assert told.ephemeral_to == alerts_only.alice.user_id
    assert message.text == "Spend doubled overnight!"


async def test_admins_alone_choose_it_and_it_is_audited(alerts_only: House) -> None:
    house = alerts_only
    await house.ran(
        house.alice, "/houston answers on", "Only Houston's admins can choose where Houston answers"
    )
    await house.ran(house.alice, "/houston answers", "gets alerts only")
    await house.ran(house.bob, "/houston answers maybe", "/houston answers on")
    await house.ran(house.bob, "/houston answers on", "again")
    asked = await house.alice.say(house.general.id, "@Houston how is revenue?")
    await house.seen(house.alice, house.general, "You asked: how is revenue", thread_ts=asked.ts)
    async with house.houston.store.read() as uow:
        entries = await uow.audit.page(scope=house.scope, before=None, limit=2)
    assert [each.action for each in entries] == ["channel.answers_on", "channel.alerts_only"]
    assert entries[0].actor_name == "Bob Best"


async def test_what_slack_says_of_a_channel_does_not_end_it(alerts_only: House) -> None:
    house = alerts_only
    known = await house.houston.channels.find(house.slack.workspace.id, house.general.id)
    assert known
    known.answers = True
    await house.houston.channels.joined(house.slack.workspace.id, known)
    kept = await house.houston.answering.of(itself(house.slack.workspace.id).scope, house.general.id)
    assert kept.answers is False


async def test_it_is_chosen_on_the_connection_tab(house: House) -> None:
    await house.bob.open_home()
    await house.bob.click("home_connection", view=await house.home(house.bob, "Overview"))
    view = await house.home(house.bob, "Alerts only")
    await house.bob.click("answers_of_channel", view=view, choose=house.general.id)
    view = await house.home(house.bob, f"*Alerts only*\\n<#{house.general.id}>")
    await house.bob.click("answers_of_channel", view=view, choose=house.general.id)
    await house.home(house.bob, "Questions are answered in every channel")


def private(house: House, channel: Channel) -> list[Message]:
    return [
        each
        for each in house.slack.posts(channel)
        if each.ephemeral_to == house.alice.user_id and "alerts only" in shown(each)
    ]


# --- the Messages tab


async def test_the_prompts_of_the_messages_tab_follow_what_goes_on(house: House) -> None:
    dm = await house.alice.dm()
    await house.alice.open_home("messages")
    usual = await house.alice.wait_for(lambda: house.slack.playground.prompts.get(dm.id))
    assert usual.prompts[0]["title"] == "What was unusual?"
    await house.houston.notes.write_text(
        house.scope, author="Ann", text="Budget raised", client_id=house.acme.id
    )
    await house.alice.open_home("messages")

    def first() -> bool:
        now = house.slack.playground.prompts.get(dm.id)
        return now is not None and now.prompts[0]["title"] == "Note: Budget raised"

    await house.alice.wait_for(first)
    await house.limit_alice(house.globex)
    await house.alice.open_home("messages")
    await house.alice.wait_for(lambda: not first())
