from typing import Any

from houston.agent.tool import ToolContext, tool
from houston.watch.alerts.alert import AlertSeen
from houston.watch.alerts.latest import Latest
from tools.company import is_among_own_people
from tools.results import AGENCY, counted, local, of_client, said, source

MOST = 25


@tool(label="Looking up the alerts{client}")
async def alerts(ctx: ToolContext, query: str | None = None) -> dict[str, Any]:
    """Lists the alerts that people set on reports: their conditions with the value of the newest kept run,
    schedule, how they stand (ok, pending, firing, recovering, no_data, error, paused, new) and since when.
    What fires now, of whatever kind, is in episodes. Of the current client where one is chosen;
    `of_the_agency` counts those that belong to no client.

    Args:
        query: Part of an alert's or its report's name.
    """
    named = [each for each in await ctx.desk.alerts.all(ctx.scope) if _is_called(each, query)]
    own = [each for each in named if ctx.client_id in (None, each.alert.client_id)]
    latest = await ctx.desk.latest(ctx.scope, own[:MOST])
    places = await is_among_own_people(ctx)
    shown = [_alert(ctx, each, latest[each.alert.id or 0], places=places) for each in own[:MOST]]
    return {
        "alerts": shown,
        **counted(len(own), shown),
        **of_client(ctx, [each.alert.client_id for each in named]),
        "source": source(ctx, rows=len(own)),
    }


def _is_called(seen: AlertSeen, query: str | None) -> bool:
    names = f"{seen.alert.name}\n{seen.report_name}".casefold()
    return not query or query.strip().casefold() in names


def _alert(ctx: ToolContext, seen: AlertSeen, latest: Latest, *, places: bool) -> dict[str, Any]:
    alert = seen.alert
    return {
        "id": str(alert.id),
        "name": alert.name,
        "client": seen.client or AGENCY,
        "report": seen.report_name,
        "conditions": [_condition(rule, latest) for rule in alert.rules],
        "match": alert.match,
        "schedule": seen.words,
        "timezone": alert.timezone,
        "state": seen.state,
        "checked_at": local(ctx, alert.checked_at),
        **said(
            {
                "since": local(ctx, latest.stands.since) if latest.stands else None,
                "fires_after": f"{alert.n} of {alert.m} checks" if alert.m > 1 else None,
                "owner": alert.owner_name,
                "places": list(seen.places) if places else [],
                "runbook": alert.runbook,
                "error": alert.error,
            }
        ),
    }


def _condition(rule: dict[str, str], latest: Latest) -> dict[str, Any]:
    text = rule["text"]
    shown = {"text": text, "severity": rule.get("severity", "warning")}
    return shown | said({"last_value": latest.values.get(text)})
