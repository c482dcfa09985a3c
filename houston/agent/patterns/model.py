"""A model without a language model: English questions understood by rules, answered through the tools."""

import json
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from houston.agent.facts import Facts
from houston.agent.messages import CallPiece, DonePiece, Message, Piece, TextPiece, ToolCall, ToolSpec
from houston.agent.patterns.answers import answer
from houston.agent.patterns.catalogue import Catalogue
from houston.agent.patterns.phrases import Result
from houston.agent.patterns.plan import Wanted, drilled, outliers, plan
from houston.agent.patterns.query import Query, follow, from_alert
from houston.agent.patterns.reading import read
from houston.agent.patterns.talk import reply_without_tools

CATALOGUE = (Wanted(tool="list_clients", arguments={}), Wanted(tool="list_metrics", arguments={}))
SEGMENTS = Wanted(tool="customer_summary", arguments={})


@dataclass(frozen=True, kw_only=True)
class Step:
    """What to do next: calls to make, or else something to say."""

    calls: tuple[Wanted, ...] = ()
    text: str = ""


class PatternsModel:
    name = "patterns"

    async def stream(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Piece, None]:
        turn = _Turn(messages)
        step = turn.next_step()
        if step.calls:
            for number, wanted in enumerate(step.calls, start=len(turn.made)):
                arguments = json.dumps(dict(wanted.arguments))
                yield CallPiece(call=ToolCall(id=f"call_{number}", name=wanted.tool, arguments=arguments))
            yield DonePiece(reason="tool_calls")
            return
        for line in step.text.splitlines(keepends=True):
            yield TextPiece(text=line)
        yield DonePiece(reason="stop")


class _Turn:
    """The conversation up to now, and the results of the calls made since the last question."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self.facts = _facts(messages)
        self.questions = [message.text for message in messages if message.role == "user"]
        last = max(number for number, message in enumerate(messages) if message.role == "user")
        current = messages[last:]
        results = {message.call_id: message.text for message in current if message.role == "tool"}
        self.made = [
            (call, json.loads(results[call.id]))
            for message in current
            for call in message.calls
            if call.id in results
        ]

    def next_step(self) -> Step:
        if missing := self._missing(CATALOGUE):
            return Step(calls=missing)
        query = self._query(self._catalogue())
        if step := self._switched(query):
            return step
        if query.intent == "customers" and query.search and not query.segment:
            if missing := self._missing((SEGMENTS,)):
                return Step(calls=missing)
            query = self._query(self._catalogue())
        if text := reply_without_tools(query, self._catalogue(), self.facts):
            return Step(text=text)
        if query.intent == "why" and not query.metrics:
            if missing := self._missing((outliers(query),)):
                return Step(calls=missing)
            query = drilled(query, self._result(outliers(query)), self.facts)
        wanted = plan(query, self._catalogue())
        if missing := self._missing(wanted):
            return Step(calls=missing)
        return Step(text=answer(query, [self._result(call) for call in wanted], self.facts))

    def _switched(self, query: Query) -> Step | None:
        """First the client that the question names, then the names that are used there."""
        current = self.facts.client.slug if self.facts.client else None
        if query.client is None:
            return None
        wanted = Wanted(tool="switch_client", arguments={"client": query.client})
        if query.client != current and (missing := self._missing((wanted,))):
            return Step(calls=(*missing, CATALOGUE[1]))
        failed = self._position(wanted) is not None and "error" in self._result(wanted)
        return Step(text=str(self._result(wanted)["error"])) if failed else None

    def _query(self, catalogue: Catalogue) -> Query:
        today = self.facts.today
        query: Query | None = None
        if alert := self.facts.alert:
            query = from_alert(alert, today, alert.time.astimezone(self.facts.zone).date())
        for question in self.questions:
            query = follow(query, read(question, catalogue, today), catalogue, today)
        return query or Query()

    def _catalogue(self) -> Catalogue:
        clients, metrics = (self._result(wanted) for wanted in CATALOGUE)
        segments: list[str] = []
        if self._position(SEGMENTS) is not None:
            segments = [
                found["segment"] for found in self._result(SEGMENTS).get("by_segment", ()) if found["segment"]
            ]
        return Catalogue.of(metrics, clients, segments)

    def _missing(self, wanted: Sequence[Wanted]) -> tuple[Wanted, ...]:
        return tuple(call for call in wanted if self._position(call) is None)

    def _position(self, wanted: Wanted) -> int | None:
        """The newest call of this kind: the same name, the same arguments."""
        same = [
            number
            for number, (call, _) in enumerate(self.made)
            if call.name == wanted.tool and json.loads(call.arguments) == dict(wanted.arguments)
        ]
        return same[-1] if same else None

    def _result(self, wanted: Wanted) -> Result:
        position = self._position(wanted)
        assert position is not None
        result: Result = self.made[position][1]
        if "same_as" in result:
            return next(found for call, found in self.made if call.id == result["same_as"])
        return result


def _facts(messages: Sequence[Message]) -> Facts:
    facts = next((message.facts for message in messages if message.facts is not None), None)
    if facts is None:
        raise ValueError("the system message carries no facts")
    return facts
