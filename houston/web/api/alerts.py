from collections.abc import Sequence
from dataclasses import replace

from houston.access import Actor
from houston.watch.alerts.alerts import AlertDraft, AlertSeen
from houston.web.api import alert_drafts
from houston.web.api.alert_drafts import KEPT, complaining, demand_home, draft_of, fields
from houston.web.api.alert_shapes import AlertChange, AlertPage, AlertShown, Condition, NewAlert
from houston.web.cursor import sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Created, PageQuery, Query
from store.tables import Alert

TOLD = (KEPT - {"report_id"}) | {"created_at", "checked_at", "error"}


async def add(call: Call, body: NewAlert) -> Created:
    demand_home(body.model_dump())
    actor = await call.within(body.workspace) if body.workspace else call.actor
    draft = AlertDraft(**fields(body.model_dump(exclude={"workspace"}, exclude_unset=True)))
    async with complaining(call, actor, draft):
        seen = await call.houston.alerts.add(actor, draft)
    return Created(id=str(seen.alert.id), event_id=None)


async def list_(call: Call, query: PageQuery) -> AlertPage:
    found = await call.houston.alerts.all(call.scope)
    page, following = sliced(found, query.limit, query.cursor, lambda each: each.alert.id or 0)
    return AlertPage(items=await _told(call, page), next_cursor=following)


async def get(call: Call, _: Query) -> AlertShown:
    return (await _told(call, [await call.houston.alerts.get(call.scope, call.id("alert"))]))[0]


async def change(call: Call, body: AlertChange) -> AlertShown:
    alert = (await call.houston.alerts.get(call.scope, call.id("alert"))).alert
    actor = await _at_home(call, alert)
    draft = replace(draft_of(alert), **fields(body.model_dump(exclude_unset=True)))
    async with complaining(call, actor, draft):
        seen = await call.houston.alerts.edit(actor, alert.id or 0, draft)
    return (await _told(call, [seen]))[0]


async def delete(call: Call, _: Query) -> None:
    await call.houston.alerts.delete(call.actor, call.id("alert"))


async def _at_home(call: Call, alert: Alert) -> Actor:
    """In the workspace that the alert posts in, where it has one that the key may see."""
    homes = await _homes(call, {alert.workspace_id})
    return homes.get(alert.workspace_id, call.actor)


async def _homes(call: Call, ids: set[str | None]) -> dict[str | None, Actor]:
    """The actor in each of these workspaces that may be seen."""
    seen = await call.houston.access.workspaces(call.scope)
    return {
        each.id: await call.houston.access.in_workspace(call.actor, each.id)
        for each in seen
        if each.id in ids
    }


async def _told(call: Call, alerts: Sequence[AlertSeen]) -> list[AlertShown]:
    """As their own workspaces see them, which know where they post."""
    homes, slugs = await _homes(call, {each.alert.workspace_id for each in alerts}), await call.slugs()
    known = {each.alert.id: each for each in alerts}
    for home, actor in homes.items():
        seen = await call.houston.alerts.all(actor.scope)
        known |= {each.alert.id: each for each in seen if each.alert.workspace_id == home}
    return [_shown(known[each.alert.id], slugs, is_home=each.alert.workspace_id in homes) for each in alerts]


def _shown(seen: AlertSeen, slugs: dict[int | None, str | None], *, is_home: bool) -> AlertShown:
    alert = seen.alert
    return AlertShown(
        id=str(alert.id),
        report=str(alert.report_id),
        client=slugs.get(alert.client_id),
        workspace=alert.workspace_id if is_home else None,
        conditions=[Condition(**each) for each in alert.rules],
        owner=alert_drafts.owner_of(alert) if is_home else "",
        state=seen.state,
        channels=alert_drafts.channels_of(seen),
        destinations=alert_drafts.destinations_of(seen),
        **alert.model_dump(include=TOLD),
    )


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/alerts",
        summary="Set conditions on a report's rows. They are judged first.",
        handle=add,
        body=NewAlert,
        answer=Created,
    ),
    Endpoint(
        method="GET",
        path="/alerts",
        summary="The alerts, and how they stand.",
        handle=list_,
        query=PageQuery,
        answer=AlertPage,
    ),
    Endpoint(method="GET", path="/alerts/{id}", summary="One of them.", handle=get, answer=AlertShown),
    Endpoint(
        method="PATCH",
        path="/alerts/{id}",
        summary="Change one.",
        handle=change,
        body=AlertChange,
        answer=AlertShown,
    ),
    Endpoint(
        method="DELETE",
        path="/alerts/{id}",
        summary="Delete one; what it fired is closed.",
        handle=delete,
        answer=None,
    ),
)
