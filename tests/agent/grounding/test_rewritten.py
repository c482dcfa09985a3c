"""A few answers in other words; the whole is `python -m tests.agent.grounding.rewritten.figures`."""

import pytest

from tests.agent.grounding.rewritten.figures import measure, of_agencies

pytestmark = pytest.mark.slow

ANSWERS, SEED = 4, 1


def test_the_same_in_other_words_is_judged_the_same() -> None:
    made = measure(list(of_agencies(ANSWERS)), SEED)
    assert len(made) > 50
    assert sum(bool(one.text) for one in made) <= 2, [one for one in made if one.text]
