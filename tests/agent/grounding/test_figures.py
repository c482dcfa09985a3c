"""The lying suite, in small; `python -m tests.agent.grounding.figures` runs it whole."""

import pytest

from tests.agent.grounding.figures import measure

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

ANSWERS = 50
CAUGHT, DOUBTED = 0.97, 0.04
"""The whole suite catches more than 99 % and doubts less than 2 %; so few answers allow no finer floors."""


async def test_planted_lies_are_caught_and_truths_are_not_doubted() -> None:
    of_lies, of_truths = await measure(ANSWERS)
    assert len(of_lies) == len(of_truths) == ANSWERS
    missed = [verdict.answer.lie for verdict in of_lies if not verdict.caught]
    doubted = [verdict.shown for verdict in of_truths if verdict.doubted]
    assert len(missed) <= (1 - CAUGHT) * ANSWERS, missed
    assert len(doubted) <= DOUBTED * ANSWERS, doubted
