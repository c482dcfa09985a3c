"""A question set as it is written in YAML: who asks what, and what a right answer has."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
SEED = 7
AGENCY = "agency"

Wanted = str | tuple[str, ...]
"""A word, or several of which one is enough."""

Number = float | str
WantedNumber = Number | tuple[Number, ...]


class _Noun(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Expected(_Noun):
    """What an answer is held to; `docs/evals.md` says how each is looked for."""

    contains: tuple[Wanted, ...] = ()
    not_contains: tuple[str, ...] = ()
    numbers: tuple[WantedNumber, ...] = ()
    dates: tuple[date, ...] = ()
    tools: tuple[Wanted, ...] = ()
    not_tools: tuple[str, ...] = ()
    refusal: bool = False
    asks: bool | tuple[Wanted, ...] = False
    approval: bool | None = None
    origin: tuple[str, ...] = Field(default=(), alias="from")
    """How the figures follow from the sample data, for whoever checks the set."""

    @field_validator("contains", "not_contains", "numbers", "tools", "not_tools", mode="before")
    @classmethod
    def _one_alone(cls, value: object) -> object:
        return [value] if isinstance(value, str | int | float) else value

    @field_validator("asks", mode="before")
    @classmethod
    def _one_option(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value


class Saying(_Noun):
    say: str = Field(min_length=1)
    expect: Expected = Expected()


class Asked(_Noun):
    """One conversation: `client` is its current one at the start, `channel` the client whom the channel
    in which it happens is bound to, `alert` whether it hangs under an alert, and which."""

    id: str = Field(min_length=1)
    category: str = Field(min_length=1)
    workspace: str = AGENCY
    member: str = "admin"
    client: str | None = None
    channel: str | None = None
    alert: bool | str = False
    turns: tuple[Saying, ...] = Field(min_length=1)

    @field_validator("id", "category", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value

    @property
    def kind(self) -> str:
        """What the report counts it as: refusal, asks or answerable."""
        if any(turn.expect.refusal for turn in self.turns):
            return "refusal"
        return "asks" if any(turn.expect.asks for turn in self.turns) else "answerable"


class CastMember(_Noun):
    """Somebody of the agency. Without `clients` they see every client."""

    name: str
    timezone: str = "Europe/Zurich"
    admin: bool = False
    clients: tuple[str, ...] | None = None


CAST = {
    "admin": CastMember(name="Mira Keller", admin=True),
    "mira": CastMember(name="Mira Keller", admin=True),
    "jonas": CastMember(name="Jonas Brandt", timezone="Europe/Berlin"),
    "ada": CastMember(name="Ada Okafor", timezone="Europe/London", clients=("acme", "globex")),
    "lena": CastMember(name="Lena Vogt", clients=("initech",)),
    "newcomer": CastMember(name="Noor Haddad", clients=()),
}


class QuestionSet(_Noun):
    """`data` is a folder of CSV files in place of the sample agency; a moment without zone is UTC."""

    now: datetime = NOW
    seed: int = SEED
    data: Path | None = None
    members: dict[str, CastMember] = CAST
    questions: tuple[Asked, ...]

    @field_validator("now")
    @classmethod
    def _in_utc(cls, value: datetime) -> datetime:
        return value if value.tzinfo else value.replace(tzinfo=UTC)

    def limited(self, categories: Collection[str], ids: Collection[str]) -> "QuestionSet":
        """Only these; all where none is named."""
        kept = [
            each
            for each in self.questions
            if (not categories or each.category in categories) and (not ids or each.id in ids)
        ]
        return self.model_copy(update={"questions": tuple(kept)})
