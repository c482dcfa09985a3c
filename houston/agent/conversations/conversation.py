"""A thread with Houston: whether to answer in it, about whom, and what was said before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from houston.agent.facts import Said
from houston.agent.messages import Message

PATIENCE = timedelta(minutes=30)
"""How long a person's next message counts as meant for Houston."""

CLIENT = re.compile(r"(?:^|\s)(?:--|—)client(?:\s+|=)(?P<slug>[\w.-]+)", re.IGNORECASE)


ChannelKind = Literal["dm", "channel"]


def kind(channel: str) -> ChannelKind:
    """What Slack's id of a place says: those of direct messages begin with D."""
    return "dm" if channel.startswith("D") else "channel"


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A message as thread manners see it; `ts` is Slack's, in seconds since 1970."""

    workspace_id: str
    channel: str
    channel_kind: ChannelKind
    thread_ts: str | None
    ts: str
    user_id: str
    is_bot: bool
    mentions_houston: bool
    mentions_others: bool

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(float(self.ts), UTC)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a member asks, and where."""

    workspace_id: str
    user_id: str
    user_name: str
    timezone: str
    channel: str
    thread_ts: str
    ts: str
    text: str
    event_ids: tuple[int, ...] = ()
    """All that the message of Houston's tells of under which it is asked, the one meant first."""
    edited: str = ""
    """When the message was edited, as Slack has it: each wording is a question of its own."""
    heard: str = ""
    """Slack's id of the event that brought it."""
    thread: tuple[Said, ...] = ()
    """What other people said in the thread before."""
    shown: tuple[str, ...] = ()
    """The messages that an answer which a crash broke off left behind, or those to an older wording."""

    @property
    def channel_kind(self) -> ChannelKind:
        return kind(self.channel)

    def also_about(self, event_ids: Sequence[int]) -> "Question":
        """The same, about these events too."""
        return replace(self, event_ids=tuple(dict.fromkeys([*self.event_ids, *event_ids])))


Manner = Literal["answer", "ignore", "alerts_only"]


@dataclass(frozen=True, kw_only=True)
class Manners:
    """What Houston did in this thread so far."""

    answered_whom: str | None = None
    answered_at: datetime | None = None


def should_answer(message: Heard, manners: Manners | None) -> bool:
    """Whether a message is meant for Houston. No manners: a thread unknown to it.

    An alert's thread needs no rule of its own: until Ask Houston or a mention it has answered nobody there.
    """
    if message.is_bot:
        return False
    if message.channel_kind == "dm" or message.mentions_houston:
        return True
    if message.mentions_others or manners is None or manners.answered_at is None:
        return False
    goes_on = message.thread_ts is not None and message.user_id == manners.answered_whom
    return goes_on and message.at - manners.answered_at <= PATIENCE


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question without what was only addressed to Houston."""

    text: str
    client: str | None


def parse_question(text: str) -> Asked:
    """Takes `--client SLUG`, wherever it stands, out of a message."""
    plain, client = without_client(text)
    return Asked(text=" ".join(plain.split()), client=client)


def without_client(text: str) -> tuple[str, str | None]:
    """The text without `--client SLUG`, its line breaks kept, and the slug."""
    found = CLIENT.search(text)
    return CLIENT.sub(" ", text).strip(), found["slug"].lower().rstrip(".") if found else None


@dataclass(frozen=True, kw_only=True)
class PastTurn:
    """An earlier turn as it was kept; `steps` are TurnRecord.messages as dicts.

    `since` says what became of the changes that it proposed.
    """

    question: str
    answer: str
    steps: Sequence[Mapping[str, Any]] = ()
    since: tuple[str, ...] = ()


def history(turns: Sequence[PastTurn]) -> tuple[Message, ...]:
    """The conversation so far, whole, oldest first."""
    return tuple(message for turn in turns for message in _messages(turn))


def _messages(turn: PastTurn) -> list[Message]:
    said = [Message.from_dict(step) for step in turn.steps]
    if not said:
        said = [Message(role="user", text=parse_question(turn.question).text)]
        said += [Message(role="assistant", text=turn.answer)] if turn.answer else []
    return said + [Message(role="system", text=f"Since then: {each}") for each in turn.since]
