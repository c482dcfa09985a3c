"""An answer while it grows, and what Slack does to it meanwhile."""

import asyncio
from dataclasses import replace

import pytest
from slack_sdk.errors import SlackApiError

from bot.answers.place import Pace
from bot.answers.writing import Writing
from bot.playground.limits import Timings
from bot.views import feedback
from tests.bot.answers.conftest import Thread, asked, cards, footer, kinds, reading, said
from tests.bot.slack import QUICK, local_slack
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

FIRST, SECOND = "Revenue was $120. ", "That is low."


async def test_cards_and_sentences_are_shown_in_order_as_they_come(thread: Thread) -> None:
    writing = thread.writing()
    writing.card(reading())
    await thread.slack.alice.wait_for(lambda: thread.answers() and cards(thread.answer))
    assert cards(thread.answer) == [("Reading revenue for Acme", "in_progress")]
    writing.card(reading("done", "14 rows"))
    writing.add(FIRST)
    await thread.shows("$120")
    writing.card(reading(id="c2"))
    writing.card(reading("failed", "No data", id="c2"))
    writing.add(SECOND)
    await writing.end(under=[[footer()]])
    assert kinds(thread.answer) == ["task_card", "markdown", "task_card", "markdown", "context"]
    assert [status for _, status in cards(thread.answer)] == ["complete", "error"]
    assert "14 rows" in str(thread.answer.blocks[0]["details"])
    assert not thread.answer.is_streaming


async def test_what_comes_together_goes_out_together(thread: Thread) -> None:
    quiet = replace(thread, place=replace(thread.place, pace=Pace(append=60.0)))
    writing = quiet.writing()
    writing.card(reading())
    await thread.slack.alice.wait_for(lambda: thread.answers() or None)
    writing.add("0 ")
    await thread.shows("0 ")
    for number in range(1, 50):
        writing.add(f"{number} ")
    await writing.end()
    assert said(thread.answer) == "".join(f"{number} " for number in range(50))
    assert (thread.calls("chat.startStream"), thread.calls("chat.appendStream")) == (1, 1)


async def test_a_card_still_running_at_the_end_has_stopped(thread: Thread) -> None:
    writing = thread.writing()
    writing.card(reading())
    await writing.end("_(stopped)_")
    assert cards(thread.answer) == [("Reading revenue for Acme", "error")]
    assert said(thread.answer) == "_(stopped)_"


async def test_an_answer_without_a_word_leaves_no_message(thread: Thread) -> None:
    await thread.writing().end()
    assert thread.answers() == []


async def test_slacks_five_minutes_lose_and_repeat_nothing() -> None:
    timings: Timings = replace(QUICK, stream_life=0.05)
    async with local_slack(timings) as slack:
        thread = await asked(slack)
        writing = thread.writing()
        writing.card(reading("done", "14 rows"))
        writing.add(FIRST)
        answer = await thread.shows("$120")
        await slack.alice.wait_for(lambda: not answer.is_streaming)
        writing.add(SECOND)
        await thread.shows("low")
        await writing.end(under=[[footer()]])
        assert said(thread.answer) == FIRST + SECOND
        assert kinds(thread.answer) == ["context", "markdown", "context"]
        assert "✓ Reading revenue for Acme · 14 rows" in str(thread.answer.blocks[0])


async def test_a_stream_that_ends_before_its_last_words_gets_them() -> None:
    async with local_slack(replace(QUICK, stream_life=0.05)) as slack:
        thread = await asked(slack)
        writing = thread.writing()
        writing.add(FIRST)
        answer = await thread.shows("$120")
        await slack.alice.wait_for(lambda: not answer.is_streaming)
        await writing.end(SECOND, [[footer()]])
        assert said(thread.answer) == f"{FIRST}\n\n{SECOND}"
        assert kinds(thread.answer) == ["markdown", "context"]


@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.stopStream"])
@pytest.mark.parametrize("trouble", ["fail", "drop_answer", "rate_limit"])
async def test_a_stumbling_stream_ends_with_the_whole_answer(
    thread: Thread, method: str, trouble: str
) -> None:
    client = thread.place.client
    client.retry_handlers.clear()
    faults = thread.slack.playground.faults
    if trouble == "rate_limit":
        faults.rate_limit(method, retry_after=0)
    else:
        getattr(faults, trouble)(method)
    writing = thread.writing()
    writing.add(FIRST)
    await thread.shows("$120")
    writing.add(SECOND)
    await writing.end(under=[[footer()]])
    last = thread.answers()[-1]
    assert said(last) == FIRST + SECOND
    assert kinds(last)[-1] == "context"
    assert len(thread.answers()) == 1


async def test_a_stream_slowed_down_by_slack_gathers_what_comes_meanwhile(thread: Thread) -> None:
    thread.slack.playground.faults.rate_limit("chat.appendStream", retry_after=1)
    writing = thread.writing()
    writing.add("0 ")
    await thread.shows("0 ")
    for number in range(1, 30):
        writing.add(f"{number} ")
    await thread.shows("29 ")
    await writing.end()
    assert said(thread.answer) == "".join(f"{number} " for number in range(30))
    assert thread.slack.playground.traffic.limited("chat.appendStream").total() == 1


async def test_where_streams_are_refused_a_plain_message_grows(thread: Thread) -> None:
    thread.slack.workspace.refuses["chat.startStream"] = "not_allowed"
    writing = thread.writing()
    writing.card(reading())
    await thread.slack.alice.wait_for(lambda: thread.answers() or None)
    assert "⏳ Reading revenue for Acme" in str(thread.answer.blocks)
    writing.card(reading("done", "14 rows"))
    writing.add(FIRST)
    await thread.shows("$120")
    await writing.end(SECOND, [[footer(), feedback.asked(7)]])
    assert kinds(thread.answer) == ["context", "markdown", "context", "context_actions"]
    assert thread.answer.stream is None


async def test_a_refusal_of_the_plan_is_remembered_for_an_hour(thread: Thread) -> None:
    thread.slack.workspace.refuses["chat.startStream"] = "not_allowed"
    for moment, tries in ((0, 1), (3599, 1), (3601, 2)):
        thread.clock.at = moment
        writing = thread.writing()
        writing.add(FIRST)
        await writing.end()
        assert thread.calls("chat.startStream") == tries


async def test_a_refusal_for_one_thread_is_not_remembered(thread: Thread) -> None:
    thread.slack.playground.faults.refuse("chat.startStream", error="invalid_chunks")
    for _ in range(2):
        writing = thread.writing()
        writing.add(FIRST)
        await writing.end()
    assert [each.stream is None for each in thread.answers()] == [True, False]


@pytest.mark.parametrize("streams", [True, False])
async def test_a_long_answer_becomes_several_messages(thread: Thread, streams: bool) -> None:
    if not streams:
        thread.slack.workspace.refuses["chat.startStream"] = "not_allowed"
    lines = "".join(f"| row {number} | {number} |\n" for number in range(2000))
    writing = thread.writing()
    writing.add(lines)
    await writing.end(under=[[footer()]])
    messages = thread.answers()
    assert "".join(map(said, messages)) == lines
    assert all(len(said(each)) <= 11_000 and said(each).endswith("|\n") for each in messages)
    assert [kinds(each)[-1] == "context" for each in messages] == [False] * (len(messages) - 1) + [True]
    assert writing.messages == tuple(each.ts for each in messages)


async def test_a_stream_that_takes_no_more_goes_on_in_another_message(thread: Thread) -> None:
    writing = thread.writing()
    writing.add(FIRST)
    await thread.shows("$120")
    thread.slack.playground.faults.refuse("chat.appendStream", error="msg_too_long")
    writing.add(SECOND)
    await thread.shows("low")
    await writing.end()
    assert [said(each) for each in thread.answers()] == [FIRST, SECOND]
    assert not any(each.is_streaming for each in thread.answers())


@pytest.mark.parametrize("streams", [True, False])
async def test_where_slack_takes_no_feedback_block_two_plain_buttons_ask(
    thread: Thread, streams: bool
) -> None:
    if not streams:
        thread.slack.workspace.refuses["chat.startStream"] = "not_allowed"
    thread.slack.workspace.lacks_blocks.add("context_actions")
    writing = thread.writing()
    writing.add(FIRST)
    await writing.end(under=[[feedback.asked(7)], [feedback.asked(7, plainly=True)], []])
    assert kinds(thread.answer) == ["markdown", "actions"]
    assert said(thread.answer) == FIRST
    assert thread.place.refused.has(thread.place.workspace_id, "feedback")


async def test_an_answer_that_somebody_deletes_comes_again_as_a_message(thread: Thread) -> None:
    thread.slack.workspace.refuses["chat.startStream"] = "not_allowed"
    writing = thread.writing()
    writing.add(FIRST)
    gone = await thread.shows("$120")
    await thread.place.client.chat_delete(channel=gone.channel, ts=gone.ts)
    await writing.end(SECOND)
    assert said(thread.answer) == f"{FIRST}\n\n{SECOND}"


async def test_where_houston_is_thrown_out_the_answer_ends(thread: Thread) -> None:
    writing = thread.writing()
    writing.add(FIRST)
    await thread.shows("$120")
    thread.slack.playground.faults.refuse("chat.appendStream", error="not_in_channel")
    thread.slack.playground.faults.refuse("chat.stopStream", error="not_in_channel", times=None)
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await writing.end(SECOND)


async def test_what_nobody_wants_is_taken_away(thread: Thread) -> None:
    writing = thread.writing()
    writing.add(FIRST)
    await thread.shows("$120")
    await writing.remove()
    assert thread.answers() == []


async def test_a_message_that_slack_keeps_says_that_its_question_was_changed(thread: Thread) -> None:
    writing = thread.writing()
    writing.add(FIRST)
    await thread.shows("$120")
    thread.slack.workspace.refuses["chat.delete"] = "cant_delete_message"
    await writing.remove()
    assert said(thread.answer) == "_(The question was changed.)_"


async def test_an_answer_that_ends_while_its_message_is_noted_waits_for_that(thread: Thread) -> None:
    begins, goes_on, noted = asyncio.Event(), asyncio.Event(), []

    async def note(ts: str) -> None:
        begins.set()
        await goes_on.wait()
        noted.append(ts)

    writing = Writing(thread.place, note)
    writing.add(FIRST)
    async with asyncio.timeout(PATIENCE):
        await begins.wait()
        ending = asyncio.create_task(writing.end(SECOND))
        for _ in range(5):
            await asyncio.sleep(0)
        assert not ending.done()
        goes_on.set()
        await ending
    assert noted == [thread.answer.ts]
    assert said(thread.answer) == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize("ticks", range(4))
async def test_an_answer_ends_at_whatever_moment_its_first_words_come(thread: Thread, ticks: int) -> None:
    quiet = replace(thread, place=replace(thread.place, pace=Pace(append=60.0)))
    writing = quiet.writing()
    writing.card(reading())
    await thread.slack.alice.wait_for(lambda: thread.answers() or None)
    async with asyncio.timeout(PATIENCE):
        while writing._sending.locked():  # noqa: ASYNC110
            await asyncio.sleep(0)
        writing.add(FIRST)
        for _ in range(ticks):
            await asyncio.sleep(0)
        await writing.end()
    assert said(thread.answer) == FIRST
