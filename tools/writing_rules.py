"""Notification rules that an answer proposes."""

from typing import Any, Literal

from houston.agent.tool import Change, ToolContext, ToolError, tool
from houston.errors import NotAllowed
from houston.notify.rules.rules import CHANGE, RuleDraft
from houston.notify.vocabulary import EVENT_TYPES
from store.tables import Client
from tools.channels import place
from tools.proposing import demand_colleague, proposed

EventType = Literal[
    "system_error",
    "outlier",
    "task_failure",
    "daily_digest",
    "note_created",
    "note_updated",
    "data_alert",
    "notebook_alert",
]
Severity = Literal["info", "warning", "critical"]

ALL = "all"


async def preview_rule(
    ctx: ToolContext,
    event_type: EventType,
    channel: str,
    client: str | None = None,
    minimum_severity: Severity = "info",
    subject: str | None = None,
) -> Change:
    demand_colleague(ctx)
    ctx.actor.demand_admin(CHANGE)
    chosen, to = await _client(ctx, client), await place(ctx, channel)
    draft = _draft(event_type, to[0], chosen, minimum_severity, subject)
    await ctx.desk.rules.demand_fit(ctx.actor, draft)
    await _demand_new(ctx, draft)
    lines = [
        ("Tells of", "", EVENT_TYPES[event_type]),
        ("Of", "", chosen.name if chosen else "every client"),
        ("Only what is named", "", subject or "anything"),
        ("From severity", "", minimum_severity),
        ("Posts to", "", to[1]),
    ]
    title = f"Add a rule: {EVENT_TYPES[event_type]} to {to[1]}"
    return proposed(title, lines, client_id=draft.client_id)


@tool(label="Preparing a notification rule", needs_approval=True, preview=preview_rule)
async def create_rule(
    ctx: ToolContext,
    event_type: EventType,
    channel: str,
    client: str | None = None,
    minimum_severity: Severity = "info",
    subject: str | None = None,
) -> dict[str, Any]:
    """Proposes a notification rule: what happens of one kind is posted to a Slack channel. Only admins may;
    the person approves it before it is added.

    Args:
        event_type: What it tells of.
        channel: The channel's name or id, or "me" for a direct message to the asker.
        client: Only of this client, by name or slug; "all" for every client. Without it the current one.
        minimum_severity: Nothing that is less severe.
        subject: Only what has this name, as a pattern such as cost_*; without it everything.
    """
    chosen, to = await _client(ctx, client), await place(ctx, channel)
    draft = _draft(event_type, to[0], chosen, minimum_severity, subject)
    rule = await ctx.desk.rules.add(ctx.actor, draft)
    return {"done": f"It is rule {rule.number}.", "rule": rule.number}


def _draft(
    event_type: str, to: str, client: Client | None, minimum_severity: str, subject: str | None
) -> RuleDraft:
    return RuleDraft(
        channels=(to,),
        event_type=event_type,
        subject=subject or "",
        client_id=client.id if client else None,
        minimum_severity=minimum_severity,
    )


async def _client(ctx: ToolContext, named: str | None) -> Client | None:
    """None for every client. Raises NotFound, NotAllowed, ToolError."""
    if named is None and ctx.client is None:
        raise ToolError("Say which client it is for, or “all” for every client.")
    if named is None:
        return ctx.client
    if named.strip().casefold() != ALL:
        return await ctx.desk.clients.find(ctx.scope, named)
    if ctx.scope.client_ids is not None:
        raise NotAllowed("A rule for every client cannot be made from here. Name one client.")
    return None


async def _demand_new(ctx: ToolContext, draft: RuleDraft) -> None:
    for rule in await ctx.desk.rules.all(ctx.scope):
        if rule.as_draft() == draft:
            raise ToolError(f"Rule {rule.number} does just that already.")
