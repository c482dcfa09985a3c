"""Everything that Houston changes when it is asked to: proposed, approved by a press, done, audited."""

import re

import pytest

from bot.playground.state import Message
from store import Scope
from store.tables import AuditEntry
from tests.e2e.answers.conftest import Sample
from tests.e2e.answers.reading import cards, said
from tests.e2e.answers.talk import Conversation
from tests.injection.outcome import written

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

MOMENT = re.compile(r"datetime\.datetime\([^)]*\)")

CHANGES = [
    ("--client acme note that we doubled the budget", "Create a note for Acme Outfitters", "note"),
    ("--client globex mark the note “Black Friday plan” as done", "Edit the note “Black Friday", "note"),
    ("send critical outliers of acme to #client-notes", "client-notes", "rule"),
    (
        "create an alert on the report Sales by shop when Orders < 20, check hourly",
        "Add an alert on the report “Sales by shop”",
        "alert",
    ),
    ("watch clicks of acme on google-ads for outliers", "Watch clicks/google-ads", "outlier_definition"),
    ("acknowledge globex-crm-sync", "Acknowledge globex-crm-sync", "episode"),
    ("snooze globex-crm-sync for 2 hours", "Snooze globex-crm-sync", "lifecycle"),
]


@pytest.mark.parametrize(("question", "title", "table"), CHANGES, ids=[title for _, title, _ in CHANGES])
async def test_nothing_is_changed_until_the_asker_approves_it(
    sample: Sample, question: str, title: str, table: str
) -> None:
    mira = await sample.talk()
    before = await rows_of(sample, table)
    answer = await mira.ask(question)
    assert "Nothing is changed until you approve it" in said(answer), said(answer)
    assert any(each.startswith(("Preparing", "Trying")) for each in cards(answer))
    card = await mira.seen("approve_change")
    assert title in str(card.blocks)
    assert await rows_of(sample, table) == before

    await mira.person.click("approve_change", message=card)
    done = await mira.seen("✅ Done by")
    assert done.ts == card.ts
    assert await rows_of(sample, table) != before
    entry = (await audited(sample))[0]
    assert entry.actor_name.startswith("Mira Keller, via answer ")


async def rows_of(sample: Sample, table: str) -> list[str]:
    """When outliers are looked for next is no change that anybody asked for."""
    rows = (await written(sample.houston.store))[table]
    return [MOMENT.sub("", row) for row in rows] if table == "outlier_definition" else rows


async def audited(sample: Sample) -> list[AuditEntry]:
    scope = Scope(workspace_id=sample.slack.workspace.id, client_ids=None)
    async with sample.houston.store.read() as uow:
        found = await uow.audit.page(scope=scope, before=None, limit=50)
    return [each for each in found if each.action == "change.approved"]


async def proposed(talk: Conversation, question: str) -> Message:
    await talk.ask(question)
    return await talk.seen("approve_change")


async def test_what_is_declined_is_not_done(sample: Sample) -> None:
    jonas = await sample.talk("jonas")
    before = await rows_of(sample, "note")
    card = await proposed(jonas, "--client initech note that the tag is broken")
    await jonas.person.click("decline_change", message=card)
    await jonas.seen("Declined by")
    assert await rows_of(sample, "note") == before


async def test_who_may_not_change_it_is_told_so_and_gets_no_card(sample: Sample) -> None:
    jonas = await sample.talk("jonas")
    before = await rows_of(sample, "rule")
    answer = await jonas.ask("send critical outliers of acme to #leadership")
    assert "Only Houston's admins" in said(answer)
    assert "approve_change" not in str([each.blocks for each in jonas.replies()])
    assert await rows_of(sample, "rule") == before
