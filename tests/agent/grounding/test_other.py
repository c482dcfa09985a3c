"""The second suite, in small; `python -m tests.agent.grounding.other.figures` runs it whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agent.grounding import speed
from tests.agent.grounding.other.figures import measure

pytestmark = pytest.mark.slow

ANSWERS = 100
SLOWEST = 1.0
"""Seconds of a core; about 0.1 on a busy machine."""
MADE = speed.known()


@pytest.mark.parametrize(("hand", "floor"), [("other", 0.97), ("fresh", 0.94)])
def test_lies_in_other_words_are_caught_and_truths_are_not_doubted(hand: str, floor: float) -> None:
    of_lies, of_truths = measure(ANSWERS, 6, hand)
    missed = [one.answer.text for one in of_lies if not one.caught]
    doubted = [one.shown for one in of_truths if one.lines]
    assert len(missed) <= (1 - floor) * ANSWERS, missed
    assert len(doubted) <= 0.03 * ANSWERS, doubted


@settings(max_examples=25)
@given(st.lists(st.sampled_from(sorted(speed.PIECES.values())), min_size=1, max_size=3))
def test_no_repetition_of_anything_takes_long(pieces: list[str]) -> None:
    piece = "".join(pieces)
    text = (piece * (speed.LENGTH // len(piece) + 1))[: speed.LENGTH]
    assert speed.seconds(MADE, text, 1) < SLOWEST
