"""A question in a local Slack, and an answer to it that grows."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.answers.place import Pace, Place
from bot.answers.refused import Refused
from bot.answers.writing import Writing
from bot.playground.state import Message
from houston.agent.turn import CardChanged, CardState
from tests.bot.slack import QUICK, Slack, local_slack

SWIFT = Pace(append=0.01, update=0.01, retry=0.01, status=0.01, cards=0.01)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@dataclass(kw_only=True)
class Thread:
    """Alice has asked; `clock` is that of what is remembered of Slack's refusals."""

    slack: Slack
    place: Place
    clock: Clock

    def writing(self) -> Writing:
        return Writing(self.place)

    def answers(self) -> list[Message]:
        found = self.slack.alice.messages(self.place.channel, self.place.thread_ts)
        return [each for each in found if each.user == self.slack.bot.id]

    @property
    def answer(self) -> Message:
        (found,) = self.answers()
        return found

    async def shows(self, text: str) -> Message:
        """Wait until an answer says this."""
        return await self.slack.alice.wait_for(
            lambda: next((each for each in self.answers() if text in said(each)), None)
        )

    def calls(self, method: str) -> int:
        return len(self.slack.playground.traffic.of(method))


async def asked(slack: Slack, *, pace: Pace = SWIFT) -> Thread:
    question = await slack.alice.say(slack.general.id, "How is revenue?")
    clock = Clock()
    place = Place(
        client=slack.interactive(),
        workspace_id=slack.workspace.id,
        channel=slack.general.id,
        thread_ts=question.ts,
        user_id=slack.alice.user_id,
        refused=Refused(clock=clock),
        pace=pace,
    )
    return Thread(slack=slack, place=place, clock=clock)


@pytest.fixture
async def thread() -> AsyncIterator[Thread]:
    async with local_slack(QUICK) as slack:
        yield await asked(slack)


def said(message: Message) -> str:
    """What its Markdown says, in one."""
    return "".join(block["text"] for block in message.blocks if block["type"] == "markdown")


def cards(message: Message) -> list[tuple[str, str]]:
    return [(block["title"], block["status"]) for block in message.blocks if block["type"] == "task_card"]


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


def reading(state: CardState = "running", detail: str = "", *, id: str = "c1") -> CardChanged:
    return CardChanged(id=id, title="Reading revenue for Acme", state=state, detail=detail)


def footer(text: str = "📊 Acme") -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}
