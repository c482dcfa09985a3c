"""What left Houston for Slack: each call, with whoever can see it, held against what they may see."""

import asyncio
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.playground import payloads
from bot.playground.nouns import App, Json
from bot.playground.server import PlaygroundServer
from bot.playground.socket import EnvelopeType, Sockets
from bot.playground.state import Playground
from bot.playground.webapi import read_arguments
from tests.leaks.audience import READS, Audience, audience_of, is_silent
from tests.leaks.canaries import Canary, spotted

if TYPE_CHECKING:
    from tests.leaks.town import Town


PRIVATE = "privatenote"
"""In every word of a private note: it leaves for nobody."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Something that left, and where it can be seen."""

    what: str
    audience: Audience
    content: str
    canaries: frozenset[Canary]


@dataclass(frozen=True, kw_only=True)
class Leak:
    """What somebody could see and must not. `cell` is the attempt under way when it left."""

    cell: str
    sent: Sent
    words: frozenset[str]

    def __str__(self) -> str:
        words = ", ".join(sorted(self.words))
        return (
            f"[{self.cell}] {self.sent.what} to {self.sent.audience}: {words}\n    {self.sent.content[:600]}"
        )


@dataclass
class Watch:
    """Keeps what left, and judges it. `typed` are the canaries that a person wrote."""

    playground: Playground
    town: "Town | None" = None
    cell: str = "before the first attempt"
    typed: frozenset[str] = frozenset()
    sharer: str = ""
    """Who shows others on purpose what only they may see."""
    sent: list[Sent] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    actions: set[tuple[str, bool]] = field(default_factory=set)
    """(action id, whether it is a link) of every element that was shown."""
    unheard: int = 0
    """What Houston tried to tell and Slack refused, as for somebody whom it does not know."""

    def begin(self, town: "Town") -> None:
        self.town = town
        self.secrets += town.secrets()

    @contextmanager
    def during(self, cell: str, sharer: str = "") -> Iterator[list[Sent]]:
        """What leaves while one attempt is made."""
        self.cell, self.typed, self.sharer = cell, frozenset(), sharer
        start = len(self.sent)
        seen: list[Sent] = []
        yield seen
        seen += self.sent[start:]

    def heard(self, *written: Any) -> None:
        """What the person wrote in this attempt: its echo is no leak."""
        self.typed |= {each.word for each in spotted(*written)}

    def note(self, what: str, audience: Audience, *content: Any) -> None:
        text = " ".join(each if isinstance(each, str) else json.dumps(each, default=str) for each in content)
        sent = Sent(what=what, audience=audience, content=text, canaries=spotted(*content))
        self.sent.append(sent)
        forbidden = {each.word for each in sent.canaries if each.owner not in audience.sees} - self.typed
        forbidden |= {f"a secret ({secret[:6]}…)" for secret in self.secrets if secret in text}
        forbidden |= {each.word for each in sent.canaries if PRIVATE in each.word}
        if audience.is_closed and not is_silent(what):
            forbidden.add("anything at all")
        if forbidden:
            self.leaks.append(Leak(cell=self.cell, sent=sent, words=frozenset(forbidden)))

    def called(self, method: str, arguments: Json, *, is_ok: bool) -> None:
        """A Web API call, which only shows something where Slack took it."""
        assert self.town is not None
        if not is_ok:
            self.unheard += not method.startswith(READS)
            return
        audience = audience_of(self.town, method, arguments, sharer=self.sharer)
        if audience is None:
            return
        spoken = {key: value for key, value in arguments.items() if key != "token"}
        self._elements(spoken)
        self.note(method, audience, spoken, self._as_it_stands(arguments), *self._pictures(spoken))

    def hooked(self, url: str, body: str) -> None:
        """What came by an incoming webhook, whose URL is the workspace's own business."""
        assert self.town is not None
        team = next(name.split(" ")[1] for name, known in self.town.urls.items() if known == url)
        self.note("webhook", self.town.elsewhere.audience(team, "webhook"), body)

    def acknowledged(self, payload: Json, answer: Json) -> None:
        """What a person is shown by the acknowledgement itself: options, errors, a modal."""
        if self.town is not None and (answer or payload.get("type") == "block_suggestion"):
            user_id = payload.get("user_id") or payload["user"]["id"]
            self._elements(answer)
            self.note("acknowledgement", Audience.of_user(self.town, user_id), answer)

    def responded(self, path: str, body: Json) -> None:
        assert self.town is not None
        self._elements(body)
        self.note("response_url", Audience.of_response(self.town, path, body), body)

    def _as_it_stands(self, arguments: Json) -> Json:
        """The whole message after a piece was added to it: a word may be cut in two."""
        message = self.playground.messages.get(str(arguments.get("channel")), {}).get(
            str(arguments.get("ts"))
        )
        return payloads.message(self.playground, message) if message else {}

    def _pictures(self, spoken: Json) -> list[Any]:
        """The files that a message shows, with what is drawn in them."""
        text = json.dumps(spoken, default=str)
        shown = [file for file in self.playground.files.values() if file.id in text]
        return [part for file in shown for part in (file.title, file.alt_text, file.content or b"")]

    def _elements(self, content: Any) -> None:
        if isinstance(content, str) and content[:1] in "[{":
            try:
                content = json.loads(content)
            except ValueError:
                return
        if isinstance(content, dict):
            if "action_id" in content and content.get("type"):
                self.actions.add((str(content["action_id"]), "url" in content))
            content = list(content.values())
        for each in content if isinstance(content, list) else ():
            self._elements(each)


class WatchedServer(PlaygroundServer):
    """The local Slack's server, overheard."""

    def __init__(self, playground: Playground, watch: Watch) -> None:
        super().__init__(playground)
        self._watch = watch

    async def _api(self, request: web.Request) -> web.StreamResponse:
        arguments = await read_arguments(request)
        answer = await super()._api(request)
        if isinstance(answer, web.Response):
            is_ok = bool(json.loads(answer.text or "{}").get("ok"))
            self._watch.called(request.match_info["method"], arguments, is_ok=is_ok)
        return answer

    async def _webhook(self, request: web.Request) -> web.StreamResponse:
        body = await request.text()
        answer = await super()._webhook(request)
        if answer.status == 200:
            self._watch.hooked(f"{self._watch.playground.origin}{request.path}", body)
        return answer

    async def _response_url(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        answer = await super()._response_url(request)
        self._watch.responded(request.path, body)
        return answer


class WatchedSockets(Sockets):
    """The local Slack's sockets, overheard."""

    def __init__(self, playground: Playground, watch: Watch) -> None:
        super().__init__(playground.ids, random.Random(7), playground.timings, playground.changes)
        self._watch = watch

    async def ask(self, app: App, type: EnvelopeType, payload: Json) -> Json:
        answer = await super().ask(app, type, payload)
        self._watch.acknowledged(payload, answer)
        return answer

    @property
    def busy(self) -> list[asyncio.Task[None]]:
        """The events that are not acknowledged yet."""
        return [task for task in self._tasks if not task.done()]
