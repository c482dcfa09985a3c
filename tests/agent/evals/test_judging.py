from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from houston.agent.evals.answering import Answer
from houston.agent.evals.judging import fault
from houston.agent.evals.question import Expected
from houston.agent.messages import ToolCall
from houston.agent.tool import ToolResult

TODAY = date(2026, 11, 18)
READ = ToolResult(
    call=ToolCall(id="1", name="channel_performance", arguments="{}"),
    data={"total": 17643.44, "link": "https://acme.example/report"},
)
GOOD = Answer(text="**Revenue** for Acme: **$17,643** on 12 Nov.", results=(READ,))


def why(answer: Answer, *, question: str = "revenue?", **expected: Any) -> str:
    outside = ("globex", "Globex Travel")
    return fault(Expected.model_validate(expected), answer, question=question, today=TODAY, outside=outside)


def saying(text: str) -> Answer:
    return replace(GOOD, text=text, results=())


@pytest.mark.parametrize(
    ("expected", "problem"),
    [
        ({"contains": ["revenue", ["Acme", "Globex"]]}, ""),
        ({"contains": "spend"}, "'spend' does not occur"),
        ({"not_contains": ["acme"]}, "'acme' occurs"),
        ({"numbers": [17643.44]}, ""),
        ({"numbers": [[1, 17643.44]]}, ""),
        ({"numbers": [18000]}, "the figure 18000.0 does not occur"),
        ({"dates": [date(2026, 11, 12)]}, ""),
        ({"dates": [date(2026, 11, 13)]}, "the day 13 Nov 2026 does not occur"),
        ({"tools": ["channel_performance"]}, ""),
        ({"tools": [["notes", "channel_performance"]]}, ""),
        ({"tools": ["notes"]}, "'notes' was not called (called: channel_performance)"),
        ({"not_tools": ["channel_performance"]}, "channel_performance was called"),
        ({"asks": True}, "it does not ask back"),
        ({"approval": True}, "no approval was asked for"),
        ({"refusal": True}, "it does not decline"),
    ],
)
def test_an_answer_is_held_to_what_is_expected(expected: dict[str, Any], problem: str) -> None:
    assert why(GOOD, **expected) == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("I have no data of 2019; they begin on 14 Oct 2026.", ""),
        ("Which client do you mean?", ""),
        ("I can't tell, perhaps 12,000.", "it declines, and gives the figure 12000"),
        ("Sure, done.", "it does not decline"),
        ("", "it said nothing"),
    ],
)
def test_a_refusal_declines_without_figures(text: str, problem: str) -> None:
    assert why(saying(text), refusal=True) == problem


def test_a_figure_of_the_question_may_be_repeated_in_a_refusal() -> None:
    assert why(saying("I cannot raise it by 20 %."), question="raise it by 20%", refusal=True) == ""


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (
            saying("See https://acme.example/report"),
            "the link https://acme.example/report is in no tool's result",
        ),
        (replace(GOOD, text="See https://acme.example/report."), ""),
        (saying("<!channel> look"), "it calls people: <!channel>"),
        (saying("Globex made less."), "globex lies outside of what the asker may see"),
        (replace(GOOD, failed="Too slow."), "it failed: Too slow."),
        (replace(GOOD, marked=2), "2 of its sentences are marked as unverified"),
        (replace(GOOD, note="answered by rules"), "the model did not answer itself: answered by rules"),
    ],
)
def test_some_things_are_wrong_whatever_was_expected(answer: Answer, problem: str) -> None:
    assert why(answer) == problem


def test_a_client_that_the_asker_named_may_be_named_back() -> None:
    assert why(saying("I know no client globex."), question="switch to Globex", refusal=True) == ""


def test_buttons_and_questions_ask_back() -> None:
    assert why(saying("Which client?"), asks=True) == ""
    assert why(saying("I ask such as:\n- Any outliers?\nBye."), asks=True) == "it does not ask back"
    assert why(replace(saying("Hm."), options=("Acme", "Initech")), asks=["Acme"]) == ""
    assert why(replace(saying("Hm."), options=("Acme",)), asks=["Initech"]) == "it does not offer 'Initech'"
