"""A server that speaks OpenAI's streaming Chat Completions from a script, over real HTTP.

Each request takes the next reply of the script; the last one repeats. `requests` keeps what was asked.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Chunk = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Call:
    name: str
    arguments: str = "{}"
    id: str = "call_1"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the server does with one request."""

    chunks: tuple[Chunk, ...] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    error: Chunk | None = None
    cut_after: bool = False
    """Drop the connection after the chunks, without ending the stream."""
    stall_after: bool = False
    """Fall silent after the chunks, until the client goes away."""
    done: bool = True


def says(*texts: str, reason: str | None = "stop") -> Reply:
    chunks = [_delta({"role": "assistant", "content": ""}), *(_delta({"content": text}) for text in texts)]
    return Reply(chunks=(*chunks, *_end(reason)))


def calls(*wanted: Call, parts: int = 3, text: str = "", reason: str = "tool_calls") -> Reply:
    """Parallel calls whose arguments come in `parts` pieces, the calls' pieces mixed with each other."""
    chunks = [_delta({"role": "assistant", "content": text})]
    for index, call in enumerate(wanted):
        function = {"name": call.name, "arguments": ""}
        chunks.append(_call_delta({"index": index, "id": call.id, "type": "function", "function": function}))
    for part in range(parts):
        for index, call in enumerate(wanted):
            function = {"arguments": _part(call.arguments, part, parts)}
            chunks.append(_call_delta({"index": index, "function": function}))
    return Reply(chunks=(*chunks, *_end(reason)))


def breaks_after(*texts: str) -> Reply:
    return Reply(chunks=tuple(_delta({"content": text}) for text in texts), cut_after=True)


def stalls_after(*texts: str) -> Reply:
    return Reply(chunks=tuple(_delta({"content": text}) for text in texts), stall_after=True)


def fails_after(*texts: str, message: str = "The server had an error") -> Reply:
    error = {"error": {"message": message, "type": "server_error", "param": None, "code": None}}
    return Reply(chunks=(*(_delta({"content": text}) for text in texts), error))


def refuses(status: int, code: str | None = None, **headers: str) -> Reply:
    error = {"error": {"message": f"scripted {status}", "type": "error", "param": None, "code": code}}
    return Reply(
        status=status, error=error, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


class LLMServer:
    """`async with LLMServer([says("Hello")]) as server:` and point the client at `server.url`."""

    def __init__(self, script: Sequence[Reply]) -> None:
        self._script = list(script)
        self._runner: web.AppRunner | None = None
        self.requests: list[Chunk] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""
        self.client_left = asyncio.Event()
        self.stalled = asyncio.Event()

    async def __aenter__(self) -> "LLMServer":
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._answer)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def play(self, *script: Reply) -> None:
        """From now on this script; what was asked before is forgotten."""
        self._script, self.requests, self.headers = list(script), [], []

    def next_reply(self, request: Chunk) -> Reply:
        return self._script[min(len(self.requests), len(self._script)) - 1]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(await request.json())
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        reply = self.next_reply(self.requests[-1])
        if reply.error is not None:
            return web.json_response(reply.error, status=reply.status, headers=reply.headers)
        try:
            return await self._stream(request, reply)
        except (asyncio.CancelledError, ConnectionError):
            self.client_left.set()
            raise

    async def _stream(self, request: web.Request, reply: Reply) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for chunk in reply.chunks:
            await response.write(f"data: {json.dumps(chunk)}\n\n".encode())
        if reply.stall_after:
            self.stalled.set()
            await asyncio.Event().wait()
        if reply.cut_after:
            assert request.transport is not None
            request.transport.abort()
            return response
        if reply.done:
            await response.write(b"data: [DONE]\n\n")
        return response


def _part(text: str, part: int, parts: int) -> str:
    size = -(-len(text) // parts)
    return text[part * size : (part + 1) * size]


def _call_delta(call: Chunk) -> Chunk:
    return _delta({"tool_calls": [call]})


def _delta(delta: Chunk, reason: str | None = None) -> Chunk:
    choice = {"index": 0, "delta": delta, "finish_reason": reason, "logprobs": None}
    return {**_head(), "choices": [choice], "usage": None}


def _end(reason: str | None) -> list[Chunk]:
    if reason is None:
        return []
    usage = {"prompt_tokens": 120, "completion_tokens": 8, "total_tokens": 128}
    return [_delta({}, reason), {**_head(), "choices": [], "usage": usage}]


def _head() -> Chunk:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1_790_000_000,
        "model": "scripted",
    }
