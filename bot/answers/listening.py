"""Who hears something said, and in which workspace."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers import asking, hearing
from bot.answers.streams import Answers
from bot.answers.wordings import Wordings
from houston.agent.conversations.conversation import Heard, Question
from houston.assembly import Houston

Body = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """Who hears, and in which workspace; `body` is what Slack sent, `wordings` what it said so far."""

    body: dict[str, Any]
    context: AsyncBoltContext
    client: AsyncWebClient
    houston: Houston
    answers: Answers
    wordings: Wordings

    @property
    def workspace_id(self) -> str:
        return str(self.context.team_id)

    @property
    def bot_user_id(self) -> str | None:
        return self.context.bot_user_id

    def heard(self, event: Body) -> Heard:
        return hearing.heard(event, self.workspace_id, self.bot_user_id)

    def words(self, event: Body) -> str:
        return hearing.words(event.get("text") or "", self.bot_user_id)

    async def asked(self, remark: Heard, text: str, *, edited: str = "") -> Question:
        return await asking.asked(
            self.houston,
            workspace_id=remark.workspace_id,
            user_id=remark.user_id,
            channel=remark.channel,
            thread_ts=root(remark),
            ts=remark.ts,
            text=text,
            edited=edited,
            heard=str(self.body.get("event_id") or ""),
        )

    def is_mentioned_in_channel(self, event: Body) -> bool:
        return event.get("channel_type") != "im" and hearing.mentions(event, self.bot_user_id)


def root(remark: Heard) -> str:
    """The message that begins its thread."""
    return remark.thread_ts or remark.ts
