"""Who reads an answer is looked at again while it waits: it ends where somebody narrower came."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from pathlib import Path

import pytest
from sqlmodel import select

from bot.answers import room
from bot.answers.room import NOT_PROPOSED, WIDER
from bot.answers.showing import Showing
from bot.playground.state import Message
from houston.agent.errors import ModelError
from houston.agent.messages import DonePiece, Piece, TextPiece, ToolSpec
from houston.agent.messages import Message as Told
from store.tables import Approval, Channel
from tests.agent.fakes import FakeModel, called
from tests.agent.fakes import said as spoken
from tests.bot.conftest import House, running, shown
from tests.bot.slack import Slack
from tests.bot.test_private_answers import add_guest

pytestmark = pytest.mark.slow

FIRST = "Revenue fell, as far as I can see by now.\n\n"
LAST = "It was the shop."
CAUSE = "The key of the language model is wrong."


class Pausing:
    """Says what it says at once, and the rest when it may."""

    name = "pausing"

    def __init__(self) -> None:
        self.first = ""
        self.asked = asyncio.Event()
        self.go_on = asyncio.Event()
        self.fails = False

    async def stream(
        self, messages: Sequence[Told], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Piece, None]:
        if self.first:
            yield TextPiece(text=self.first)
        self.asked.set()
        await self.go_on.wait()
        if self.fails:
            raise ModelError("I cannot think at the moment.", for_admins=CAUSE)
        yield TextPiece(text=LAST)
        yield DonePiece(reason="stop")


@pytest.fixture
def model() -> Pausing:
    return Pausing()


@pytest.fixture(autouse=True)
def each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks before each piece: what changes in a test has hardly taken a second."""
    monkeypatch.setattr(room, "EVERY", 0.0)


@pytest.fixture
async def house(local: Slack, tmp_path: Path, model: Pausing) -> AsyncIterator[House]:
    async with running(local, tmp_path, model) as house:
        yield house


def said(house: House, thread_ts: str) -> list[Message]:
    found = house.bob.messages(house.general.id, thread_ts)
    return [each for each in found if each.user == house.slack.bot.id]


async def asked(house: House, model: Pausing) -> str:
    question = await house.bob.say(house.general.id, "@Houston why did revenue fall?")
    await model.asked.wait()
    if model.first:
        await house.bob.wait_for(lambda: FIRST.strip() in str(words(house, question.ts)) or None)
    return question.ts


def shared(channel: Channel) -> Channel:
    """The same, with another company in it."""
    return Channel(**(channel.model_dump() | {"is_shared": True}))


def words(house: House, thread_ts: str) -> list[str]:
    return [shown(each) for each in said(house, thread_ts)]


@pytest.mark.parametrize("first", ["", FIRST])
async def test_it_ends_where_somebody_narrower_joined(house: House, model: Pausing, first: str) -> None:
    model.first = first
    thread = await asked(house, model)
    await add_guest(house)
    model.go_on.set()
    ended = await house.seen(house.bob, house.general, WIDER, thread_ts=thread)
    assert ended.ephemeral_to is None
    assert (FIRST.strip() in shown(ended)) == bool(first)
    assert LAST not in str(words(house, thread))
    await house.bob.say(house.general.id, "@Houston why did revenue fall?")
    alone = await house.seen(house.bob, house.general, LAST)
    assert alone.ephemeral_to == house.bob.user_id


async def test_it_goes_on_where_somebody_as_wide_joined(house: House, model: Pausing) -> None:
    thread = await asked(house, model)
    newcomer = house.slack.playground.add_user(house.slack.workspace.id, "carol")
    house.slack.playground.join(house.general.id, newcomer.id)
    await add_guest(house, 0)
    model.go_on.set()
    await house.seen(house.bob, house.general, LAST, thread_ts=thread)


async def test_it_ends_where_a_reader_lost_clients(house: House, model: Pausing) -> None:
    thread = await asked(house, model)
    await house.limit_alice(house.acme)
    model.go_on.set()
    await house.seen(house.bob, house.general, WIDER, thread_ts=thread)


async def test_it_ends_where_the_channel_was_held_to_one_client(house: House, model: Pausing) -> None:
    thread = await asked(house, model)
    assert house.acme.id
    await house.houston.bindings.bind(house.admin, house.general.id, house.acme.id)
    model.go_on.set()
    await house.seen(house.bob, house.general, WIDER, thread_ts=thread)


async def test_an_answer_for_one_ends_where_they_see_less_by_now(house: House, model: Pausing) -> None:
    await add_guest(house)
    await asked(house, model)
    assert house.acme.id
    await house.houston.bindings.bind(house.admin, house.general.id, house.acme.id)
    model.go_on.set()
    told = await house.seen(house.bob, house.general, WIDER)
    assert told.ephemeral_to == house.bob.user_id
    assert LAST not in str([shown(each) for each in house.bob.messages(house.general.id)])


async def test_nothing_is_said_where_another_company_was_let_in(house: House, model: Pausing) -> None:
    thread = await asked(house, model)
    known = await house.houston.channels.find(house.slack.workspace.id, house.general.id)
    assert known
    await house.houston.channels.joined(house.slack.workspace.id, shared(known))
    await house.bob.wait_for(lambda: house.bob.status(house.general.id, thread))
    model.go_on.set()
    await house.bob.wait_for(lambda: house.bob.status(house.general.id, thread) is None or None)
    assert said(house, thread) == []


async def test_a_clients_admin_hears_nothing_of_what_houston_runs_on(house: House, model: Pausing) -> None:
    await house.become_client()
    model.first, model.fails = FIRST, True
    model.go_on.set()
    question = await house.bob.say(house.general.id, "@Houston why?")
    await house.seen(house.bob, house.general, "I cannot think", thread_ts=question.ts)
    await add_guest(house, 0)
    assert CAUSE not in str([shown(each) for each in house.bob.messages(house.general.id, question.ts)])


async def test_the_asker_is_told_where_a_change_is_not_proposed_to_everybody(
    local: Slack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = ("create_note", '{"title": "Call the shop"}')
    model = FakeModel(called(("switch_client", '{"client": "acme"}')), called(note), spoken("Shall I?"))
    async with running(local, tmp_path, model) as house:
        _narrowed_after_the_answer(house, monkeypatch)
        question = await house.bob.say(house.general.id, "@Houston make a note")
        told = await house.seen(house.bob, house.general, NOT_PROPOSED, thread_ts=question.ts)
        assert told.ephemeral_to == house.bob.user_id
        [answer] = [each for each in said(house, question.ts) if not each.ephemeral_to]
        assert "Shall I?" in shown(answer)
        assert "approve_change" not in str(words(house, question.ts))
        assert [row.state for row in await proposals(house)] == ["expired"]


def _narrowed_after_the_answer(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alice sees nothing of Acme any more, once the answer is there and before what it proposes is."""
    keep = Showing._keep

    async def narrowing(showing: Showing, turn_id: int | None) -> bool:
        await house.limit_alice(house.globex)
        return await keep(showing, turn_id)

    monkeypatch.setattr(Showing, "_keep", narrowing)


async def proposals(house: House) -> list[Approval]:
    async with house.houston.store.read() as uow:
        return list(await uow._session.exec(select(Approval)))
