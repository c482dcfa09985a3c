"""One address of the API, as data: what it takes, what it answers, and who does the work."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer

from houston.assembly import Houston
from houston.errors import Invalid
from houston.records.checks import text
from houston.records.intake import Reported
from store import Scope
from store.tables import ApiKey


def _words(value: str) -> str:
    try:
        return text("text", value, most=100_000)
    except Invalid as error:
        raise ValueError("it holds a character that is no text") from error


Words = Annotated[str, AfterValidator(_words)]
"""Text that can be kept."""

Id = Annotated[
    str, Field(pattern=r"^\d{1,19}$", description="An id; text, since it may exceed 2^53.", examples=["4711"])
]
ClientSlug = Annotated[
    Words | None,
    Field(default=None, description="The client's slug. A client's key needs none.", examples=["acme"]),
]
Moment = Annotated[
    datetime,
    AfterValidator(lambda value: value if value.tzinfo else value.replace(tzinfo=UTC)),
    Field(description="ISO 8601; UTC where no zone is given."),
]
Shown = Annotated[datetime, PlainSerializer(lambda value: value.isoformat().replace("+00:00", "Z"))]


class Request(BaseModel):
    """A body: exact types, no unknown fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Query(BaseModel):
    """What stands behind the question mark."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


@dataclass(frozen=True, kw_only=True)
class Call:
    """An authenticated request, on its way to the work."""

    houston: Houston
    key: ApiKey
    scope: Scope
    path: dict[str, str]

    async def client_id(self, slug: str | None, field: str = "client") -> int | None:
        """Raises Invalid: the same for a client that does not exist and for one outside the scope."""
        if slug is None:
            return self.key.client_id
        for client in await self.houston.clients.all(self.scope):
            if client.slug == slug:
                return client.id
        raise Invalid(field, f"I know no client called {slug[:80]!r}.")


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """`handle` gets the call and the checked body, or the checked query where there is no body."""

    method: str
    path: str
    summary: str
    handle: Callable[[Call, Any], Awaitable[Answer]]
    answer: type[Answer]
    body: type[Request] | None = None
    query: type[Query] = Query

    @property
    def status(self) -> int:
        return 201 if self.method == "POST" else 200
