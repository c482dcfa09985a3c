"""Alerts as requests and answers have them."""

from typing import Annotated, Literal

from pydantic import Field

from houston.watch.alerts.filling import MOST_CHECKS, MOST_RULES
from houston.web.api.rule_shapes import Channels, Destinations, Severity
from houston.web.shapes import Answer, Id, Request, Shown, Words, WorkspaceId

Match = Literal["any", "all"]
NoData = Literal["tell", "fire", "ok", "keep"]
Schedule = Annotated[Words, Field(examples=["weekdays at 9:00"])]
Checks = Annotated[int, Field(ge=1, le=MOST_CHECKS)]
Owner = Annotated[Words, Field(description="Slack's id of whom it mentions.", examples=["U0123456789"])]


class NewCondition(Request):
    text: Annotated[Words, Field(examples=["Revenue < 10000"])]
    severity: Severity = "warning"


Conditions = Annotated[list[NewCondition], Field(min_length=1, max_length=MOST_RULES)]


class NewAlert(Request):
    """Conditions on the rows of a report, on a schedule. It fires once `n` of the newest `m` checks breach.

    `workspace` is the one whose channels, destinations, time zone and members are meant. Where it
    posts is kept as a rule of that workspace, for data alerts of this name.
    """

    name: Words
    report: Annotated[Id, Field(description="The report's id.")]
    conditions: Conditions
    match: Match = "any"
    schedule: Schedule = "1h"
    timezone: Words | None = None
    owner: Owner = ""
    runbook: Words = ""
    n: Checks = 1
    m: Checks = 1
    no_data: NoData = "tell"
    active: bool = True
    channels: Channels
    destinations: Destinations
    workspace: WorkspaceId | None = None


class AlertChange(Request):
    """The fields to change; what is left out stays. `channels` and `destinations` together replace
    every place that it posts to."""

    name: Words = ""
    report: Id = ""
    conditions: Annotated[Conditions, Field(default_factory=list)]
    match: Match = "any"
    schedule: Schedule = ""
    timezone: Words | None = None
    owner: Owner = ""
    runbook: Words = ""
    n: Checks = 1
    m: Checks = 1
    no_data: NoData = "tell"
    active: bool = True
    channels: Channels
    destinations: Destinations


class Condition(Answer):
    text: str
    severity: str


class AlertShown(Answer):
    """`state` is `new`, `paused`, `error`, or where it stands: ok, pending, firing, recovering, no_data.

    `channels` (and people) and `destinations` are those of its own rule in `workspace`; whether other
    rules send it elsewhere as well, `/rules` says. Of a workspace that is not the key's to see, null and
    nothing.
    """

    id: Id
    name: str
    report: Id
    client: str | None
    workspace: str | None
    conditions: list[Condition]
    match: str
    schedule: str
    timezone: str
    owner: str
    runbook: str
    n: int
    m: int
    no_data: str
    active: bool
    channels: list[str]
    destinations: list[Id]
    state: str
    created_at: Shown
    checked_at: Shown | None
    error: str


class AlertPage(Answer):
    items: list[AlertShown]
    next_cursor: str | None
