"""Rules as requests and answers have them."""

from typing import Annotated, Literal

from pydantic import Field

from houston.web.shapes import (
    Answer,
    ClientSlug,
    Id,
    InWorkspace,
    PageQuery,
    Request,
    Words,
    WorkspaceId,
)

Severity = Literal["info", "warning", "critical"]
Channels = Annotated[
    list[Words],
    Field(default_factory=list, max_length=50, description="Slack's ids.", examples=[["C0123456789"]]),
]
Destinations = Annotated[
    list[Id], Field(default_factory=list, max_length=50, description="Ids of destinations of any kind.")
]
Subject = Annotated[
    Words, Field(description="A name, or a pattern such as `cost_*`; empty: all.", examples=["cost_*"])
]
Minutes = Annotated[int | None, Field(description="After which `escalate_to` hears of it as well.")]


class Quiet(Request):
    """A weekly schedule; without a time zone, in the workspace's."""

    text: Annotated[Words, Field(examples=["weekdays 18:00-08:00, weekends"])]
    timezone: Annotated[Words | None, Field(examples=["Europe/Zurich"])] = None
    critical_passes: bool = False


class NewRule(Request):
    """Which events go where; without a client, those of all clients of the workspace.

    At least one of `channels` and `destinations` holds something.
    """

    workspace: WorkspaceId
    channels: Channels
    destinations: Destinations
    event_type: Annotated[Words, Field(examples=["task_failure"])]
    subject: Subject = ""
    client: ClientSlug = None
    minimum_severity: Severity = "info"
    quiet_hours: Quiet | None = None
    escalate_minutes: Minutes = None
    escalate_to: Id | None = None
    active: bool = True


class RuleChange(Request):
    """The fields to change; what is left out stays. `client: null` makes it one for all clients.

    `destinations` replaces all of them, `channels` alone those that are channels.
    """

    channels: Channels
    destinations: Destinations
    event_type: Words = ""
    subject: Subject = ""
    client: ClientSlug = None
    minimum_severity: Severity = "info"
    quiet_hours: Quiet | None = None
    escalate_minutes: Minutes = None
    escalate_to: Id | None = None
    active: bool = True


class RuleQuery(PageQuery):
    workspace: InWorkspace = None


class QuietShown(Answer):
    text: str
    timezone: str
    critical_passes: bool


class RuleShown(Answer):
    """`number` is what people in the workspace call it; `channels` are Slack's ids of those of its
    `destinations` that are channels."""

    id: Id
    workspace: str
    number: int
    event_type: str
    subject: str
    client: str | None
    minimum_severity: Severity
    quiet_hours: QuietShown | None
    escalate_minutes: int | None
    escalate_to: Id | None
    active: bool
    channels: list[str]
    destinations: list[Id]


class RulePage(Answer):
    items: list[RuleShown]
    next_cursor: str | None
