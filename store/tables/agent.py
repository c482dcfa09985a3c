from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from store.columns import BigId, UtcTime


class Conversation(SQLModel, table=True):
    """A thread with Houston and its current client; `event_id` is the alert it hangs under.

    `summary` is what was said up to the turn `summed_up_to`, in short; never said where it was summed up
    for more eyes than it is read by: `summary_seen` are the clients it may speak of, None every one.
    """

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("workspace_id", "channel", "thread_ts", name="uq_conversation"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    workspace_id: str = Field(foreign_key="workspace.id")
    channel: str
    thread_ts: str
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    event_id: int | None = Field(default=None, foreign_key="event.id", sa_type=BigId)
    last_member: str = ""
    last_answered_at: datetime | None = Field(default=None, sa_type=UtcTime)
    summary: str = ""
    summary_seen: list[int] | None = Field(default=None, sa_type=JSON)
    summed_up_to: int | None = Field(default=None, sa_type=BigId)
    created_at: datetime = Field(sa_type=UtcTime)


class Turn(SQLModel, table=True):
    """One question and its answer; `ts` is the question's message, `edited` the moment it was edited at.

    Each wording of a message is answered once: `heard` is Slack's id of the event that brought it.
    `seen` are the clients that could be seen when it was answered, None every one: it may speak of
    any of them. `client_id` is set where that was one alone.

    `state` is answering, answered, failed, stopped or superseded (edited, or deleted). Whoever
    answers holds it until `held_until`; after that it was interrupted, and is tried once more
    (`tries`). Whoever takes a superseded answer away holds it too, until that is done. `posted` are
    the messages that show the answer; `choices` what its buttons say, in order.
    """

    __tablename__ = "turn"
    __table_args__ = (
        UniqueConstraint("conversation_id", "ts", "edited", name="uq_turn_message"),
        Index("ix_turn_held_until", "state", "held_until"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    conversation_id: int = Field(foreign_key="conversation.id", sa_type=BigId)
    ts: str
    edited: str = ""
    heard: str = ""
    user_id: str
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    seen: list[int] | None = Field(default=None, sa_type=JSON)
    question: str
    answer: str = ""
    steps: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    state: str = "answering"
    held_until: datetime | None = Field(default=None, sa_type=UtcTime)
    tries: int = 1
    posted: list[str] = Field(default_factory=list, sa_type=JSON)
    choices: list[str] = Field(default_factory=list, sa_type=JSON)
    model: str = ""
    tokens: int = 0
    seconds: float = 0.0
    marked: int = 0
    """Sentences that went out marked, since a figure of theirs was found in no result."""
    opinion: str = ""
    """What its asker or another reader thought of it: good or bad."""
    opinion_by: str = ""
    opinion_reason: str = ""
    opinion_at: datetime | None = Field(default=None, sa_type=UtcTime)
    created_at: datetime = Field(sa_type=UtcTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Approval(SQLModel, table=True):
    """A write that an answer proposes: nothing happens before its asker approves it.

    `arguments` are the tool's, as they were checked and shown; `title` and `lines` (field, before,
    after) what the card says will change. `state` is waiting, approved (under way), done, failed,
    declined or expired; `outcome` says in a sentence what came of it.
    """

    __tablename__ = "approval"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    turn_id: int = Field(foreign_key="turn.id", sa_type=BigId, index=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    user_id: str
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    tool: str
    arguments: dict[str, Any] = Field(sa_type=JSON)
    title: str
    lines: list[list[str]] = Field(sa_type=JSON)
    remarks: list[str] = Field(default_factory=list, sa_type=JSON)
    """What else the card says; no part of what is approved."""
    state: str = "waiting"
    outcome: str = ""
    message_ts: str = ""
    """Of the card; '' for one of its asker's alone, and once it says that it has expired."""
    created_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcTime)


class TokenUse(SQLModel, table=True):
    """What a member's questions cost on one day of their workspace's time zone, in tokens."""

    __tablename__ = "token_use"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    tokens: int = 0
    turns: int = 0
