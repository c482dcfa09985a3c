import json
from typing import Any

from houston.agent.loop.compaction import Window, compact, size, turns
from houston.agent.messages import Message, ToolCall, Usage

SYSTEM = [Message(role="system", text="You are Houston.")]


def result(number: int, rows: int = 40) -> Message:
    data: dict[str, Any] = {
        "ref": f"r{number}",
        "total": 1250.0,
        "rows": [{"day": "2026-11-01", "value": 100.0}] * rows,
        "source": {"client": "Acme", "rows": rows},
    }
    return Message(role="tool", text=json.dumps(data), call_id=f"c{number}", name="read")


def turn(number: int) -> list[Message]:
    return [
        Message(role="user", text=f"Question {number}?"),
        Message(role="assistant", calls=(ToolCall(id=f"c{number}", name="read", arguments="{}"),)),
        result(number),
        Message(role="assistant", text=f"Answer {number}."),
    ]


HISTORY = [message for number in range(6) for message in turn(number)]
NOW = turn(9)[:3]


def fitted(tokens: int) -> tuple[list[Message], list[Message]]:
    return Window(tokens).fit(NOW, HISTORY, SYSTEM, ())


def test_a_result_in_short_keeps_its_totals_and_its_source() -> None:
    short = json.loads(compact(result(1)).text)
    assert short["total"] == 1250.0
    assert short["source"] == {"client": "Acme", "rows": 40}
    assert short["rows"].startswith("40 left out")


def test_the_newest_turns_are_read_whole_and_older_ones_in_short() -> None:
    past, now = fitted(100_000)
    assert now == NOW
    assert [len(part) for part in turns(past)] == [4] * 6
    assert ["left out" in part[2].text for part in turns(past)] == [True] * 3 + [False] * 3


def test_what_does_not_fit_goes_oldest_first_and_the_question_stays() -> None:
    sizes = []
    for tokens in (5600, 5000, 4700, 4560, 4200):
        past, now = fitted(tokens)
        sizes.append(size(past) + size(now))
        assert now[0].text == "Question 9?"
        calls = {call.id for message in past + now for call in message.calls}
        assert {message.call_id for message in past + now if message.role == "tool"} == calls
    assert sizes == sorted(sizes, reverse=True)


def test_a_window_that_was_too_large_is_halved() -> None:
    window = Window(100_000)
    whole = size(window.fit(NOW, HISTORY, SYSTEM, ())[0])
    window.shrink()
    assert size(window.fit(NOW, HISTORY, SYSTEM, ())[0]) < whole / 1.5


def test_text_of_many_tokens_is_known_after_the_first_count() -> None:
    window = Window(7_000)
    past, _ = window.fit(NOW, HISTORY, SYSTEM, ())
    window.counted(Usage(prompt_tokens=size([*past, *NOW, *SYSTEM])))
    assert size(window.fit(NOW, HISTORY, SYSTEM, ())[0]) < size(past)
