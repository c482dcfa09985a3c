"""Alerts between requests and the service: drafts, and complaints by the names that this API has."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from houston.access import Actor
from houston.errors import Invalid
from houston.watch.alerts import placing
from houston.watch.alerts.alerts import AlertDraft, AlertRule, AlertSeen
from houston.watch.alerts.filling import MOST_RULES
from houston.web.api.reports import row
from houston.web.endpoint import Call
from houston.web.fields import called
from store.tables import Alert

FIELDS = {"rules": "conditions", "channel": "channels"} | {
    f"rules.{i}": f"conditions.{i}.text" for i in range(MOST_RULES)
}
KEPT = {"name", "report_id", "match", "schedule", "timezone", "runbook", "n", "m", "no_data", "active"}
SLACK_KINDS = ("channel", "dm")


def fields(given: dict[str, Any]) -> dict[str, Any]:
    """What was given, as a draft has it."""
    found = dict(given)
    if "conditions" in found:
        found["rules"] = tuple(AlertRule(**each) for each in found.pop("conditions"))
    if "report" in found:
        found["report_id"] = row(found.pop("report"))
    if "owner" in found:
        found["owner_id"] = found.pop("owner")
    if found.keys() & {"channels", "destinations"}:
        others = [row(each) for each in found.pop("destinations", ())]
        found["channels"] = (*found.pop("channels", ()), *others)
    return found


def demand_home(given: dict[str, Any]) -> None:
    """Raises Invalid for `workspace` where something of a workspace is meant, and none is named."""
    if not given.get("workspace") and any(given.get(each) for each in ("channels", "destinations", "owner")):
        raise Invalid("workspace", "Name the workspace whose channels, destinations or members are meant.")


def draft_of(alert: Alert) -> AlertDraft:
    """As it is; where it posts stays."""
    rules = tuple(AlertRule(**each) for each in alert.rules)
    return AlertDraft(rules=rules, owner_id=owner_of(alert), **alert.model_dump(include=KEPT))


def owner_of(alert: Alert) -> str:
    return alert.owner.rpartition("/")[2]


def channels_of(seen: AlertSeen) -> list[str]:
    """Those and the people that its own rule posts to, by Slack's ids."""
    return [each.address for each in seen.destinations if each.kind in SLACK_KINDS]


def destinations_of(seen: AlertSeen) -> list[str]:
    """The others."""
    return [str(each.id) for each in seen.destinations if each.kind not in SLACK_KINDS]


@asynccontextmanager
async def complaining(call: Call, actor: Actor, draft: AlertDraft) -> AsyncIterator[None]:
    """A condition that cannot be kept is named by its number, not as one of them."""
    with called(FIELDS):
        async with placing.complaining(call.houston.alerts, actor, draft):
            yield
