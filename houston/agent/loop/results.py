"""What a conversation's tool calls returned, by reference: r1, r2, …"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from houston.agent.messages import Message


class Results:
    """Numbers go on through the conversation; what an earlier turn returned can still be named."""

    def __init__(self, history: Sequence[Message]) -> None:
        told = [json.loads(message.text) for message in history if message.role == "tool"]
        self._kept: dict[str, Mapping[str, Any]] = {
            data["ref"]: data for data in told if "ref" in data and "same_as" not in data
        }
        self._last = max((int(ref[1:]) for ref in self._kept), default=0)

    def __call__(self) -> Mapping[str, Mapping[str, Any]]:
        return dict(self._kept)

    def number(self) -> str:
        """The reference of the next result."""
        self._last += 1
        return f"r{self._last}"

    def keep(self, ref: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The result as the model reads it."""
        self._kept[ref] = {"ref": ref, **data}
        return self._kept[ref]
