"""What no catalogue lists is looked for among what is kept: people, notes, rows of reports."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from houston.agent.evals.answering import converse
from houston.agent.evals.opening import opened
from houston.agent.evals.question import Asked, QuestionSet, Saying
from houston.agent.evals.world import World
from houston.agent.patterns.model import PatternsModel
from tools import ALL_TOOLS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[World]:
    found = QuestionSet(questions=(_asked("hello"),))
    async with opened(found, model=PatternsModel(), tools=ALL_TOOLS) as world:
        yield world


def _asked(*says: str, **where: str) -> Asked:
    turns = tuple(Saying(say=say) for say in says)
    return Asked.model_validate({"id": "-".join(says)[:40], "category": "kept", **where, "turns": turns})


@pytest.mark.parametrize(
    ("say", "words"),
    [
        ("How many orders has Greta Diaz placed?", "**Greta Diaz**"),
        ("greta diaz's email please", "greta.diaz30@example.com"),
        ("what is the story with the landing page?", "Landing page is slow on phones"),
        ("how many orders did the Berlin shop have yesterday", "Sales by shop"),
        ("how did the Zurich store do yesterday", "Zürich"),
        ("how many customers ordered more than once", "Ordered more than once"),
        ("which customer has spent the least", "lowest revenue first"),
        ("what is the return rate of tiktok", "I know no"),
    ],
)
async def test_a_word_that_nothing_explains_is_looked_for(world: World, say: str, words: str) -> None:
    (answer,) = await converse(world, _asked(say, client="acme"), repeat=0)
    assert words in answer.whole, answer.whole
    assert not answer.marked


async def test_both_halves_of_a_question_under_an_alert_are_answered(world: World) -> None:
    asked = _asked("is it still going on, and has somebody taken it?", alert="spend/google-ads")
    (answer,) = await converse(world, asked, repeat=0)
    assert "still out of line" in answer.text
    assert "Nobody has taken **spend/google-ads** yet." in answer.text


async def test_a_note_that_was_found_is_asked_about_and_closed(world: World) -> None:
    asked = _asked("any notes about black friday?", "who wrote it?", "close it", client="acme")
    found, read, closed = await converse(world, asked, repeat=0)
    assert "Black Friday plan" in found.text
    assert "read_note" in read.tools
    assert any("Black Friday plan" in card for card in closed.cards)
