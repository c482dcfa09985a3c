"""A write happens once, for its asker, with their rights at the click, and exactly as it was shown."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from houston.agent.messages import ToolCall
from houston.agent.tool import Change, ToolContext, tool
from houston.errors import Conflict, NotAllowed, NotFound
from store.tables import Approval, Turn
from tests.agent.approving.office import Office, open_office, rename
from tests.store.agency import EVERYTHING, WORKSPACE
from tests.store.databases import fresh_url

pytestmark = pytest.mark.slow

NOTE: dict[str, Any] = {"title": "Call the shop", "body": "About the checkout."}
RULE: dict[str, Any] = {"event_type": "outlier", "channel": "general"}


async def proposed(office: Office, **more: Any) -> Approval:
    return await office.propose("create_note", **(NOTE | more))


async def test_a_proposal_writes_nothing(office: Office) -> None:
    approval = await proposed(office)
    assert (approval.state, approval.tool) == ("waiting", "create_note")
    assert approval.expires_at == office.clock.forward(minutes=30)
    assert await office.notes() == []
    assert await office.audited() == []


async def test_approved_it_is_done_and_says_so(office: Office) -> None:
    done = await office.approve(await proposed(office))
    assert (done.state, done.outcome) == ("done", "The note “Call the shop” is kept.")
    [note] = await office.notes()
    assert (note.title, note.body, note.author) == ("Call the shop", "About the checkout.", "Ann")
    assert note.client_id == office.agency.acme


async def test_the_audit_says_who_approved_and_by_which_answer(office: Office) -> None:
    approval = await office.propose("create_rule", **RULE)
    await office.approve(approval)
    approved, added = await office.audited()
    assert (approved.action, approved.subject) == ("change.approved", f"answer {approval.turn_id}")
    assert approved.after == {"tool": "create_rule", "approval": approval.id}
    assert (added.action, added.subject) == ("rule.added", "rule 1")
    for entry in (approved, added):
        assert entry.actor == f"member {WORKSPACE}/UANN"
        assert entry.actor_name == f"Ann, via answer {approval.turn_id}"


async def test_a_proposal_about_another_client_than_the_current_one_is_kept_as_that_clients(
    office: Office,
) -> None:
    approval = await office.propose("create_rule", **RULE, client="globex")
    assert approval.client_id == office.agency.globex
    assert (await office.approve(approval)).state == "done"
    [rule] = await office.houston.rules.all(EVERYTHING)
    assert rule.client is not None
    assert rule.client.slug == "globex"


async def test_declined_it_stays_undone_whatever_is_pressed_then(office: Office) -> None:
    approval = await proposed(office)
    assert (await office.decline(approval)).state == "declined"
    assert (await office.approve(approval)).state == "declined"
    assert await office.notes() == []


async def test_nobody_else_decides(office: Office) -> None:
    approval = await proposed(office, by="Bob")
    for press in (office.approve, office.decline):
        with pytest.raises(NotAllowed, match="Only the person who asked"):
            await press(approval, by="Ann")
    assert (await office.row(approval)).state == "waiting"
    assert await office.notes() == []


async def test_another_workspace_knows_nothing_of_it(office: Office) -> None:
    approval = await proposed(office)
    ann = await office.actor("Ann")
    elsewhere = replace(ann, scope=replace(ann.scope, workspace_id="T2"))
    with pytest.raises(NotFound, match="do not know this proposal"):
        await office.houston.approving.approve(elsewhere, approval.id or 0)


async def test_pressed_twice_it_is_done_once(office: Office) -> None:
    approval = await proposed(office)
    first, second = await office.approve(approval), await office.approve(approval)
    assert (first.state, second.state) == ("done", "done")
    assert len(await office.notes()) == 1


async def test_pressed_at_the_same_moment_it_is_done_once(office: Office) -> None:
    approval = await proposed(office)
    pressed = await asyncio.gather(*(office.approve(approval) for _ in range(5)), return_exceptions=True)
    assert len(await office.notes()) == 1
    for each in pressed:
        assert isinstance(each, Conflict) or (isinstance(each, Approval) and each.state == "done")


async def test_after_half_an_hour_it_has_expired(office: Office) -> None:
    approval = await proposed(office)
    office.clock.forward(minutes=30)
    assert (await office.approve(approval)).state == "expired"
    assert (await office.row(approval)).state == "expired"
    assert await office.notes() == []


async def test_a_question_that_was_edited_takes_its_proposals_back(office: Office) -> None:
    approval = await proposed(office)
    async with office.store.begin() as uow:
        turn = await uow._session.get(Turn, approval.turn_id)
        assert turn is not None
        turn.state = "superseded"
        await uow.commit()
    closed = await office.approve(approval)
    assert (closed.state, closed.outcome) == ("expired", "The question was edited or deleted meanwhile.")
    assert await office.notes() == []


async def test_rights_are_those_of_the_click(office: Office) -> None:
    approval = await office.propose("create_rule", **RULE)
    await office.change_member("Ann", role="member")
    refused = await office.approve(approval)
    assert (refused.state, refused.outcome) == ("failed", "Only Houston's admins can change rules. Ask Dan.")
    assert await office.houston.rules.all(EVERYTHING) == []


async def test_somebody_who_left_approves_nothing(office: Office) -> None:
    approval = await office.propose("create_rule", **RULE)
    await office.change_member("Ann", active=False)
    with pytest.raises(NotFound, match="You do not see here any more"):
        await office.approve(approval)
    assert await office.houston.rules.all(EVERYTHING) == []


async def test_a_client_that_was_deleted_meanwhile_is_gone(office: Office) -> None:
    approval = await proposed(office, of="globex")
    await office.houston.erasure.delete_client(await office.actor("Dan"), "globex", "globex")
    with pytest.raises(NotFound):
        await office.approve(approval)
    assert await office.notes() == []


async def test_a_client_that_went_out_of_sight_is_not_written_to(office: Office) -> None:
    approval = await proposed(office, by="Bob")
    await office.change_member("Bob", sees_all=False)
    for press in (office.approve, office.decline):
        with pytest.raises(NotFound, match="You do not see here any more"):
            await press(approval, by="Bob")
    assert await office.notes() == []


async def test_a_channel_that_was_bound_meanwhile_holds_the_click_to_its_client(office: Office) -> None:
    approval = await proposed(office, of="globex")
    await office.houston.bindings.bind(await office.actor("Ann"), "C1", office.agency.acme)
    with pytest.raises(NotFound, match="You do not see here any more"):
        await office.approve(approval)
    assert await office.notes() == []


async def test_a_click_from_elsewhere_is_held_to_where_the_question_was(office: Office) -> None:
    approval = await proposed(office, of="globex")
    await office.houston.bindings.bind(await office.actor("Ann"), "C1", office.agency.acme)
    with pytest.raises(NotFound, match="You do not see here any more"):
        await office.approve(approval, channel="D1")
    assert await office.notes() == []


async def test_what_would_do_something_else_by_now_is_shown_anew(office: Office) -> None:
    approval = await proposed(office)
    await rename(office, office.agency.acme, "Acme Outdoor")
    again = await office.approve(approval)
    assert (again.state, again.title) == ("waiting", "Create a note for Acme Outdoor")
    assert again.id != approval.id
    assert await office.notes() == []
    assert (await office.approve(approval)).state == "expired"
    assert (await office.approve(again)).state == "done"
    assert len(await office.notes()) == 1


async def test_an_edit_of_what_somebody_else_edited_meanwhile_is_shown_anew(office: Office) -> None:
    note = await office.houston.notes.write(EVERYTHING, title="Budget", author="Bob", body="10")
    approval = await office.propose("edit_note", note=str(note.id), body="12")
    await office.houston.notes.update(EVERYTHING, note.id, body="11")
    again = await office.approve(approval)
    assert (again.state, again.lines) == ("waiting", [["Text", "11", "12"]])
    assert [each.body for each in await office.notes()] == ["11"]


async def test_other_arguments_than_were_shown_are_not_run(office: Office) -> None:
    """Somebody who can write to the database, or a bug that mixes up two proposals."""
    approval = await proposed(office)
    async with office.store.begin() as uow:
        row = await uow._session.get(Approval, approval.id)
        assert row is not None
        row.arguments = row.arguments | {"title": "Fire everybody"}
        await uow.commit()
    assert (await office.approve(approval)).state == "waiting"
    assert await office.notes() == []


async def test_what_was_begun_and_never_ended_is_unknown_and_not_done_again(office: Office) -> None:
    approval = await proposed(office)
    async with office.store.begin() as uow:
        assert await uow.approvals.claim(id=approval.id or 0, now=office.clock())
        await uow.commit()
    with pytest.raises(Conflict, match="being done at this moment"):
        await office.approve(approval)
    office.clock.forward(minutes=6)
    assert (await office.approve(approval)).state == "approved"
    assert await office.notes() == []
    assert "not known whether it was done" in await outcome(office, approval)


async def test_what_became_of_it_is_known_to_the_conversation(office: Office) -> None:
    done, declined, waiting = [await proposed(office, title=each) for each in ("A", "B", "C")]
    await office.approve(done)
    await office.decline(declined)
    assert [await outcome(office, each) for each in (done, declined, waiting)] == [
        "“Create a note for Acme” was approved and is done. The note “A” is kept.",
        "The person declined “Create a note for Acme”: it is not done.",
        "“Create a note for Acme” waits for the person to approve it: it is not done.",
    ]
    office.clock.forward(hours=1)
    assert "was not approved in time" in await outcome(office, waiting)


async def outcome(office: Office, approval: Approval) -> str:
    """What its conversation knows of the one proposal of its turn."""
    async with office.store.read() as uow:
        turn = await uow._session.get(Turn, approval.turn_id)
    assert turn is not None
    [told] = (await office.houston.approving.outcomes(turn.conversation_id))[approval.turn_id]
    return told


async def test_the_card_is_remembered(office: Office) -> None:
    approval = await proposed(office)
    await office.houston.approving.posted("T2", approval.id or 0, "9.9")
    assert (await office.row(approval)).message_ts == ""
    await office.houston.approving.posted(WORKSPACE, approval.id or 0, "1.2")
    assert (await office.row(approval)).message_ts == "1.2"


async def preview_breaking(ctx: ToolContext, how: str) -> Change:
    return Change(title="Break")


@tool(needs_approval=True, preview=preview_breaking)
async def breaking(ctx: ToolContext, how: str) -> dict[str, Any]:
    """Fails as told, while it writes."""
    raise NotFound("It is gone. Name another.") if how == "refused" else RuntimeError("a bug")


async def broken(folder: Path, how: str) -> tuple[Office, Approval]:
    office = await open_office(fresh_url("sqlite", folder), folder, breaking)
    approval = await office.houston.approving.propose(
        turn_id=await office.turn("UANN"),
        workspace_id=WORKSPACE,
        user_id="UANN",
        call=ToolCall(id="1", name="breaking", arguments=json.dumps({"how": how})),
        change=Change(title="Break"),
        client_id=None,
    )
    return office, approval


async def test_a_refusal_while_it_is_done_says_what_to_do(tmp_path: Path) -> None:
    office, approval = await broken(tmp_path, "refused")
    failed = await office.approve(approval)
    assert (failed.state, failed.outcome) == ("failed", "It is gone. Name another.")
    await office.close()


async def test_a_bug_while_it_is_done_is_no_success_and_is_not_tried_again(tmp_path: Path) -> None:
    office, approval = await broken(tmp_path, "bug")
    with pytest.raises(RuntimeError):
        await office.approve(approval)
    row = await office.approve(approval)
    assert row.state == "failed"
    assert "look whether it was" in row.outcome
    await office.close()
