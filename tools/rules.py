from typing import Any

from houston.agent.tool import ToolContext, tool
from houston.notify.places.destinations import DestinationSeen
from houston.notify.rules.rule import RuleSeen
from tools.company import demand_own_people
from tools.results import counted, said, source

MOST = 40


@tool(label="Looking up the rules")
async def rules(ctx: ToolContext) -> dict[str, Any]:
    """Lists the rules of this workspace: which events go to which channels, people or services, from which
    severity on, at which hours not, and to whom they escalate. The current client's and those for all.
    """
    await demand_own_people(ctx, "its rules")
    found = [each for each in await ctx.desk.rules.all(ctx.scope) if _is_meant(ctx, each)]
    shown = [_rule(each) for each in found[:MOST]]
    return {"rules": shown, **counted(len(found), shown), "source": source(ctx, rows=len(found))}


@tool(label="Looking up the destinations")
async def destinations(ctx: ToolContext) -> dict[str, Any]:
    """Lists the places that this workspace's messages go to, with the numbers of the rules that send there
    and what is wrong with them. Only for Houston's admins.
    """
    await demand_own_people(ctx, "its destinations")
    found = await ctx.desk.destinations.seen(ctx.actor)
    shown = [_destination(each) for each in found[:MOST]]
    return {"destinations": shown, **counted(len(found), shown), "source": source(ctx, rows=len(found))}


def _is_meant(ctx: ToolContext, rule: RuleSeen) -> bool:
    return ctx.client_id is None or rule.client is None or rule.client.id == ctx.client_id


def _rule(rule: RuleSeen) -> dict[str, Any]:
    return {
        "number": rule.number,
        "event": rule.event_type,
        "client": rule.client.name if rule.client else "all clients",
        "minimum_severity": rule.minimum_severity,
        "active": rule.active,
        "places": [each.alias for each in rule.destinations],
        **said(
            {
                "what": rule.subject,
                "quiet_hours": str(rule.quiet_hours) if rule.quiet_hours else None,
                "escalates_to": rule.escalate_to.alias if rule.escalate_to else None,
                "escalate_minutes": rule.escalate_minutes,
            }
        ),
    }


def _destination(seen: DestinationSeen) -> dict[str, Any]:
    place = seen.destination
    return {
        "alias": place.alias,
        "kind": place.kind,
        "rules": list(seen.rules),
        "is_default": seen.is_default,
        "paused": place.paused_at is not None,
        **said({"error": place.error}),
    }
