"""The *Answers* part of the *Connection* tab."""

from datetime import UTC, datetime

import pytest

from bot.playground.blocks import validate
from bot.playground.state import View
from bot.views import answering
from bot.views.answering import Answering
from houston.agent.conversations.budgets import Budget
from houston.agent.conversations.opinions import Opinions
from houston.agent.messages import Usage
from store.tables import AuditEntry, Turn
from tests.bot.conftest import House
from tests.bot.samples import HOSTILE, NEW_YORK

pytestmark = pytest.mark.slow

NONE = Opinions(good=0, bad=0, latest=())


async def tab(house: House, text: str = "*Answers*") -> View:
    await house.bob.open_home()
    view = await house.home(house.bob, "home_connection")
    await house.bob.click("home_connection", view=view)
    return await house.home(house.bob, text)


async def saved(house: House, daily: str, member: str) -> dict[str, str]:
    await house.bob.click("edit_budget", view=await tab(house))
    form = await house.modal(house.bob)
    result = await house.bob.submit(form, {"daily": daily, "member": member})
    return dict(result.errors)


async def entries(house: House) -> list[AuditEntry]:
    async with house.houston.store.read() as uow:
        return await uow.audit.page(scope=house.scope, before=None, limit=20)


async def test_an_admin_sees_the_model_and_what_it_cost_today(house: House) -> None:
    usage = Usage(prompt_tokens=1_000_000, completion_tokens=0)
    await house.houston.budgets.spend(house.slack.workspace.id, house.alice.user_id, usage)
    view = await tab(house)
    assert "`fake`" in str(view.blocks)
    assert "▰▰▰▰▰▱▱▱▱▱ 1,000,000 of 2,000,000 tokens today" in str(view.blocks)
    assert "up to 300,000 tokens a day" in str(view.blocks)


async def test_a_member_sees_none_of_it(house: House) -> None:
    await house.alice.open_home()
    view = await house.home(house.alice, "home_connection")
    await house.alice.click("home_connection", view=view)
    view = await house.home(house.alice, "Channels that Houston is in")
    assert "*Answers*" not in str(view.blocks)


async def test_an_admin_sets_the_budgets_and_the_audit_says_so(house: House) -> None:
    assert await saved(house, "500000", "0") == {}
    await tab(house, "of 500,000 tokens")
    assert (await entries(house))[0].action == "workspace.budget_changed"
    assert await saved(house, "", "") == {}
    await tab(house, "of 2,000,000 tokens")


@pytest.mark.parametrize("wrong", ["-1", "1.5", "lots", "9" * 20])
async def test_what_is_no_number_of_tokens_is_said_at_its_field(house: House, wrong: str) -> None:
    await house.bob.click("edit_budget", view=await tab(house))
    form = await house.modal(house.bob)
    form.blocks = [
        block | {"element": {"type": "plain_text_input", "action_id": block["block_id"]}}
        if block["type"] == "input"
        else block
        for block in form.blocks
    ]
    result = await house.bob.submit(form, {"member": wrong})
    assert list(result.errors) == ["member"]


async def test_an_admin_reads_what_people_think(house: House) -> None:
    asked = await house.alice.say(house.general.id, "@Houston how is revenue?")
    answer = await house.seen(house.alice, house.general, "That is low.", thread_ts=asked.ts)
    await house.alice.click("answer_opinion", message=answer, choose="Bad answer")
    form = await house.modal(house.alice)
    await house.alice.submit(form, {"answer_opinion_reason": "It is not low"})
    view = await tab(house, "👎 1")
    await house.bob.click("show_opinions", view=view)
    modal = await house.modal(house.bob)
    for text in ("how is revenue?", "Revenue **fell again**", "It is not low", f"<@{house.alice.user_id}>"):
        assert text in str(modal.blocks)


@pytest.mark.parametrize(
    ("used", "daily", "bar"),
    [
        (0, 100, "▱▱▱▱▱▱▱▱▱▱ 0 of 100"),
        (99, 100, "▰▰▰▰▰▰▰▰▰▰ 99 of 100"),
        (300, 100, "▰▰▰▰▰▰▰▰▰▰ 300 of 100"),
        (5, 0, "No tokens: questions are answered by rules"),
    ],
)
def test_the_bar_says_how_much_is_used(used: int, daily: int, bar: str) -> None:
    budget = Budget(daily=daily, member=1, used=used, own=0, zone="UTC")
    assert bar in str(list(answering.part(Answering(model="m", budget=budget, opinions=NONE))))


def test_without_a_model_there_is_nothing_to_budget() -> None:
    budget = Budget(daily=1, member=1, used=0, own=0, zone="UTC")
    blocks = list(answering.part(Answering(model="patterns", budget=budget, opinions=NONE)))
    assert "no language model is connected" in str(blocks)
    assert "edit_budget" not in str(blocks)


def test_opinions_fit_and_nothing_in_them_is_taken_for_markup() -> None:
    turn = Turn(
        conversation_id=1,
        ts="1",
        user_id="U1",
        question=HOSTILE * 50,
        answer=HOSTILE * 500,
        opinion="bad",
        opinion_by="U1",
        opinion_reason=HOSTILE * 100,
        opinion_at=datetime(2026, 11, 1, tzinfo=UTC),
        created_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    view = answering.opinions(Opinions(good=0, bad=20, latest=(turn,) * 20), NEW_YORK)
    assert validate(view["blocks"], "modal") == []
    assert "<!channel>" not in str(view)
