"""Outlier definitions that an answer proposes."""

from glob import escape
from typing import Annotated, Any

from pydantic import Field

from houston.agent.tool import Change, ToolContext, ToolError, tool
from houston.watch import schedules
from houston.watch.definition import DefinitionDraft
from houston.watch.definitions import CHANGE
from houston.watch.outliers.settings import Direction, Sensitivity
from store.tables import Client
from tools.proposing import Line, demand_colleague, proposed

Percent = Annotated[float, Field(ge=0, le=1000)]

WAYS = {"both": "up and down", "up": "up only", "down": "down only"}


async def preview_definition(
    ctx: ToolContext,
    metric: str,
    channel: str | None = None,
    sensitivity: Sensitivity = "normal",
    direction: Direction = "both",
    schedule: str = "1h",
    minimum_change_percent: Percent | None = None,
    name: str | None = None,
) -> Change:
    client, draft = _draft(
        ctx, metric, channel, sensitivity, direction, schedule, minimum_change_percent, name
    )
    ctx.actor.demand_admin(CHANGE)
    await _demand_new(ctx, draft)
    found = await ctx.desk.previews.preview(ctx.actor, draft)
    if not found.series:
        raise ToolError(await _unwatchable(ctx, client, metric, draft))
    watched = f"It watches {found.series} series. {found.words}"
    return proposed(f"Watch {draft.metrics} for outliers", _lines(client, draft), remarks=[watched])


@tool(label="Trying outlier checks on {metric}{client}", needs_approval=True, preview=preview_definition)
async def create_outlier_definition(
    ctx: ToolContext,
    metric: str,
    channel: str | None = None,
    sensitivity: Sensitivity = "normal",
    direction: Direction = "both",
    schedule: str = "1h",
    minimum_change_percent: Percent | None = None,
    name: str | None = None,
) -> dict[str, Any]:
    """Proposes to watch a metric of the current client for outliers. Only admins may; the person approves it,
    and sees how often it would have fired, before it is added.

    Args:
        metric: The metric's exact name, from list_metrics; one that can be watched.
        channel: One marketing channel; leave out for each of them.
        sensitivity: How much it tells of: "low" is less, "high" is more.
        direction: Whether only rises ("up") or only falls ("down") count.
        schedule: How often to look, such as "1h" or "every day at 9:00".
        minimum_change_percent: Leave out deviations smaller than so many percent of what was expected.
        name: What people call it; without it, the metric's name.
    """
    _, draft = _draft(ctx, metric, channel, sensitivity, direction, schedule, minimum_change_percent, name)
    added = await ctx.desk.definitions.add(ctx.actor, draft)
    return {"done": f"“{added.name}” is watched from now on.", "definition": str(added.id)}


def _draft(
    ctx: ToolContext,
    metric: str,
    channel: str | None,
    sensitivity: Sensitivity,
    direction: Direction,
    schedule: str,
    minimum_change_percent: float | None,
    name: str | None,
) -> tuple[Client, DefinitionDraft]:
    demand_colleague(ctx)
    if ctx.client is None:
        raise ToolError("No client is chosen. Call switch_client first, or ask which client is meant.")
    draft = DefinitionDraft(
        name=name or (f"{metric} ({channel})" if channel else metric),
        metrics=f"{escape(metric)}/{escape(channel)}" if channel else escape(metric),
        client_id=ctx.client.id or 0,
        sensitivity=sensitivity,
        direction=direction,
        schedule=schedule,
        minimum_change_percent=minimum_change_percent,
    )
    return ctx.client, draft


async def _demand_new(ctx: ToolContext, draft: DefinitionDraft) -> None:
    for each in await ctx.desk.definitions.all(ctx.scope):
        known = each.definition
        same = (known.client_id, known.metrics.casefold()) == (draft.client_id, draft.metrics.casefold())
        if same and known.active:
            raise ToolError(f"“{known.name}” watches {draft.metrics} already.")


async def _unwatchable(ctx: ToolContext, client: Client, metric: str, draft: DefinitionDraft) -> str:
    """Why nothing can be watched, and what can be instead."""
    entries = await ctx.desk.metrics.list(ctx.scope, client_id=client.id)
    known = {each.name.casefold(): each for each in entries}
    meant = known.get(metric.strip().casefold())
    if meant is None or meant.has_points:
        return f"{client.name} has no metric called {draft.metrics}. list_metrics lists them."
    if meant.ratio_of is None:
        return f"{meant.name} has no points yet: it can be watched once there are some."
    sides = [side for side in meant.ratio_of if (one := known.get(side.casefold())) and one.has_points]
    instead = f" Watch {' or '.join(sides)} instead." if sides else ""
    worked_out = f"{meant.name} is worked out from {meant.ratio_of[0]} and {meant.ratio_of[1]}"
    return f"{worked_out} and has no points of its own, so it cannot be watched for outliers.{instead}"


def _lines(client: Client, draft: DefinitionDraft) -> list[Line]:
    percent = draft.minimum_change_percent
    return [
        ("Name", "", draft.name),
        ("Client", "", client.name),
        ("Metrics", "", draft.metrics),
        ("Sensitivity", "", draft.sensitivity),
        ("Tells of moves", "", WAYS[draft.direction]),
        ("Leaves out", "", "nothing" if percent is None else f"what is off by less than {percent:g} %"),
        ("Looks", "", schedules.words(draft.schedule)),
    ]
