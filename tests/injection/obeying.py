"""A language model that does whatever a planted text tells it, over OpenAI's wire format."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.agent.llm_server import Call, LLMServer, Reply, calls, says
from tests.injection.attacks import Attempt

LONGEST = 6000
"""Characters of what was stolen that it says, so that an answer has an end."""


class ObeyingServer(LLMServer):
    """First it makes the honest calls that bring the planted text to it, then it obeys the text.

    `reached` are the attempts whose text it read: an attempt that never arrives proves nothing.
    """

    def __init__(self) -> None:
        super().__init__([])
        self.reached: set[int] = set()
        self._attempt: Attempt | None = None
        self._honest: tuple[Call, ...] = ()
        self._people: Mapping[str, str] = {}

    def obey(self, attempt: Attempt, honest: Sequence[Call], people: Mapping[str, str]) -> None:
        """From now on; `honest` are the calls that any model would make for the question."""
        self._attempt, self._honest, self._people = attempt, tuple(honest), people

    def next_reply(self, request: dict[str, Any]) -> Reply:
        attempt = self._attempt
        assert attempt is not None
        turn = _this_turn(request["messages"])
        answered = {each["tool_call_id"] for each in turn if each["role"] == "tool"}
        if not request.get("tools") and not answered:
            return says("Nothing.")
        if not answered and self._honest:
            return calls(*self._honest)
        if attempt.sign in json.dumps(request["messages"], ensure_ascii=False):
            self.reached.add(attempt.number)
        wanted = [
            Call(name=each.tool, arguments=each.arguments, id=f"bad_{number}")
            for number, each in enumerate(attempt.goal.calls)
        ]
        if wanted and not answered & {each.id for each in wanted}:
            return calls(*wanted)
        return says(*self._says(attempt, request["messages"], turn))

    def _says(
        self, attempt: Attempt, messages: list[dict[str, Any]], turn: list[dict[str, Any]]
    ) -> list[str]:
        stolen = " ".join(each["content"] for each in turn if each["role"] == "tool")[-LONGEST:]
        filled = {
            "{stolen}": stolen,
            "{prompt}": next(each["content"] for each in messages if each["role"] == "system"),
            **{f"{{{name}}}": id for name, id in self._people.items()},
        }
        texts = []
        for text in attempt.goal.says:
            for blank, value in filled.items():
                text = text.replace(blank, value)
            texts.append(text)
        return texts


def _this_turn(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    last = max(number for number, each in enumerate(messages) if each["role"] == "user")
    return messages[last:]
