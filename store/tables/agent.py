from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UniqueConstraint

from store.columns import BigId, UtcTime


class Conversation(SQLModel, table=True):
    """A thread with Houston and its current client; `event_id` is the alert it hangs under."""

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
    created_at: datetime = Field(sa_type=UtcTime)


class Turn(SQLModel, table=True):
    """One question and its answer; `ts` is the question's message, answered once.

    `seen` are the clients that could be seen when it was answered, None every one: it may speak of
    any of them. `client_id` is set where that was one alone.
    """

    __tablename__ = "turn"
    __table_args__ = (UniqueConstraint("conversation_id", "ts", name="uq_turn_message"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    conversation_id: int = Field(foreign_key="conversation.id", sa_type=BigId)
    ts: str
    user_id: str
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    seen: list[int] | None = Field(default=None, sa_type=JSON)
    question: str
    answer: str = ""
    steps: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcTime)
