from dataclasses import replace
from typing import Any, cast

from houston.access import Actor
from houston.notify.quiet.hours import QuietHours
from houston.notify.rules.rules import RuleDraft, RuleSeen
from houston.web.api.rule_shapes import (
    NewRule,
    QuietShown,
    RuleChange,
    RulePage,
    RuleQuery,
    RuleShown,
    Severity,
)
from houston.web.cursor import LARGEST_ID, sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.fields import called
from houston.web.shapes import Created, Query

FIELDS = {"channel": "channels", "severity": "minimum_severity"}
"""What the form in Slack calls them, and what this API does."""


async def add(call: Call, body: NewRule) -> Created:
    actor = await call.within(body.workspace)
    given = body.model_dump(exclude={"workspace"}, exclude_unset=True)
    with called(FIELDS):
        draft = RuleDraft(**await _fields(call, actor, given))
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
    if "destinations" in changes:
        changes.setdefault("channels", [])
    with called(FIELDS):
        draft = replace(before.as_draft(), **await _fields(call, actor, changes))
        rule = await call.houston.rules.edit(actor, before.id, draft)
    return _shown(actor, rule)


async def delete(call: Call, _: Query) -> None:
    actor = await _actor(call)
    rule = await call.houston.rules.get(actor.scope, call.id("rule"))
    await call.houston.rules.delete(actor, rule.number)


async def _actor(call: Call) -> Actor:
    return await call.at_home("rule", await call.houston.rules.home(call.scope, call.id("rule")))


async def _fields(call: Call, actor: Actor, given: dict[str, Any]) -> dict[str, Any]:
    """What was given, as a draft has it. Raises Invalid."""
    found = dict(given)
    if "client" in found:
        slug = found.pop("client")
        found["client_id"] = await call.client_id(slug) if slug else None
    if "channels" in found:
        found["channels"] = tuple(found["channels"])
    if "destinations" in found:
        found["destination_ids"] = tuple(_row(id) for id in found.pop("destinations"))
    if found.get("escalate_to") is not None:
        found["escalate_to"] = _row(found["escalate_to"])
    if found.get("quiet_hours") is not None:
        found["quiet_hours"] = await _quiet(call, actor, found["quiet_hours"])
    return found


async def _quiet(call: Call, actor: Actor, given: dict[str, Any]) -> QuietHours:
    workspace = await call.houston.workspaces.get(actor.scope.workspace_id or "")
    zone = given.get("timezone") or workspace.timezone
    with called({"quiet_hours": "quiet_hours.text", "timezone": "quiet_hours.timezone"}):
        return QuietHours.parse(given["text"], zone, given.get("critical_passes", False))


def _row(id: str) -> int:
    """0, which is nobody's, for what no database can hold."""
    return int(id) if int(id) < LARGEST_ID else 0


def _shown(actor: Actor, rule: RuleSeen) -> RuleShown:
    return RuleShown(
        id=str(rule.id),
        workspace=actor.scope.workspace_id or "",
        number=rule.number,
        event_type=rule.event_type,
        subject=rule.subject,
        client=rule.client.slug if rule.client else None,
        minimum_severity=cast(Severity, rule.minimum_severity),
        quiet_hours=QuietShown(**rule.quiet_hours.as_dict()) if rule.quiet_hours else None,
        escalate_minutes=rule.escalate_minutes,
        escalate_to=str(rule.escalate_to.id) if rule.escalate_to else None,
        active=rule.active,
        channels=list(rule.channels),
        destinations=[str(each.id) for each in rule.destinations],
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
