"""What the messages hold: the facts, what was asked, what the tools returned since; and so the question."""

import json
from collections.abc import Sequence
from dataclasses import replace

from houston.agent.facts import Facts
from houston.agent.messages import Message
from houston.agent.patterns.clauses import apart, clauses
from houston.agent.patterns.planning.wanted import Result, Wanted, wanted
from houston.agent.patterns.talks.shown import spoken
from houston.agent.patterns.talks.talk import Talk
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.forbidden import forbidden
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import read
from houston.agent.patterns.understanding.writes import asked_write

CLIENTS, METRICS = wanted("list_clients"), wanted("list_metrics")
SEGMENTS = wanted("customer_summary")


class Heard:
    """The conversation up to now, and the results of the calls since the last question."""

    def __init__(self, messages: Sequence[Message], tools: frozenset[str]) -> None:
        self.facts = _facts(messages)
        self.questions = [message.text for message in messages if message.role == "user"]
        self.turns = spoken(messages)
        last = max(number for number, message in enumerate(messages) if message.role == "user")
        current = messages[last:]
        results = {message.call_id: message.text for message in current if message.role == "tool"}
        self.made = [
            (call, json.loads(results[call.id]))
            for message in current
            for call in message.calls
            if call.id in results
        ]
        self.tools = tools or frozenset(call.name for call, _ in self.made)
        self.closed = not tools

    def question(self) -> Question:
        catalogue = self.catalogue()
        turns = apart(self.turns, catalogue, self.facts.today, alerted=self.facts.alert is not None)
        asked = Talk(turns=turns, facts=self.facts, catalogue=catalogue).question()
        if self.facts.alert and asked.measure in ("band", "average") and not self._says_of_what():
            return replace(asked, intent="why", measure="brief")
        return asked

    def parts(self) -> tuple[str, ...]:
        """The last message, in halves where it asks two things; whole while the names are not known."""
        say = self.questions[-1]
        if self.missing((CLIENTS, METRICS)) or forbidden(say) or asked_write(say):
            return (say,)
        goes_on = self.facts.alert is not None or len(self.questions) > 1
        return clauses(say, self.catalogue(), self.facts.today, goes_on=goes_on)

    def _says_of_what(self) -> bool:
        reading = read(self.questions[-1], self.catalogue(), self.facts.today)
        return bool(reading.named("metric") or reading.found)

    def catalogue(self) -> Catalogue:
        segments = (self.result(SEGMENTS) or {}).get("by_segment", ())
        names = [found["segment"] for found in segments if found["segment"]]
        return Catalogue.of(self.result(METRICS) or {}, self.result(CLIENTS) or {}, names)

    def missing(self, calls: Sequence[Wanted]) -> tuple[Wanted, ...]:
        return tuple(call for call in calls if self.result(call) is None)

    def result(self, call: Wanted) -> Result | None:
        """Of the newest call of this kind: the same name, the same arguments."""
        same = [
            result
            for made, result in self.made
            if made.name == call.tool and json.loads(made.arguments) == dict(call.arguments)
        ]
        result: Result | None = same[-1] if same else None
        if result and "same_as" in result:
            earlier = result["same_as"]
            result = next(found for made, found in self.made if made.id == earlier)
        return result


def _facts(messages: Sequence[Message]) -> Facts:
    facts = next((message.facts for message in messages if message.facts is not None), None)
    if facts is None:
        raise ValueError("the system message carries no facts")
    return facts
