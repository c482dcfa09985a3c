"""Message events that are no questions, and which wording of a message counts."""

from typing import Any

import pytest

from bot.answers.hearing import asks_to_stop, gone, reworded
from bot.answers.wordings import DELETED, MOST, Wordings

SAID = {
    "type": "message",
    "user": "U1",
    "text": "How is spend?",
    "ts": "1.0",
    "edited": {"user": "U1", "ts": "2.0"},
}
CHANGED: dict[str, Any] = {
    "subtype": "message_changed",
    "channel": "C1",
    "channel_type": "channel",
    "message": SAID,
    "previous_message": {**SAID, "text": "How is revenue?", "edited": None},
}


def test_an_authors_own_edit_is_heard_as_if_just_said() -> None:
    again = reworded(CHANGED)
    assert again
    assert (again["text"], again["channel"], again["channel_type"]) == ("How is spend?", "C1", "channel")


@pytest.mark.parametrize(
    "change",
    [
        {"previous_message": SAID},
        {"message": {**SAID, "edited": None}},
        {"message": {**SAID, "edited": {"user": "U2", "ts": "2.0"}}},
        {"message": {**SAID, "bot_id": "B1"}},
        {"message": {**SAID, "subtype": "tombstone"}},
        {"message": {**SAID, "subtype": "bot_message"}},
    ],
    ids=["unfurled", "counted a reply", "by another", "an app's", "deleted", "a bot's"],
)
def test_what_its_author_did_not_word_anew_is_no_question(change: dict[str, Any]) -> None:
    assert reworded(CHANGED | change) is None


def test_a_deleted_root_with_replies_is_a_tombstone() -> None:
    found = gone(CHANGED | {"message": {**SAID, "subtype": "tombstone"}})
    assert found
    assert (found.ts, found.thread_ts) == ("1.0", "1.0")
    reply = {"channel": "C1", "deleted_ts": "3.0", "previous_message": {"user": "U1", "thread_ts": "1.0"}}
    assert (found := gone(reply))
    assert (found.ts, found.thread_ts) == ("3.0", "1.0")
    assert gone({"channel": "C1", "deleted_ts": "3.0", "previous_message": {"bot_id": "B1"}}) is None


@pytest.mark.parametrize("text", ["stop", "Stop.", "STOP!", " cancel ", "please stop", "Stop it"])
def test_a_stop_is_no_question(text: str) -> None:
    assert asks_to_stop(text)


@pytest.mark.parametrize("text", ["", "Why did we stop the campaign?", "stop loss", "Don't stop"])
def test_not_every_stop_is_one(text: str) -> None:
    assert not asks_to_stop(text)


def test_the_newest_wording_counts_whatever_comes_last() -> None:
    wordings = Wordings()
    wordings.note("C1", "1.0", "")
    assert wordings.is_newest("C1", "1.0", "")
    wordings.note("C1", "1.0", "3.0")
    wordings.note("C1", "1.0", "2.0")
    assert wordings.is_newest("C1", "1.0", "3.0")
    wordings.note("C1", "1.0", DELETED)
    wordings.note("C1", "1.0", "4.0")
    assert not wordings.is_newest("C1", "1.0", "4.0")
    for number in range(MOST):
        wordings.note("C2", str(number), "")
    assert wordings.is_newest("C1", "1.0", "")
