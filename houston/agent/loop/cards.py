"""A tool call as a person follows it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from houston.agent.grounding.links import unlinked
from houston.agent.grounding.text import clean
from houston.agent.labels import Label
from houston.agent.turn import AgentEvent, CardChanged, CardState, StatusChanged

LONGEST = 200


class Card:
    def __init__(
        self, emit: Callable[[AgentEvent], None], *, id: str, label: Label, quiet: bool = False
    ) -> None:
        """A quiet one is seen only if the call fails."""
        self._label = Label(**{name: _safe(words) for name, words in asdict(label).items()})
        self._emit, self._id, self._quiet = emit, id, quiet
        emit(StatusChanged(text=self._label.title))
        self._change("running")

    def done(self, data: Mapping[str, Any]) -> None:
        self._change("done", came_to(data))

    def failed(self, words: str) -> None:
        self._change("failed", words)

    def _change(self, state: CardState, detail: str = "") -> None:
        if self._quiet and state != "failed":
            return
        said = asdict(self._label)
        words = _safe(" ".join(detail.split()))[:LONGEST]
        self._emit(CardChanged(id=self._id, state=state, detail=words, **said))


def came_to(data: Mapping[str, Any]) -> str:
    """`14 rows`, `needs your approval`; '' where there is nothing to count."""
    if data.get("status") == "waiting_for_approval":
        return "needs your approval"
    rows = data["source"].get("rows") if isinstance(data.get("source"), Mapping) else None
    if not isinstance(rows, int):
        return ""
    return f"{rows:,} row{'' if rows == 1 else 's'}"


def _safe(words: str) -> str:
    """A model's own words stand in it, such as the name of a metric that there is not."""
    return unlinked(clean(words))
