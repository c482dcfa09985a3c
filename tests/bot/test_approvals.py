"""The buttons of a proposed change, pressed in a local Slack."""

import asyncio
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.answers import expiring
from bot.playground.person import Person
from bot.playground.state import Message
from bot.views import approval as views
from houston.agent.messages import ToolCall
from houston.agent.tool import ToolContext
from houston.agent.turn import ApprovalAsked
from store.tables import Approval, AuditEntry, Client, Note, Turn
from tests.agent.fakes import FakeModel, called, said
from tests.bot.conftest import House, now, running, shown
from tests.bot.slack import Slack
from tools import ALL_TOOLS

pytestmark = pytest.mark.slow

TOOLS = {tool.name: tool for tool in ALL_TOOLS if tool.needs_approval}
NOTE = {"title": "Call the shop", "body": "About <!channel> & the checkout."}


async def proposed(
    house: House, person: Person, tool: str = "create_note", *, privately: bool = False, **arguments: Any
) -> Message:
    """An answer's proposal about Acme in #general, as this person's card."""
    workspace_id, general = house.slack.workspace.id, house.general.id
    arguments = arguments or NOTE
    actor = await house.houston.access.actor(workspace_id, person.user_id, general)
    context = ToolContext(
        actor=actor,
        client=house.acme,
        member=actor.name,
        zone=ZoneInfo("UTC"),
        now=now(),
        desk=house.houston.desk,
        channel=general,
    )
    preview = TOOLS[tool].preview
    assert preview is not None
    change = await preview(context, **TOOLS[tool].parse(json.dumps(arguments)))
    approval = await house.houston.approving.propose(
        turn_id=await turn(house, person),
        workspace_id=workspace_id,
        user_id=person.user_id,
        call=ToolCall(id="1", name=tool, arguments=json.dumps(arguments)),
        change=change,
        client_id=context.client_id,
    )
    event = ApprovalAsked(approval_id=approval.id or 0, change=change, expires_at=approval.expires_at)
    message = views.card(event, user_id=person.user_id, zone=ZoneInfo("UTC"))
    client = house.slack.interactive()
    if privately:
        await client.chat_postEphemeral(
            channel=general, user=person.user_id, text=message.text, blocks=message.blocks
        )
    else:
        await client.chat_postMessage(channel=general, **message.arguments())
    return await house.seen(person, house.general, change.title)


async def turn(house: House, person: Person) -> int:
    async with house.houston.store.begin() as uow:
        conversation = await uow.conversations.open(
            workspace_id=house.slack.workspace.id,
            channel=house.general.id,
            thread_ts=f"{now().timestamp()}",
            client_id=None,
            event_id=None,
            now=now(),
        )
        assert conversation.id is not None
        row = Turn(
            conversation_id=conversation.id,
            ts=f"{now().timestamp()}",
            user_id=person.user_id,
            question="Do it",
            state="answered",
            created_at=now(),
        )
        uow._session.add(row)
        await uow.commit()
    assert row.id is not None
    return row.id


async def notes(house: House) -> list[Note]:
    return await house.houston.notes.search(house.scope)


async def test_approved_the_card_says_what_was_done_and_its_buttons_are_gone(house: House) -> None:
    card = await proposed(house, house.alice)
    assert [each["action_id"] for each in card.blocks[-1]["elements"]] == ["approve_change", "decline_change"]
    assert (await house.alice.click("approve_change", message=card)).ok
    done = await house.seen(house.alice, house.general, "✅ Done by")
    assert (done.ts, done.ephemeral_to) == (card.ts, None)
    assert f"<@{house.alice.user_id}>" in done.text
    assert "approve_change" not in shown(done)
    [note] = await notes(house)
    assert (note.body, note.author, note.client_id) == (NOTE["body"], "Alice Able", house.acme.id)


async def test_an_answer_proposes_and_nothing_is_written_before_the_click(
    local: Slack, tmp_path: Path
) -> None:
    model = FakeModel(
        called(("create_note", json.dumps(NOTE))), said("I prepared it. "), said("It is kept now. ")
    )
    async with running(local, tmp_path, model) as house:
        asked = await house.alice.say(house.general.id, "@Houston --client acme note that, please")
        card = await house.seen(house.alice, house.general, "Approve this?", thread_ts=asked.ts)
        assert "Create a note for Acme" in shown(card)
        assert await notes(house) == []
        await house.alice.click("approve_change", message=card)
        done = await house.seen(house.alice, house.general, "✅ Done by", thread_ts=asked.ts)
        assert done.ts == card.ts
        assert len(await notes(house)) == 1
        await house.alice.say(house.general.id, "@Houston and?", thread_ts=asked.ts)
        await house.seen(house.alice, house.general, "It is kept now", thread_ts=asked.ts)
        told = str([each.text for each in model.asked[-1][0]])
        assert "was approved and is done" in told
        [row] = await audited(house)
        assert row.actor_name.startswith("Alice Able, via answer ")


async def audited(house: House) -> list[AuditEntry]:
    async with house.houston.store.read() as uow:
        found = await uow.audit.page(scope=house.scope, before=None, limit=20)
    return [each for each in found if each.action == "change.approved"]


async def test_a_card_that_only_its_asker_sees_is_changed_in_place_too(house: House) -> None:
    card = await proposed(house, house.alice, privately=True)
    await house.alice.click("decline_change", message=card)
    declined = await house.seen(house.alice, house.general, "Declined by")
    assert (declined.ts, declined.ephemeral_to) == (card.ts, house.alice.user_id)
    assert await notes(house) == []


async def test_somebody_elses_click_is_refused_and_only_they_read_it(house: House) -> None:
    card = await proposed(house, house.alice)
    await house.bob.click("approve_change", message=card)
    refusal = await house.seen(house.bob, house.general, "Only the person who asked")
    assert refusal.ephemeral_to == house.bob.user_id
    assert "approve_change" in shown(await house.seen(house.alice, house.general, "Approve this?"))
    assert await notes(house) == []


async def test_two_clicks_write_once(house: House) -> None:
    card = await proposed(house, house.alice)
    await asyncio.gather(*(house.alice.click("approve_change", message=card) for _ in range(2)))
    await house.seen(house.alice, house.general, "✅ Done by")
    assert len(await notes(house)) == 1


async def test_who_was_narrowed_meanwhile_reads_why_nothing_was_done(house: House) -> None:
    card = await proposed(house, house.alice)
    await house.limit_alice(house.globex)
    await house.alice.click("approve_change", message=card)
    refusal = await house.seen(house.alice, house.general, "You do not see here any more")
    assert refusal.ephemeral_to == house.alice.user_id
    assert "Acme" not in shown(refusal)
    assert await notes(house) == []


async def test_an_admin_who_is_none_any_more_changes_no_rule(house: House) -> None:
    card = await proposed(house, house.bob, "create_rule", event_type="outlier", channel="general")
    async with house.houston.store.begin() as uow:
        member = await uow.members.find(workspace_id=house.slack.workspace.id, user_id=house.bob.user_id)
        assert member is not None
        member.role, member.is_slack_admin = "member", False
        await uow.commit()
    await house.bob.click("approve_change", message=card)
    failed = await house.seen(house.bob, house.general, "⚠️ Not done")
    assert "Only Houston's admins can change rules" in shown(failed)
    assert await house.houston.rules.all(house.scope) == []


async def test_what_changed_meanwhile_is_asked_again_in_the_same_place(house: House) -> None:
    card = await proposed(house, house.alice)
    async with house.houston.store.begin() as uow:
        client = await uow._session.get(Client, house.acme.id)
        assert client is not None
        client.name = "Acme Outdoor"
        await uow.commit()
    await house.alice.click("approve_change", message=card)
    again = await house.seen(house.alice, house.general, "Nothing was done")
    assert again.ts == card.ts
    assert await notes(house) == []
    await house.alice.click("approve_change", message=again)
    await house.seen(house.alice, house.general, "✅ Done by")
    assert len(await notes(house)) == 1


async def test_an_expired_card_says_so(house: House) -> None:
    card = await proposed(house, house.alice)
    async with house.houston.store.begin() as uow:
        row = await uow._session.get(Approval, int(card.blocks[-1]["elements"][0]["value"]))
        assert row is not None
        row.expires_at = now()
        await uow.commit()
    await house.alice.click("approve_change", message=card)
    await house.seen(house.alice, house.general, "⌛ Expired, nothing was changed")
    assert await notes(house) == []


@pytest.mark.parametrize("value", ["", "zqx", "471100", "9" * 40])
async def test_a_forged_number_is_no_proposal(house: House, value: str) -> None:
    card = await proposed(house, house.alice)
    card.blocks[-1]["elements"][0]["value"] = value
    await house.alice.click("approve_change", message=card)
    await house.seen(house.alice, house.general, "I do not know this proposal any more")
    assert await notes(house) == []


# --- expiring by itself


async def expired(house: House) -> Message:
    """Alice's card in #general, the time of which is over."""
    card = await proposed(house, house.alice)
    id = int(card.blocks[-1]["elements"][0]["value"])
    await house.houston.approving.posted(house.slack.workspace.id, id, card.ts)
    async with house.houston.store.begin() as uow:
        row = await uow._session.get(Approval, id)
        assert row is not None
        row.expires_at = now()
        await uow.commit()
    return card


async def look(house: House) -> int:
    """How often a card was changed by this look."""
    before = len(house.slack.playground.traffic.of("chat.update", None))
    await expiring.look(house.houston, house.clients, now)
    return len(house.slack.playground.traffic.of("chat.update", None)) - before


async def test_a_card_that_nobody_presses_says_by_itself_and_once_that_it_expired(house: House) -> None:
    waiting = await proposed(house, house.bob, "create_rule", event_type="outlier", channel="general")
    card = await expired(house)
    assert await look(house) == 1
    said = await house.seen(house.alice, house.general, "⌛ Expired, nothing was changed")
    assert said.ts == card.ts
    assert "approve_change" not in shown(said)
    assert "approve_change" in shown(waiting), "nobody has decided on this, and there is time"
    assert await look(house) == 0
    assert await notes(house) == []


async def test_where_slack_does_not_take_it_the_next_look_says_it(house: House) -> None:
    await expired(house)
    house.slack.playground.faults.fail("chat.update")
    await look(house)
    assert await look(house) == 1
    await house.seen(house.alice, house.general, "⌛ Expired")


async def test_a_card_that_was_deleted_is_let_be(house: House) -> None:
    card = await expired(house)
    await house.slack.interactive().chat_delete(channel=house.general.id, ts=card.ts)
    await look(house)
    assert await look(house) == 0


async def test_what_was_shown_anew_in_a_cards_place_is_not_called_expired(house: House) -> None:
    card = await proposed(house, house.alice)
    id = int(card.blocks[-1]["elements"][0]["value"])
    await house.houston.approving.posted(house.slack.workspace.id, id, card.ts)
    async with house.houston.store.begin() as uow:
        client = await uow._session.get(Client, house.acme.id)
        assert client is not None
        client.name = "Acme Outdoor"
        await uow.commit()
    await house.alice.click("approve_change", message=card)
    await house.seen(house.alice, house.general, "Nothing was done")
    assert await look(house) == 0
