"""An answer where Slack takes no more: many at once, and calls whose outcome was lost."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.answers.place import Pace
from houston.agent.turn import CardChanged, CardState
from tests.bot.answers.conftest import Thread, cards, footer, kinds, reading, said
from tests.patience import PATIENCE

FIRST, SECOND = "Revenue was $120. ", "That is low."
LATE = 60.0
"""Seconds that no test waits for."""


def looking(names: Sequence[str], state: CardState = "running") -> list[CardChanged]:
    return [
        CardChanged(id=name, title=f"Reading {name}", state=state, detail="1 row", subject=name)
        for name in names
    ]


def crowd(thread: Thread) -> None:
    thread.place.tempo.shun(thread.place.workspace_id, LATE)


def paced(thread: Thread, **paces: float) -> Thread:
    return replace(thread, place=replace(thread.place, pace=replace(thread.place.pace, **paces)))


async def test_many_look_ups_are_one_card_and_one_more_call_at_most(thread: Thread) -> None:
    writing = paced(thread, append=LATE).writing()
    for card in looking("abcdef"):
        writing.card(card)
    await thread.slack.alice.wait_for(lambda: thread.answers() and cards(thread.answer))
    for card in looking("abcdef", "done"):
        writing.card(card)
    writing.add(FIRST)
    await thread.shows("$120")
    await writing.end()
    assert cards(thread.answer) == [("Looking at a, b, c and 3 more", "complete")]
    assert str(thread.answer.blocks[0]["details"]).count("1 row") == 6
    assert (thread.calls("chat.startStream"), thread.calls("chat.appendStream")) == (1, 1)


async def test_cards_wait_a_moment_for_the_first_text_which_waits_for_nothing(thread: Thread) -> None:
    writing = paced(thread, cards=LATE).writing()
    writing.card(reading())
    writing.card(reading("done"))
    writing.add(FIRST)
    await thread.shows("$120")
    assert cards(thread.answer) == [("Reading revenue for Acme", "complete")]
    await writing.end()
    assert thread.calls("chat.appendStream") == 0


async def test_in_a_crowd_a_short_answer_is_one_call(thread: Thread) -> None:
    crowd(thread)
    writing = paced(thread, crowded_text=LATE).writing()
    writing.card(reading("done", "14 rows"))
    writing.add(FIRST)
    await writing.end(under=[[footer()]])
    assert kinds(thread.answer) == ["context", "markdown", "context"]
    assert (thread.calls("chat.postMessage"), thread.calls("chat.update")) == (1, 0)
    assert thread.calls("chat.startStream") == 0


async def test_in_a_crowd_a_long_answer_is_shown_while_it_grows(thread: Thread) -> None:
    crowd(thread)
    writing = paced(thread, crowded_text=0.01).writing()
    writing.add(FIRST)
    await thread.shows("$120")
    await writing.end(SECOND, [[footer()]])
    assert said(thread.answer) == f"{FIRST}\n\n{SECOND}"
    assert (thread.calls("chat.postMessage"), thread.calls("chat.update")) == (1, 1)


async def test_a_stream_that_slack_does_not_let_begin_is_not_waited_for(thread: Thread) -> None:
    thread.slack.playground.faults.rate_limit("chat.startStream", retry_after=600, times=None)
    for _ in range(2):
        writing = paced(thread, crowded_text=0.01).writing()
        writing.add(FIRST)
        await writing.end()
    assert [said(each) for each in thread.answers()] == [FIRST] * 2
    assert thread.calls("chat.startStream") == 1


async def test_the_last_words_are_read_while_slack_lets_no_stream_end(thread: Thread) -> None:
    thread.slack.playground.faults.rate_limit("chat.stopStream", retry_after=1)
    writing = paced(thread, append=LATE).writing()
    writing.add(FIRST)
    await thread.shows("$120")
    writing.add(SECOND)
    await writing.end(under=[[footer()]])
    assert said(thread.answer) == FIRST + SECOND
    assert kinds(thread.answer) == ["markdown", "context"]
    (words,) = thread.slack.playground.traffic.of("chat.appendStream")
    assert words.at < thread.slack.playground.traffic.of("chat.stopStream")[-1].at


async def test_what_was_not_shown_of_many_look_ups_stays_unshown(thread: Thread) -> None:
    writing = paced(thread, append=LATE).writing()
    for card in looking("abcd"):
        writing.card(card)
    await thread.slack.alice.wait_for(lambda: thread.answers() and cards(thread.answer))
    for card in [*looking("abcd", "done"), *looking("secret")]:
        writing.card(card)
    await writing.cease("I end here.")
    assert cards(thread.answer) == [("Looking at a, b, c and d", "error")]
    assert "row" not in str(thread.answer.blocks)
    assert said(thread.answer) == "I end here."


@pytest.mark.parametrize("has_text", [True, False])
@pytest.mark.parametrize("later", ["ended", "removed"])
async def test_a_beginning_that_was_lost_on_its_way_here_is_taken_back(
    thread: Thread, has_text: bool, later: str
) -> None:
    thread.slack.playground.faults.drop_answer("chat.startStream")
    writing = paced(thread, retry=LATE if later == "removed" else 0.01).writing()
    writing.card(reading())
    if has_text:
        writing.add(FIRST)
    await thread.slack.alice.wait_for(lambda: thread.answers() or None)
    if later == "removed":
        await writing.remove()
        assert thread.answers() == []
        return
    writing.add(SECOND)
    await writing.end(under=[[footer()]])
    assert said(thread.answer).endswith(SECOND)


async def test_what_is_no_lost_beginning_stays(thread: Thread) -> None:
    before = thread.writing()
    before.add("An earlier answer.")
    await before.end()
    thread.slack.playground.faults.drop_answer("chat.startStream")
    writing = thread.writing()
    writing.add(FIRST)
    await writing.end()
    assert [said(each) for each in thread.answers()] == ["An earlier answer.", FIRST]


def test_an_answer_may_not_wait_longer_than_a_person_would() -> None:
    assert Pace().cards < 1 > Pace().crowded_text
    assert Pace().crowded_cards < PATIENCE
