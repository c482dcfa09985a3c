"""Where an answer goes, and for whom it is."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.refused import Refused
from bot.answers.tempo import Tempo
from houston.agent.conversations.conversation import Question

LONGEST = 15.0
"""Seconds between two calls for one answer, however many there are."""


QUIETLY: Mapping[str, Any] = {"unfurl_links": False, "unfurl_media": False}
"""For chat.postMessage: Slack fetches nothing of what a message names."""


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Seconds between two calls for one answer that is alone: Slack lets a stream be added to 100 times a
    minute, and a message be updated 50 times."""

    append: float = 0.67
    update: float = 1.5
    retry: float = 0.5
    """After a failure, where Slack names no time itself."""
    status: float = 0.4
    """Before each: most are overtaken by the next one, or by the answer."""
    cards: float = 0.3
    """The first cards wait so long for the first text, which waits for nothing."""
    crowded_cards: float = 3.0
    crowded_text: float = 0.5
    """Where many answer at once: a short answer is whole by then, and is one call."""


@dataclass(frozen=True, kw_only=True)
class Place:
    client: AsyncWebClient
    workspace_id: str
    channel: str
    thread_ts: str
    user_id: str
    refused: Refused
    tempo: Tempo = field(default_factory=Tempo)
    pace: Pace = Pace()

    @classmethod
    def of(cls, client: AsyncWebClient, question: Question, refused: Refused, tempo: Tempo) -> "Place":
        return cls(
            client=client,
            workspace_id=question.workspace_id,
            channel=question.channel,
            thread_ts=question.thread_ts,
            user_id=question.user_id,
            refused=refused,
            tempo=tempo,
        )

    @property
    def writer(self) -> AsyncWebClient:
        """Hears of Slack's limits at once: an answer has more to say by the time that it may, or another
        way to say it."""
        client = copy.copy(self.client)
        client.retry_handlers = []
        return client

    @property
    def thread(self) -> dict[str, Any]:
        """For chat.postMessage and its like."""
        return {"channel": self.channel, "thread_ts": self.thread_ts}

    @property
    def recipient(self) -> dict[str, Any]:
        """For a stream in a channel."""
        return {"recipient_team_id": self.workspace_id, "recipient_user_id": self.user_id}

    @property
    def is_crowded(self) -> bool:
        """Whether so many answers grow in this workspace that this one does better without a stream."""
        return self.tempo.is_crowded(self.workspace_id)

    def pause(self, least: float, *, calls: int = 1, longest: float = LONGEST) -> float:
        """Seconds until the next call for an answer that had so many; `least` for one that is alone."""
        return min(self.tempo.pause(self.workspace_id, least, calls), max(least, longest))
