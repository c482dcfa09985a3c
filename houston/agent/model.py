"""The only LLM client: any server that speaks OpenAI's streaming Chat Completions."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from random import Random
from typing import Any

import openai
from openai.types.chat import ChatCompletionChunk
from openai.types.chat.chat_completion_chunk import ChoiceDeltaToolCall

from houston.agent.errors import (
    ConversationTooLong,
    ModelError,
    ModelInterrupted,
    ModelRefused,
    ModelUnavailable,
)
from houston.agent.messages import (
    CallPiece,
    DonePiece,
    Message,
    Piece,
    StopReason,
    TextPiece,
    ToolCall,
    ToolSpec,
    Usage,
)
from houston.agent.wire import wire_request

OPENAI_URL = "https://api.openai.com/v1"
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long to wait, in seconds, and how often to ask."""

    connect: float = 10.0
    first_chunk: float = 60.0
    between_chunks: float = 30.0
    reply: float = 180.0
    tries: int = 3


class OpenAIModel:
    """Retries what passes by itself, but never once a piece has been handed on."""

    def __init__(
        self,
        *,
        api_key: str,
        model: str,
        base_url: str = OPENAI_URL,
        patience: Patience | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        random: Random | None = None,
    ) -> None:
        self.name = model
        self._patience = patience or Patience()
        self._sleep = sleep
        self._random = random or Random()
        self._client = _client(api_key, base_url, self._patience.connect)

    async def close(self) -> None:
        await self._client.close()

    async def stream(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Piece, None]:
        request = wire_request(self.name, messages, tools)
        deadline = asyncio.get_running_loop().time() + self._patience.reply
        for attempt in range(1, self._patience.tries + 1):
            started = False
            try:
                async with aclosing(self._reply(request, deadline)) as pieces:
                    async for piece in pieces:
                        started = True
                        yield piece
                return
            except (openai.OpenAIError, TimeoutError, ValueError) as error:
                log.warning("model call failed: %s: %s", type(error).__name__, error)
                if started:
                    raise _interrupted(error) from error
                pause = self._pause(error, attempt, deadline)
                if pause is None:
                    raise explain(error, self.name) from error
            await self._sleep(pause)

    async def _reply(self, request: dict[str, Any], deadline: float) -> AsyncGenerator[Piece, None]:
        reply = _Reply()
        async with aclosing(self._chunks(request, deadline)) as chunks:
            async for chunk in chunks:
                for text in reply.read(chunk):
                    yield TextPiece(text=text)
        for piece in reply.end():
            yield piece

    async def _chunks(
        self, request: dict[str, Any], deadline: float
    ) -> AsyncGenerator[ChatCompletionChunk, None]:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout_at(min(loop.time() + self._patience.first_chunk, deadline)):
            stream: openai.AsyncStream[ChatCompletionChunk] = await self._client.chat.completions.create(
                **request
            )
        wait = self._patience.first_chunk
        async with stream:
            while True:
                async with asyncio.timeout_at(min(loop.time() + wait, deadline)):
                    chunk = await anext(stream, None)
                if chunk is None:
                    return
                wait = self._patience.between_chunks
                yield chunk

    def _pause(self, error: Exception, attempt: int, deadline: float) -> float | None:
        """Seconds until the next try; None where there is none worth making."""
        if attempt == self._patience.tries or not _passes_by_itself(error):
            return None
        pause: float = min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE) * self._random.uniform(0.5, 1.0)
        if isinstance(error, openai.APIStatusError):
            pause = max(pause, _retry_after(error))
        left = deadline - asyncio.get_running_loop().time()
        return pause if pause < left else None


class _CutShort(openai.OpenAIError):
    """The connection closed in order, with no reason to stop given."""


def _client(api_key: str, base_url: str, connect: float) -> openai.AsyncOpenAI:
    """A client that takes nothing from the environment.

    Left alone it reads OPENAI_API_KEY, _ADMIN_KEY, _ORG_ID, _PROJECT_ID, _WEBHOOK_SECRET, _BASE_URL,
    _CUSTOM_HEADERS and _LOG, and its transport reads the proxy and certificate variables.
    """
    timeout = openai.Timeout(None, connect=connect)
    client = openai.AsyncOpenAI(
        api_key=api_key or "none",
        admin_api_key="",
        organization="",
        project="",
        webhook_secret="",
        base_url=base_url,
        max_retries=0,
        timeout=timeout,
        http_client=openai.DefaultAsyncHttpxClient(trust_env=False, timeout=timeout),
    )
    client.organization = client.project = None  # an empty one would go out as an empty header
    client._custom_headers = {}
    logging.getLogger("openai").setLevel(logging.WARNING)
    return client


@dataclass
class _OpenCall:
    id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass
class _Reply:
    """A reply put together from its chunks; tool calls arrive in parts, told apart by their index."""

    calls: dict[int, _OpenCall] = field(default_factory=dict)
    reason: str | None = None
    usage: Usage = field(default_factory=Usage)

    def read(self, chunk: ChatCompletionChunk) -> list[str]:
        """The text that this chunk brought."""
        if chunk.usage is not None:
            self.usage = Usage(
                prompt_tokens=chunk.usage.prompt_tokens or 0,
                completion_tokens=chunk.usage.completion_tokens or 0,
            )
        texts = []
        for choice in chunk.choices or ():
            self.reason = choice.finish_reason or self.reason
            if choice.delta is None:
                continue
            texts += [text for text in (choice.delta.content, choice.delta.refusal) if text]
            for delta in choice.delta.tool_calls or ():
                self._read_call(delta)
        return texts

    def _read_call(self, delta: ChoiceDeltaToolCall) -> None:
        call = self.calls.setdefault(self._index(delta), _OpenCall())
        call.id = call.id or delta.id or ""
        if delta.function is not None:
            call.name += delta.function.name or ""
            call.arguments += delta.function.arguments or ""

    def _index(self, delta: ChoiceDeltaToolCall) -> int:
        """Some servers leave the index out: then a new id starts a new call."""
        index: int | None = delta.index
        if index is not None:
            return index
        known = [number for number, call in self.calls.items() if call.id == delta.id or not delta.id]
        return known[-1] if known else len(self.calls)

    def end(self) -> list[Piece]:
        if self.reason is None:
            raise _CutShort("the stream ended before the reply did")
        reason = _stop_reason(self.reason, called=bool(self.calls))
        pieces: list[Piece] = []
        if reason == "tool_calls":
            pieces += [
                CallPiece(
                    call=ToolCall(id=call.id or f"call_{index}", name=call.name, arguments=call.arguments)
                )
                for index, call in sorted(self.calls.items())
            ]
        return [*pieces, DonePiece(reason=reason, usage=self.usage)]


def _stop_reason(reason: str, *, called: bool) -> StopReason:
    if reason == "length":
        return "length"
    if reason == "content_filter":
        return "content_filter"
    return "tool_calls" if called else "stop"


def _passes_by_itself(error: Exception) -> bool:
    if isinstance(error, openai.RateLimitError):
        return error.code != "insufficient_quota"
    if isinstance(error, openai.APIStatusError):
        return error.status_code >= 500 or error.status_code in (408, 409)
    return True


def _retry_after(error: openai.APIStatusError) -> float:
    try:
        return max(0.0, float(error.response.headers.get("retry-after", "0")))
    except ValueError:
        return 0.0


def _interrupted(error: Exception) -> ModelError:
    cause = "fell silent" if isinstance(error, TimeoutError) else "broke off"
    return ModelInterrupted(f"The language model {cause} in the middle of its answer. Please ask again.")


def explain(error: Exception, model: str) -> ModelError:
    """The error in plain words, by who must act."""
    if isinstance(error, openai.APIStatusError):
        return _explain_status(error, model)
    if isinstance(error, TimeoutError | openai.APITimeoutError):
        return ModelUnavailable("The language model did not answer in time. Please ask again in a minute.")
    if isinstance(error, openai.APIConnectionError):
        return ModelUnavailable(
            "The language model could not be reached. Please ask again in a minute; if this goes on, "
            "an admin should check OPENAI_BASE_URL and the network."
        )
    return ModelUnavailable("The language model failed while answering. Please ask again in a minute.")


def _explain_status(error: openai.APIStatusError, model: str) -> ModelError:
    if error.code == "insufficient_quota":
        return ModelRefused(
            "The language model's account has no credit left. "
            "An admin should add credit, or set another OPENAI_API_KEY."
        )
    if error.code == "context_length_exceeded" or error.status_code == 413:
        return ConversationTooLong("This conversation has become too long for me. Please start a new thread.")
    match error.status_code:
        case 401 | 403:
            return ModelRefused(
                "The language model refused Houston's key. An admin should check OPENAI_API_KEY, "
                f"and that it may use the model “{model}”."
            )
        case 404:
            return ModelRefused(
                f"The language model “{model}” is not known at its server. "
                "An admin should check HOUSTON_MODEL and OPENAI_BASE_URL."
            )
        case 429:
            return ModelUnavailable("The language model is busy right now. Please ask again in a minute.")
        case status if status >= 500 or status in (408, 409):
            return ModelUnavailable("The language model has trouble right now. Please ask again in a minute.")
    return ModelRefused(
        "The language model's server turned the request away. An admin should check HOUSTON_MODEL and "
        "OPENAI_BASE_URL; the log has its reason."
    )
