"""How answers share Slack's limits."""

from contextlib import ExitStack

import pytest

from bot.answers.place import Pace
from bot.answers.tempo import RECOVERY, SHUNNED, SLOWEST, Tempo
from bot.playground.limits import TIERS
from tests.bot.answers.conftest import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tempo(clock: Clock) -> Tempo:
    return Tempo(clock=clock)


def test_a_refused_stream_is_not_asked_for_again_for_as_long_as_slack_says(
    tempo: Tempo, clock: Clock
) -> None:
    for seconds, until in ((1, SHUNNED), (40, 40)):
        clock.at = 0
        tempo.shun("T1", seconds)
        assert (tempo.is_crowded("T1"), tempo.is_crowded("T2")) == (True, False)
        clock.at = until
        assert not tempo.is_crowded("T1")


@pytest.mark.parametrize("count", [1, 3, 30])
def test_all_answers_together_add_to_their_streams_no_more_than_slack_takes(tempo: Tempo, count: int) -> None:
    with ExitStack() as answers:
        for _ in range(count):
            answers.enter_context(tempo.writing("T1"))
        assert count * 60 / tempo.pause("T1", Pace().append, 1) <= 0.9 * TIERS[4]


def test_an_answer_that_has_ended_counts_no_more(tempo: Tempo) -> None:
    with tempo.writing("T1"), tempo.writing("T1"):
        assert tempo.pause("T1", 1.0, 1) == 2.0
    assert tempo.pause("T1", 1.0, 1) == 1.0


def test_a_long_answer_grows_in_larger_steps(tempo: Tempo) -> None:
    pauses = [tempo.pause("T1", 1.0, calls) for calls in range(1, 1000)]
    assert pauses == sorted(pauses)
    assert pauses[0] == 1.0
    assert pauses[-1] == pytest.approx(3.0, abs=0.1)


def test_each_refusal_slows_down_and_is_forgotten(tempo: Tempo, clock: Clock) -> None:
    clock.at = 1e6
    for slower in (2, 4, 8, SLOWEST):
        tempo.slow_down("T1")
        assert tempo.pause("T1", 1.0, 1) == slower
    assert tempo.pause("T2", 1.0, 1) == 1.0
    clock.at += RECOVERY
    assert tempo.pause("T1", 1.0, 1) == SLOWEST / 2
    clock.at += 1e9
    assert tempo.pause("T1", 1.0, 1) == 1.0
