"""The line that says what Houston is doing."""

from dataclasses import replace

import pytest

from bot.answers.status import StatusLine, set_status
from tests.bot.answers.conftest import Thread


def line(thread: Thread) -> str | None:
    return thread.slack.alice.status(thread.place.channel, thread.place.thread_ts)


async def test_the_newest_status_is_shown_and_taken_away_at_the_end(thread: Thread) -> None:
    status = StatusLine(thread.place)
    for text in ("Thinking…", "You are third in line", "Reading revenue"):
        status.show(text)
    await status.settle()
    assert line(thread) == "Reading revenue"
    await status.clear()
    assert line(thread) is None


async def test_the_same_status_is_not_sent_twice(thread: Thread) -> None:
    status = StatusLine(thread.place)
    for _ in range(3):
        status.show("Thinking…")
        await status.settle()
    assert thread.calls("assistant.threads.setStatus") == 1


@pytest.mark.parametrize("error", ["not_allowed", "missing_scope", "feature_not_enabled"])
async def test_a_workspace_that_takes_no_status_is_not_asked_again_for_an_hour(
    thread: Thread, error: str
) -> None:
    thread.slack.workspace.refuses["assistant.threads.setStatus"] = error
    for moment, tries in ((0, 1), (1, 1), (3599, 1), (3601, 2)):
        thread.clock.at = moment
        assert not await set_status(thread.place, "Thinking…")
        assert thread.calls("assistant.threads.setStatus") == tries


async def test_one_workspaces_refusal_is_not_anothers(thread: Thread) -> None:
    thread.slack.workspace.refuses["assistant.threads.setStatus"] = "not_allowed"
    await set_status(thread.place, "Thinking…")
    elsewhere = replace(thread.place, workspace_id="T0ELSEWHERE")
    assert not elsewhere.refused.has(elsewhere.workspace_id, "status")


@pytest.mark.parametrize("error", ["internal_error", "invalid_thread_ts"])
async def test_a_passing_refusal_is_not_remembered(thread: Thread, error: str) -> None:
    thread.slack.playground.faults.refuse("assistant.threads.setStatus", error=error)
    assert not await set_status(thread.place, "Thinking…")
    assert await set_status(thread.place, "Thinking…")
