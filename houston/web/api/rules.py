from dataclasses import replace
from typing import Annotated, Literal, cast

from pydantic import Field

from houston.access import Actor
from houston.notify.rules import RuleDraft, RuleSeen
from houston.web.cursor import sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.fields import called
from houston.web.shapes import (
    Answer,
    ClientSlug,
    Created,
    Id,
    InWorkspace,
    PageQuery,
    Query,
    Request,
    Words,
    WorkspaceId,
)

Severity = Literal["info", "warning", "critical"]
Channels = Annotated[
    list[Words], Field(min_length=1, max_length=50, description="Slack's ids.", examples=[["C0123456789"]])
]
FIELDS = {"channel": "channels", "severity": "minimum_severity"}
"""What the form in Slack calls them, and what this API does."""


class NewRule(Request):
    """Which events go to which channels; without a client, those of all clients of the workspace."""

    workspace: WorkspaceId
    channels: Channels
    event_type: Annotated[Words, Field(examples=["task_failure"])]
    client: ClientSlug = None
    minimum_severity: Severity = "info"
    active: bool = True


class RuleChange(Request):
    """The fields to change; what is left out stays. `client: null` makes it one for all clients."""

    channels: Channels = Field(default_factory=list)
    event_type: Words = ""
    client: ClientSlug = None
    minimum_severity: Severity = "info"
    active: bool = True


class RuleQuery(PageQuery):
    workspace: InWorkspace = None


class RuleShown(Answer):
    """`number` is what people in the workspace call it; `channels` are Slack's ids."""

    id: Id
    workspace: str
    number: int
    event_type: str
    client: str | None
    minimum_severity: Severity
    active: bool
    channels: list[str]


class RulePage(Answer):
    items: list[RuleShown]
    next_cursor: str | None


async def add(call: Call, body: NewRule) -> Created:
    actor = await call.within(body.workspace)
    draft = RuleDraft(
        channels=tuple(body.channels),
        event_type=body.event_type,
        client_id=await call.client_id(body.client) if body.client else None,
        minimum_severity=body.minimum_severity,
        active=body.active,
    )
    with called(FIELDS):
        rule = await call.houston.rules.add(actor, draft)
    return Created(id=str(rule.id), event_id=None)


async def list_(call: Call, query: RuleQuery) -> RulePage:
    rules = [
        (actor, rule)
        for actor in await call.actors(query.workspace)
        for rule in await call.houston.rules.all(actor.scope)
    ]
    page, following = sliced(rules, query.limit, query.cursor, lambda each: each[1].id)
    return RulePage(items=[_shown(actor, rule) for actor, rule in page], next_cursor=following)


async def change(call: Call, body: RuleChange) -> RuleShown:
    actor = await _actor(call)
    before = await call.houston.rules.get(actor.scope, call.id("rule"))
    changes = body.model_dump(exclude_unset=True)
    if "client" in changes:
        slug = changes.pop("client")
        changes["client_id"] = await call.client_id(slug) if slug else None
    if "channels" in changes:
        changes["channels"] = tuple(changes["channels"])
    with called(FIELDS):
        rule = await call.houston.rules.edit(actor, before.id, replace(_draft(before), **changes))
    return _shown(actor, rule)


async def delete(call: Call, _: Query) -> None:
    actor = await _actor(call)
    rule = await call.houston.rules.get(actor.scope, call.id("rule"))
    await call.houston.rules.delete(actor, rule.number)


async def _actor(call: Call) -> Actor:
    return await call.at_home("rule", await call.houston.rules.home(call.scope, call.id("rule")))


def _draft(rule: RuleSeen) -> RuleDraft:
    return RuleDraft(
        channels=tuple(each.address for each in rule.destinations if each.kind == "channel"),
        event_type=rule.event_type,
        client_id=rule.client.id if rule.client else None,
        minimum_severity=rule.minimum_severity,
        active=rule.active,
    )


def _shown(actor: Actor, rule: RuleSeen) -> RuleShown:
    return RuleShown(
        id=str(rule.id),
        workspace=actor.scope.workspace_id or "",
        number=rule.number,
        event_type=rule.event_type,
        client=rule.client.slug if rule.client else None,
        minimum_severity=cast(Severity, rule.minimum_severity),
        active=rule.active,
        channels=[each.address for each in rule.destinations if each.kind == "channel"],
    )


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/rules",
        summary="Add a rule to a workspace.",
        handle=add,
        body=NewRule,
        answer=Created,
    ),
    Endpoint(
        method="GET",
        path="/rules",
        summary="The rules of the workspaces that the key may see.",
        handle=list_,
        query=RuleQuery,
        answer=RulePage,
    ),
    Endpoint(
        method="PATCH",
        path="/rules/{id}",
        summary="Change a rule.",
        handle=change,
        body=RuleChange,
        answer=RuleShown,
    ),
    Endpoint(
        method="DELETE",
        path="/rules/{id}",
        summary="Delete a rule; its number is never given again.",
        handle=delete,
        answer=None,
    ),
)
