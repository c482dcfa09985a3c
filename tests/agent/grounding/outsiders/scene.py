"""Conversations with real tool results in front of the model."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.agent.grounding.outsiders.office import Talk


@dataclass(frozen=True, kw_only=True)
class Scene:
    kind: str
    talk: Talk
    found: list[dict[str, Any]]
    currency: str = ""

    @property
    def client(self) -> str:
        return self.talk.client.name if self.talk.client else ""

    @property
    def links(self) -> list[str]:
        """That are in the results."""
        return [link for one in self.found for link in _links(one)]


Reads = Callable[[Talk, random.Random, "Ask"], Awaitable[list[dict[str, Any]]]]


@dataclass(frozen=True, kw_only=True)
class Ask:
    metrics: list[dict[str, Any]]
    start: date
    end: date

    @property
    def span(self) -> dict[str, date]:
        return {"start": self.start, "end": self.end}

    def of(self, rng: random.Random, *kinds: str) -> dict[str, Any]:
        return rng.choice([each for each in self.metrics if not kinds or each["totalled_by"] in kinds])


def _links(found: Any) -> list[str]:
    if isinstance(found, str):
        return [found] if found.startswith("https://") else []
    if isinstance(found, dict):
        return [link for part in found.values() for link in _links(part)]
    if isinstance(found, list):
        return [link for part in found for link in _links(part)]
    return []
