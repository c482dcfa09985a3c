"""What requests and answers are made of."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import PydanticKnownError

from houston.errors import Invalid
from houston.records.checks import text
from houston.records.intake import Reported


def _moment(value: Any) -> datetime:
    """pydantic itself would take a bare number for seconds since 1970."""
    if not isinstance(value, str):
        raise PydanticKnownError("datetime_type")
    try:
        found = datetime.fromisoformat(value.upper())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise PydanticKnownError("datetime_parsing", {"error": "no date"}) from error


def _words(value: str) -> str:
    try:
        return text("text", value, most=100_000)
    except Invalid as error:
        raise ValueError("it holds a character that is no text") from error


Words = Annotated[str, AfterValidator(_words)]
"""Text that can be kept."""

Id = Annotated[
    str,
    Field(pattern="^[0-9]{1,19}$", description="An id; text, since it may exceed 2^53.", examples=["4711"]),
]
ClientSlug = Annotated[
    Words | None,
    Field(default=None, description="The client's slug. A client's key needs none.", examples=["acme"]),
]
WorkspaceId = Annotated[Words, Field(description="Slack's id of the workspace.", examples=["T0123456789"])]
InWorkspace = Annotated[WorkspaceId | None, Field(description="Only those of this workspace, by Slack's id.")]
Moment = Annotated[
    datetime,
    PlainValidator(_moment),
    WithJsonSchema({"type": "string", "format": "date-time"}),
    Field(description="ISO 8601; UTC where no zone is given."),
]
Shown = Annotated[datetime, PlainSerializer(lambda value: value.isoformat().replace("+00:00", "Z"))]


class Request(BaseModel):
    """A body: exact types, no unknown fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Query(BaseModel):
    """What stands behind the question mark."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PageQuery(Query):
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    cursor: Annotated[str | None, Field(description="The `next_cursor` of the page before.")] = None


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class Created(Answer):
    """Kept. `event_id` is null where there was nothing to tell."""

    id: Id
    event_id: Id | None

    @classmethod
    def of(cls, reported: Reported) -> "Created":
        event_id = None if reported.event_id is None else str(reported.event_id)
        return cls(id=str(reported.id), event_id=event_id)
