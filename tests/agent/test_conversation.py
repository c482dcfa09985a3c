from datetime import UTC, datetime, timedelta

import pytest

from houston.agent.conversations.conversation import (
    ChannelKind,
    Heard,
    Manners,
    PastTurn,
    history,
    parse_question,
    should_answer,
)
from houston.agent.messages import Message, ToolCall

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
JUST_NOW = Manners(answered_whom="UDANA", answered_at=NOW - timedelta(minutes=2))
LONG_AGO = Manners(answered_whom="UDANA", answered_at=NOW - timedelta(minutes=31))
SILENT = Manners()


def heard(
    *,
    user: str = "UDANA",
    place: ChannelKind = "channel",
    thread: bool = True,
    houston: bool = False,
    others: bool = False,
    bot: bool = False,
) -> Heard:
    return Heard(
        workspace_id="T1",
        channel="C1",
        channel_kind=place,
        thread_ts="1.000100" if thread else None,
        ts=str(NOW.timestamp()),
        user_id=user,
        is_bot=bot,
        mentions_houston=houston,
        mentions_others=others,
    )


@pytest.mark.parametrize(
    ("case", "message", "manners", "expected"),
    [
        ("a DM", heard(place="dm", thread=False), None, True),
        ("a DM that mentions someone else", heard(place="dm", others=True), SILENT, True),
        ("a mention in a channel", heard(houston=True, thread=False), None, True),
        ("a mention beside another", heard(houston=True, others=True), JUST_NOW, True),
        ("a channel message without mention", heard(thread=False), None, False),
        ("a thread unknown to Houston", heard(), None, False),
        ("an alert's thread, nobody asked yet", heard(), SILENT, False),
        ("the next message of the one answered last", heard(), JUST_NOW, True),
        ("the same after half an hour", heard(), LONG_AGO, False),
        ("the same, to someone else", heard(others=True), JUST_NOW, False),
        ("another person in the thread", heard(user="USAM"), JUST_NOW, False),
        ("another person's mention", heard(user="USAM", houston=True), JUST_NOW, True),
        ("outside the thread", heard(thread=False), JUST_NOW, False),
        ("a bot's DM", heard(place="dm", bot=True), JUST_NOW, False),
        ("a bot's mention", heard(houston=True, bot=True), JUST_NOW, False),
    ],
)
def test_thread_manners(case: str, message: Heard, manners: Manners | None, expected: bool) -> None:
    assert should_answer(message, manners) is expected, case


@pytest.mark.parametrize(
    ("text", "question", "client"),
    [
        ("--client acme revenue last week?", "revenue last week?", "acme"),
        ("revenue last week? --client=Globex", "revenue last week?", "globex"),
        ("revenue --client acme-outdoor last week?", "revenue last week?", "acme-outdoor"),
        ("revenue —client acme?", "revenue ?", "acme"),
        ("hello", "hello", None),
        ("what is a multi--client account", "what is a multi--client account", None),
    ],
)
def test_the_client_may_be_named_anywhere_in_the_message(
    text: str, question: str, client: str | None
) -> None:
    asked = parse_question(text)
    assert (asked.text, asked.client) == (question, client)


def test_history_is_whole_and_tells_what_became_of_proposals() -> None:
    call = ToolCall(id="call_1", name="notes", arguments="{}")
    steps = [
        Message(role="user", text="Notes?"),
        Message(role="assistant", calls=(call,)),
        Message(role="tool", text="{}", call_id="call_1", name="notes"),
        Message(role="assistant", text="None."),
    ]
    kept = PastTurn(
        question="Notes?",
        answer="None.",
        steps=[step.as_dict() for step in steps],
        since=("“Create a note” was approved and done.",),
    )
    messages = history([kept] * 2)
    assert list(messages[:4]) == steps
    assert messages[4] == Message(role="system", text="Since then: “Create a note” was approved and done.")
    assert len(messages) == 10


def test_a_question_that_got_no_answer_is_still_part_of_the_history() -> None:
    assert [message.text for message in history([PastTurn(question="Hello?", answer="")])] == ["Hello?"]
