"""Whether a sentence says only what the tools of its conversation returned."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from houston.agent.facts import Facts
from houston.agent.grounding.asked import Asked
from houston.agent.grounding.cell import Name
from houston.agent.grounding.complaint import Complaint
from houston.agent.grounding.evidence import Evidence
from houston.agent.grounding.judging import doubts
from houston.agent.grounding.layout import Layout, Line
from houston.agent.grounding.links import cut_links
from houston.agent.grounding.reading import read
from houston.agent.grounding.surroundings import learn_facts
from houston.agent.grounding.text import clean
from houston.agent.grounding.vocabulary import Mention
from houston.agent.grounding.wording import complain
from houston.agent.messages import Message

LONGEST_QUESTION = 1000


class Grounding:
    """The evidence of one conversation. Sentences are checked in the order in which they are shown."""

    def __init__(
        self, *, now: datetime, zone: ZoneInfo, question: str, facts: Facts, history: Sequence[Message]
    ) -> None:
        self._question = clean(question)[:LONGEST_QUESTION]
        self._today = now.astimezone(zone).date()
        self._evidence = Evidence(zone)
        self._layout = Layout()
        self._asked = Asked()
        learn_facts(self._evidence, facts)
        self._asked.hear([question, *(one.text for one in history if one.role == "user")], self._today)
        for message in history:
            if message.role == "tool":
                self._remember(message.text)

    def learn(self, data: Mapping[str, Any]) -> None:
        """One tool result, as the model gets it."""
        self._evidence.learn(data)

    def check(self, sentence: str) -> Complaint | None:
        """None where every figure and every link in it was returned."""
        text, cuts, kept = cut_links(clean(sentence), self._evidence.links, self._evidence.names)
        asked = self._evidence.vocabulary.mentions(self._question)
        line = self._layout.line(text, _topic(asked), frozenset(one.name for one in asked))
        said = read(
            self._with_heads(line),
            [(cut.start, cut.end) for _, cut in cuts] + kept,
            self._evidence,
            self._today,
        )
        self._layout.remember(line, list(said.mentions))
        found = doubts(said, self._evidence, self._asked, self._today)
        return complain(text, found, cuts, self._evidence) if found or cuts else None

    def _with_heads(self, line: Line) -> Line:
        vocabulary = self._evidence.vocabulary
        heads = {column.start: vocabulary.mentions(column.header) for column in line.columns if column.header}
        return replace(line, heads=heads) if heads else line

    def _remember(self, text: str) -> None:
        """An older result; one that was shortened for the model is no JSON any more and teaches nothing."""
        try:
            data = json.loads(text)
        except json.JSONDecodeError:
            return
        if isinstance(data, Mapping):
            self._evidence.learn(data)


def _topic(asked: Sequence[Mention]) -> Name:
    """The one metric that the question names."""
    names = {mention.name for mention in asked if mention.dimension == "metric"}
    return names.pop() if len(names) == 1 else ()
