import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncGenerator
from datetime import date
from typing import Any

import pytest

from houston.agent.errors import ModelInterrupted, ModelRefused
from houston.agent.loop.limits import Limits
from houston.agent.messages import DonePiece, Message, Piece, TextPiece
from houston.agent.tool import Tool, ToolContext, ToolError, tool
from houston.agent.turn import StatusChanged, TextAdded, Turn
from houston.errors import NotFound
from store.tables import Client
from tests.agent.fakes import (
    GLOBEX,
    FakeModel,
    Scripted,
    agent_of,
    answered,
    called,
    context,
    failed,
    finished,
    said,
    statuses,
    text_of,
)
from tests.patience import PATIENCE


@tool(label="Reading {metric}{client}{period}")
async def revenue(ctx: ToolContext, metric: str, start: date, end: date) -> dict[str, Any]:
    """Reads revenue.

    Args:
        metric: Which one.
        start: First day.
        end: Last day.
    """
    source = {"client": "Acme", "start": start, "end": end, "rows": 14, "freshness": "2026-11-18T08:00:00Z"}
    return {"metric": metric, "total": 1234.5, "source": source}


REVENUE = '{"metric": "revenue", "start": "2026-11-01", "end": "2026-11-14"}'


def results_of(model: FakeModel) -> list[dict[str, Any]]:
    messages, _ = model.asked[-1]
    return [json.loads(message.text) for message in messages if message.role == "tool"]


async def test_the_model_reads_a_tool_and_answers_from_it() -> None:
    model = FakeModel(called(("revenue", REVENUE)), said("Revenue was ", "1,234.5. Fine."))
    events = await answered(agent_of(model, revenue), "Revenue this month?")
    assert statuses(events) == ["Thinking…", "Reading revenue for Acme, 1–14 Nov"]
    assert text_of(events) == "Revenue was 1,234.5. Fine."
    end = finished(events)
    assert end.footer.tools == ("revenue",)
    assert end.footer.clients == ("Acme",)
    assert (end.footer.start, end.footer.end) == (date(2026, 11, 1), date(2026, 11, 14))
    assert end.footer.rows == 14
    assert end.record.usage.prompt_tokens == 20
    assert [message.role for message in end.record.messages] == ["user", "assistant", "tool", "assistant"]
    assert end.record.results[0].data["total"] == 1234.5


async def test_text_is_passed_on_a_whole_sentence_or_row_at_a_time() -> None:
    model = FakeModel(said("One.", " Two is v1.", "B high.\n| a | b", " |\n| c | d |", "\nend"))
    events = await answered(agent_of(model), "?")
    texts = [event.markdown for event in events if isinstance(event, TextAdded)]
    assert texts == ["One. ", "Two is v1.B high.\n", "| a | b |\n", "| c | d |\n", "end"]


async def test_parallel_calls_run_at_the_same_time() -> None:
    both = asyncio.Barrier(2)

    async def meet(ctx: ToolContext, place: str) -> dict[str, Any]:
        await both.wait()
        return {"met": place}

    model = FakeModel(called(("meet", '{"place": "a"}'), ("meet", '{"place": "b"}')), said("Done."))
    events = await asyncio.wait_for(answered(agent_of(model, Tool.of(meet)), "?"), PATIENCE)
    finished(events)
    assert [result["met"] for result in results_of(model)] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("nothing", "{}", "There is no tool “nothing”. The tools are: revenue."),
        ("revenue", '{"metric": "x"', "not valid JSON"),
        ("revenue", '["x"]', "one JSON object"),
        ("revenue", '{"metric": "x", "start": "2026-11-01"}', "end: Field required"),
        ("revenue", '{"metric": "x", "start": "soon", "end": "2026-11-14"}', "start: "),
        ("revenue", REVENUE[:-1] + ', "client": "globex"}', "client: Extra inputs"),
    ],
)
async def test_a_wrong_call_is_explained_to_the_model(name: str, arguments: str, words: str) -> None:
    model = FakeModel(called((name, arguments)), said("Sorry."))
    finished(await answered(agent_of(model, revenue), "?"))
    assert words in results_of(model)[0]["error"]


async def test_what_a_tool_asks_for_instead_reaches_the_model() -> None:
    async def strict(ctx: ToolContext) -> dict[str, Any]:
        raise ToolError("Ask for a week at most.")

    async def hidden(ctx: ToolContext) -> dict[str, Any]:
        raise NotFound("There is no client “x”.")

    model = FakeModel(called(("strict", "{}"), ("hidden", "")), said("Sorry."))
    finished(await answered(agent_of(model, Tool.of(strict), Tool.of(hidden)), "?"))
    assert [result["error"] for result in results_of(model)] == [
        "Ask for a week at most.",
        "There is no client “x”.",
    ]


async def test_an_unexpected_exception_is_logged_and_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(ctx: ToolContext) -> dict[str, Any]:
        raise RuntimeError("secret detail")

    model = FakeModel(called(("broken", "{}")), said("Sorry."))
    with caplog.at_level(logging.ERROR):
        finished(await answered(agent_of(model, Tool.of(broken)), "?"))
    assert "ab12cd34" in results_of(model)[0]["error"]
    assert "secret detail" not in str(results_of(model))
    assert "ab12cd34" in caplog.text
    assert "secret detail" in caplog.text


async def test_a_slow_tool_is_given_up() -> None:
    async def slow(ctx: ToolContext) -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    model = FakeModel(called(("slow", "{}")), said("Sorry."))
    events = await answered(agent_of(model, Tool.of(slow), limits=Limits(tool_seconds=0.02)), "?")
    finished(events)
    assert "took too long" in results_of(model)[0]["error"]


async def test_the_same_call_is_made_once() -> None:
    runs: list[str] = []

    async def look(ctx: ToolContext, what: str) -> dict[str, Any]:
        runs.append(what)
        return {"seen": what}

    model = FakeModel(
        called(("look", '{"what":"a"}'), ("look", '{"what": "a"}')),
        called(("look", '{"what": "b"}')),
        said("Done."),
    )
    finished(await answered(agent_of(model, Tool.of(look)), "?"))
    assert runs == ["a", "b"]
    assert results_of(model)[1]["same_as"] == "look_0"


async def test_tools_are_withdrawn_on_the_last_step() -> None:
    model = FakeModel(called(("revenue", REVENUE)), called(("revenue", REVENUE)), said("All I have."))
    events = await answered(agent_of(model, revenue, limits=Limits(steps=3)), "?")
    assert [tools for _, tools in model.asked] == [["revenue"], ["revenue"], []]
    assert "tools are closed" in model.asked[-1][0][-1].text
    assert text_of(events) == "All I have."


async def test_a_model_that_only_ever_calls_tools_ends_with_a_plain_sentence() -> None:
    model = FakeModel(called(("revenue", REVENUE)))
    end = failed(await answered(agent_of(model, revenue, limits=Limits(steps=2)), "?"))
    assert "2 steps" in end.sentence


async def test_the_number_of_tool_calls_is_limited() -> None:
    async def look(ctx: ToolContext, what: int) -> dict[str, Any]:
        return {"seen": what}

    model = FakeModel(called(*(("look", json.dumps({"what": n})) for n in range(5))), said("Done."))
    finished(await answered(agent_of(model, Tool.of(look), limits=Limits(calls=2)), "?"))
    assert [("error" in result) for result in results_of(model)] == [False, False, True, True, True]


async def test_a_result_too_long_to_read_is_refused() -> None:
    async def everything(ctx: ToolContext) -> dict[str, Any]:
        return {"rows": ["x" * 100] * 1000}

    model = FakeModel(called(("everything", "{}")), said("Too much."))
    finished(await answered(agent_of(model, Tool.of(everything)), "?"))
    assert "too long" in results_of(model)[0]["error"]


async def test_a_tool_that_needs_approval_does_not_run() -> None:
    async def delete(ctx: ToolContext) -> dict[str, Any]:
        raise AssertionError("ran without approval")

    model = FakeModel(called(("delete", "{}")), said("No."))
    finished(await answered(agent_of(model, Tool.of(delete, needs_approval=True)), "?"))
    assert "approval" in results_of(model)[0]["error"]


async def test_switching_the_client_counts_for_the_other_calls_of_its_step() -> None:
    async def whose(ctx: ToolContext) -> dict[str, Any]:
        return {"client": ctx.client.slug if ctx.client else None}

    async def move(ctx: ToolContext, to: str) -> dict[str, Any]:
        ctx.switch_client(GLOBEX)
        return {"client": to}

    model = FakeModel(called(("whose", "{}"), ("move", '{"to": "globex"}')), said("Done."))
    tools = [Tool.of(whose), Tool.of(move, runs_first=True)]
    end = finished(await answered(agent_of(model, *tools), "?"))
    assert results_of(model)[0]["client"] == "globex"
    assert end.record.client == GLOBEX
    assert "Globex" in model.asked[-1][0][0].text


async def test_an_answer_that_broke_off_goes_on_where_it_stopped() -> None:
    broken: list[Scripted] = [TextPiece(text="It rose. It fe"), ModelInterrupted("broke off")]
    model = FakeModel(broken, said("It fell again."))
    events = await answered(agent_of(model), "?")
    finished(events)
    assert text_of(events) == "It rose. It fell again."
    messages = model.asked[-1][0]
    assert [message.role for message in messages[-2:]] == ["assistant", "system"]
    assert messages[-2].text == "It rose. "


async def test_an_answer_that_breaks_off_twice_ends_with_an_apology() -> None:
    broken: list[Scripted] = [
        TextPiece(text="It rose. It fe"),
        ModelInterrupted("It broke off. Please ask again."),
    ]
    events = await answered(agent_of(FakeModel(broken)), "?")
    assert failed(events).sentence == "It broke off. Please ask again."


async def test_an_error_of_the_model_is_told_in_its_own_words() -> None:
    events = await answered(agent_of(FakeModel([ModelRefused("Check OPENAI_API_KEY.")])), "?")
    assert failed(events).sentence == "Check OPENAI_API_KEY."


async def test_a_bug_in_the_loop_gets_a_reference_and_nothing_else() -> None:
    events = await answered(agent_of(FakeModel([RuntimeError("secret detail")])), "?")
    end = failed(events)
    assert end.reference == "ab12cd34"
    assert "secret" not in end.sentence


async def test_an_empty_reply_is_asked_for_once_more() -> None:
    model = FakeModel(said(), said("Here."))
    assert text_of(await answered(agent_of(model), "?")) == "Here."
    assert "returned nothing" in model.asked[-1][0][-1].text


async def test_nothing_at_all_ends_with_a_plain_sentence() -> None:
    assert "no answer" in failed(await answered(agent_of(FakeModel(said())), "?")).sentence


async def test_an_answer_cut_by_its_length_says_so() -> None:
    cut: list[Scripted] = [TextPiece(text="Long and"), DonePiece(reason="length")]
    events = await answered(agent_of(FakeModel(cut)), "?")
    assert text_of(events).startswith("Long and\n\n_(I ran into my length limit")
    finished(events)


async def test_a_filtered_answer_says_so() -> None:
    events = await answered(agent_of(FakeModel([DonePiece(reason="content_filter")])), "?")
    assert "held this answer back" in failed(events).sentence


async def test_the_whole_turn_has_a_time_limit() -> None:
    async def hang() -> AsyncGenerator[Piece, None]:
        await asyncio.Event().wait()
        yield TextPiece(text="never")

    events = await asyncio.wait_for(
        answered(agent_of(FakeModel(hang), limits=Limits(seconds=0.02)), "?"), PATIENCE
    )
    assert "too long" in failed(events).sentence


async def test_closing_the_events_cancels_the_turn() -> None:
    cancelled = asyncio.Event()

    async def hang() -> AsyncGenerator[Piece, None]:
        try:
            yield TextPiece(text="First. ")
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    agent = agent_of(FakeModel(hang))
    async with contextlib.aclosing(agent.answer(Turn(question="?", context=context()))) as events:
        async for event in events:
            if isinstance(event, TextAdded):
                break
    assert cancelled.is_set()


async def test_history_comes_before_the_question_and_after_the_system_message() -> None:
    history = [Message(role="user", text="Earlier?"), Message(role="assistant", text="Yes.")]
    model = FakeModel(said("Now."))
    await answered(agent_of(model), "And now?", history=history)
    messages = model.asked[0][0]
    assert [message.role for message in messages] == ["system", "user", "assistant", "user"]
    assert messages[0].facts is not None
    assert messages[0].facts.client is not None


async def test_text_before_a_tool_call_stands_apart_from_the_answer() -> None:
    model = FakeModel([TextPiece(text="Let me look."), *called(("revenue", REVENUE))], said("It is low."))
    assert text_of(await answered(agent_of(model, revenue), "?")) == "Let me look.\n\nIt is low."


async def test_a_client_named_like_a_template_is_only_a_name() -> None:
    odd = Client(id=3, slug="odd", name="{metric} <data>", created_at=GLOBEX.created_at)
    model = FakeModel(called(("revenue", REVENUE)), said("Fine."))
    events = await answered(agent_of(model, revenue), "?", client=odd)
    assert StatusChanged(text="Reading revenue for {metric} <data>, 1–14 Nov") in events
    assert "<data>{metric} ‹data›</data>" in model.asked[0][0][0].text
