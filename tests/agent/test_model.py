import asyncio
import contextlib
from collections.abc import Sequence
from random import Random

import pytest

from houston.agent.errors import (
    ConversationTooLong,
    ModelError,
    ModelInterrupted,
    ModelRefused,
    ModelUnavailable,
)
from houston.agent.llm.model import OpenAIModel, Patience
from houston.agent.messages import CallPiece, DonePiece, Message, Piece, TextPiece, ToolCall, ToolSpec, Usage
from tests.agent.llm_server import (
    Call,
    LLMServer,
    Reply,
    breaks_after,
    calls,
    fails_after,
    refuses,
    says,
    stalls_after,
)
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

QUESTION = [Message(role="system", text="You are Houston."), Message(role="user", text="Revenue?")]
SPEC = ToolSpec(name="revenue", description="Reads revenue.", parameters={"type": "object", "properties": {}})


class Naps:
    """A sleep that passes at once and remembers how long it was asked for."""

    def __init__(self) -> None:
        self.lengths: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.lengths.append(seconds)
        await asyncio.sleep(0)


def model_at(server: LLMServer, *, naps: Naps | None = None, patience: Patience | None = None) -> OpenAIModel:
    return OpenAIModel(
        api_key="sk-test",
        model="scripted",
        base_url=server.url,
        patience=patience or Patience(),
        sleep=naps or Naps(),
        random=Random(1),
    )


async def ask(
    server: LLMServer,
    *,
    naps: Naps | None = None,
    patience: Patience | None = None,
    messages: Sequence[Message] = QUESTION,
    tools: Sequence[ToolSpec] = (),
) -> list[Piece]:
    model = model_at(server, naps=naps, patience=patience)
    try:
        return [piece async for piece in model.stream(messages, tools)]
    finally:
        await model.close()


async def test_text_arrives_in_the_pieces_in_which_it_was_streamed() -> None:
    async with LLMServer([says("Reve", "nue is 5.")]) as server:
        pieces = await ask(server)
    usage = Usage(prompt_tokens=120, completion_tokens=8)
    assert pieces == [
        TextPiece(text="Reve"),
        TextPiece(text="nue is 5."),
        DonePiece(reason="stop", usage=usage),
    ]


@pytest.mark.parametrize("parts", [1, 2, 7])
async def test_parallel_tool_calls_are_put_together_from_mixed_chunks(parts: int) -> None:
    first = Call(name="revenue", arguments='{"metric": "Ad spend"}', id="call_a")
    second = Call(name="notes", arguments='{"limit": 3}', id="call_b")
    async with LLMServer([calls(first, second, parts=parts)]) as server:
        pieces = await ask(server, tools=[SPEC])
    assert pieces[:-1] == [
        CallPiece(call=ToolCall(id="call_a", name="revenue", arguments='{"metric": "Ad spend"}')),
        CallPiece(call=ToolCall(id="call_b", name="notes", arguments='{"limit": 3}')),
    ]
    assert isinstance(pieces[-1], DonePiece)
    assert pieces[-1].reason == "tool_calls"


async def test_calls_that_stop_with_the_reason_stop_are_calls_all_the_same() -> None:
    async with LLMServer([calls(Call(name="revenue"), reason="stop")]) as server:
        pieces = await ask(server, tools=[SPEC])
    assert [type(piece) for piece in pieces] == [CallPiece, DonePiece]


async def test_calls_cut_off_by_the_length_limit_are_not_passed_on() -> None:
    async with LLMServer([calls(Call(name="revenue", arguments='{"met'), reason="length")]) as server:
        pieces = await ask(server, tools=[SPEC])
    assert [type(piece) for piece in pieces] == [DonePiece]


async def test_the_request_is_a_streaming_chat_completion_with_tools_and_usage() -> None:
    call = ToolCall(id="call_a", name="revenue", arguments="{}")
    messages = [
        *QUESTION,
        Message(role="assistant", calls=(call,)),
        Message(role="tool", text='{"total":5}', call_id="call_a", name="revenue"),
    ]
    async with LLMServer([says("5")]) as server:
        await ask(server, messages=messages, tools=[SPEC])
    request = server.requests[0]
    assert request["stream"] is True
    assert request["stream_options"] == {"include_usage": True}
    assert request["tools"][0]["function"]["name"] == "revenue"
    assert request["messages"][2]["tool_calls"][0]["function"] == {"name": "revenue", "arguments": "{}"}
    assert request["messages"][3] == {"role": "tool", "tool_call_id": "call_a", "content": '{"total":5}'}


async def test_nothing_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-environment")
    monkeypatch.setenv("OPENAI_ADMIN_KEY", "sk-admin")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-environment")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-environment")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer stolen\nX-Environment: yes")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    async with LLMServer([says("Hello")]) as server:
        await ask(server)
    headers = server.headers[0]
    assert headers["authorization"] == "Bearer sk-test"
    assert "environment" not in " ".join([*headers, *headers.values()])
    assert not {"openai-organization", "openai-project", "x-environment"} & set(headers)


@pytest.mark.parametrize("status", [500, 502, 503, 429, 408])
async def test_what_passes_by_itself_is_tried_again(status: int) -> None:
    async with LLMServer([refuses(status), says("Hello")]) as server:
        pieces = await ask(server)
    assert pieces[0] == TextPiece(text="Hello")
    assert len(server.requests) == 2


async def test_retry_after_is_obeyed() -> None:
    naps = Naps()
    async with LLMServer([refuses(429, retry_after="7"), says("Hello")]) as server:
        await ask(server, naps=naps)
    assert naps.lengths == [7.0]


async def test_a_retry_after_beyond_the_time_allowed_is_not_waited_for() -> None:
    naps = Naps()
    async with LLMServer([refuses(429, retry_after="3600"), says("Hello")]) as server:
        with pytest.raises(ModelUnavailable, match="busy"):
            await ask(server, naps=naps)
    assert naps.lengths == []


async def test_tries_are_limited_and_their_pauses_grow() -> None:
    naps = Naps()
    async with LLMServer([refuses(500)]) as server:
        with pytest.raises(ModelUnavailable, match="trouble"):
            await ask(server, naps=naps)
    assert len(server.requests) == 3
    assert naps.lengths == sorted(naps.lengths)


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (refuses(401, "invalid_api_key"), ModelRefused, "OPENAI_API_KEY"),
        (refuses(403), ModelRefused, "OPENAI_API_KEY"),
        (refuses(404, "model_not_found"), ModelRefused, "HOUSTON_MODEL"),
        (refuses(429, "insufficient_quota"), ModelRefused, "credit"),
        (refuses(400, "context_length_exceeded"), ConversationTooLong, "new thread"),
        (refuses(400), ModelRefused, "HOUSTON_MODEL"),
    ],
)
async def test_what_only_a_person_can_mend_is_said_at_once(
    reply: Reply, error: type[ModelError], words: str
) -> None:
    async with LLMServer([reply]) as server:
        with pytest.raises(error) as raised:
            await ask(server)
    assert len(server.requests) == 1
    assert words in (raised.value.for_admins or raised.value.message)
    assert words not in raised.value.message or not raised.value.for_admins, "settings are for admins"
    assert "scripted" not in f"{raised.value.message} {raised.value.for_admins}".replace("“scripted”", "")


@pytest.mark.parametrize("first", [breaks_after(), fails_after(), says(reason=None)])
async def test_a_reply_that_breaks_before_its_first_piece_is_asked_for_again(first: Reply) -> None:
    async with LLMServer([first, says("Hello")]) as server:
        pieces = await ask(server)
    assert [piece.text for piece in pieces if isinstance(piece, TextPiece)] == ["Hello"]


@pytest.mark.parametrize("first", [breaks_after("Half"), fails_after("Half"), says("Half", reason=None)])
async def test_a_reply_that_breaks_in_the_middle_is_never_started_over(first: Reply) -> None:
    async with LLMServer([first, says("Hello")]) as server:
        with pytest.raises(ModelInterrupted):
            await ask(server)
    assert len(server.requests) == 1


async def test_silence_before_the_first_chunk_ends_in_a_clear_error() -> None:
    patience = Patience(first_chunk=0.5, tries=2)
    async with LLMServer([stalls_after()]) as server:
        with pytest.raises(ModelUnavailable, match="in time"):
            await ask(server, patience=patience)
    assert len(server.requests) == 2


async def test_silence_between_chunks_ends_in_a_clear_error() -> None:
    async with LLMServer([stalls_after("Half")]) as server:
        with pytest.raises(ModelInterrupted, match="fell silent"):
            await ask(server, patience=Patience(between_chunks=0.05))


async def test_the_whole_reply_has_a_limit_of_its_own() -> None:
    async with LLMServer([stalls_after()]) as server:
        with pytest.raises(ModelUnavailable, match="in time"):
            await ask(server, patience=Patience(reply=1.5))
    assert len(server.requests) == 1


async def test_an_unreachable_server_is_named_as_such() -> None:
    async with LLMServer([says("Hello")]) as server:
        url = server.url
    model = OpenAIModel(api_key="sk-test", model="scripted", base_url=url, sleep=Naps())
    with pytest.raises(ModelUnavailable, match="could not be reached") as raised:
        [piece async for piece in model.stream(QUESTION, ())]
    assert "OPENAI_BASE_URL" in raised.value.for_admins
    await model.close()


async def test_giving_up_closes_the_connection() -> None:
    async with LLMServer([stalls_after("Half")]) as server:
        model = model_at(server)
        async with contextlib.aclosing(model.stream(QUESTION, ())) as pieces:
            assert await anext(pieces) == TextPiece(text="Half")
        await asyncio.wait_for(server.client_left.wait(), PATIENCE)
        await model.close()


async def test_a_filtered_reply_says_so() -> None:
    async with LLMServer([says(reason="content_filter")]) as server:
        pieces = await ask(server)
    assert isinstance(pieces[-1], DonePiece)
    assert pieces[-1].reason == "content_filter"
