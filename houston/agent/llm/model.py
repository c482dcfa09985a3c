"""The only LLM client: any server that speaks OpenAI's streaming Chat Completions."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from random import Random
from typing import Any

import openai
from openai.types.chat import ChatCompletionChunk

from houston.agent.llm.chunks import StreamedReply
from houston.agent.llm.refusals import explain, interrupted, passes_by_itself, retry_after
from houston.agent.llm.wire import wire_request
from houston.agent.messages import Message, Piece, TextPiece, ToolSpec

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
                    raise interrupted(error) from error
                pause = self._pause(error, attempt, deadline)
                if pause is None:
                    raise explain(error, self.name) from error
            await self._sleep(pause)

    async def _reply(self, request: dict[str, Any], deadline: float) -> AsyncGenerator[Piece, None]:
        reply = StreamedReply()
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
        if attempt == self._patience.tries or not passes_by_itself(error):
            return None
        pause: float = min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE) * self._random.uniform(0.5, 1.0)
        if isinstance(error, openai.APIStatusError):
            pause = max(pause, retry_after(error))
        left = deadline - asyncio.get_running_loop().time()
        return pause if pause < left else None


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
