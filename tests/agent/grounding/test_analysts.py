"""A share of the analysts' answers, over one unseen agency; the whole is `analysts.figures`."""

import pytest

from tests.agent.grounding.analysts.figures import SUITE
from tests.agent.grounding.analysts.scenes import gathered
from tests.agent.grounding.blind import failures

pytestmark = pytest.mark.slow

SEED, ANSWERS = 2, 60


async def test_analysts_lies_are_caught_and_their_truths_let_through() -> None:
    of_lies, of_truths = SUITE.measure(await gathered(SEED, quick=True), ANSWERS, SEED)
    caught, doubted = sum(one.caught for one in of_lies), sum(bool(one.doubted) for one in of_truths)
    assert caught >= ANSWERS - 2, failures(of_lies, of_truths)
    assert doubted <= 2, failures(of_lies, of_truths)
