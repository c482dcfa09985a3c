"""Alerts on reports that an answer proposes."""

from glob import escape
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from houston.agent.tool import Change, ToolContext, ToolError, tool
from houston.errors import NotFound
from houston.notify.rules.rules import RuleDraft
from houston.reports.report import ReportSeen
from houston.watch import schedules
from houston.watch.alerts.alerts import CHANGE, AlertDraft, AlertRule, Explained
from houston.watch.alerts.filling import LONGEST_NAME
from tools.channels import place
from tools.proposing import Line, demand_colleague, proposed
from tools.writing_rules import Severity

Conditions = Annotated[list[str], Field(min_length=1, max_length=10)]
Match = Literal["any", "all"]

NOWHERE = "nowhere of its own; rules for data alerts decide"


class Planned(NamedTuple):
    report: ReportSeen
    draft: AlertDraft
    places: tuple[str, ...]


async def preview_alert(
    ctx: ToolContext,
    report: str,
    conditions: Conditions,
    name: str | None = None,
    severity: Severity = "warning",
    match: Match = "any",
    schedule: str = "1h",
    channels: list[str] | None = None,
) -> Change:
    planned = await _planned(ctx, report, conditions, name, severity, match, schedule, channels)
    await ctx.desk.alerts.demand_fit(ctx.actor, planned.draft)
    await _demand_postable(ctx, planned)
    explained = await ctx.desk.alerts.explain(ctx.actor, planned.draft)
    title = f"Add an alert on the report “{planned.report.report.name}”"
    client_id = planned.report.report.client_id
    return proposed(title, _lines(planned), remarks=map(_remark, explained), client_id=client_id)


@tool(label="Preparing an alert on {report}", needs_approval=True, preview=preview_alert)
async def create_alert(
    ctx: ToolContext,
    report: str,
    conditions: Conditions,
    name: str | None = None,
    severity: Severity = "warning",
    match: Match = "any",
    schedule: str = "1h",
    channels: list[str] | None = None,
) -> dict[str, Any]:
    """Proposes an alert: a report is looked at on a schedule, and conditions on its rows are told of when
    they break. Only admins may; the person approves it before it is added.

    Args:
        report: The report's name or id, from reports.
        conditions: What to tell of, such as "Revenue < 10000" or "Revenue drops 20% vs last week".
        name: What people call it; without it, the report and the first condition.
        severity: How bad it is.
        match: Whether any condition suffices or all must break.
        schedule: How often to look, such as "every 15 minutes" or "weekdays at 9:00".
        channels: Channels to post to, by name; "me" for a direct message to the asker.
    """
    planned = await _planned(ctx, report, conditions, name, severity, match, schedule, channels)
    added = await ctx.desk.alerts.add(ctx.actor, planned.draft)
    return {"done": f"The alert “{added.alert.name}” is added.", "alert": str(added.alert.id)}


async def _planned(
    ctx: ToolContext,
    report: str,
    conditions: list[str],
    name: str | None,
    severity: str,
    match: str,
    schedule: str,
    channels: list[str] | None,
) -> Planned:
    demand_colleague(ctx)
    ctx.actor.demand_admin(CHANGE)
    found = await _report(ctx, report)
    places = [await place(ctx, each) for each in channels or ()]
    draft = AlertDraft(
        name=name or f"{found.report.name}: {conditions[0]}"[:LONGEST_NAME],
        report_id=found.report.id or 0,
        rules=tuple(AlertRule(text=each, severity=severity) for each in conditions),
        match=match,
        schedule=schedule,
        channels=tuple(id for id, _ in places),
    )
    return Planned(found, draft, tuple(words for _, words in places))


async def _report(ctx: ToolContext, named: str) -> ReportSeen:
    """Raises NotFound: the same for none and for one out of sight; ToolError where the name is not enough."""
    wanted = named.strip().casefold()
    reports = await ctx.desk.reports.all(ctx.scope)
    found = [each for each in reports if wanted in (str(each.report.id), each.report.name.casefold())]
    own = [each for each in found if ctx.client_id is None or each.report.client_id == ctx.client_id]
    if len(found) > 1 and len(own) != 1:
        raise ToolError(f"Several reports are called “{wanted[:80]}”. Name it by its id, from reports.")
    if not found:
        raise NotFound(f"I know no report called “{wanted[:80]}”.")
    return (own or found)[0]


async def _demand_postable(ctx: ToolContext, planned: Planned) -> None:
    """As the rule that would be its own. Raises InvalidFields."""
    if planned.draft.channels:
        channels = tuple(str(each) for each in planned.draft.channels)
        rule = RuleDraft(
            channels=channels,
            event_type="data_alert",
            subject=escape(planned.draft.name),
            client_id=planned.report.report.client_id,
        )
        await ctx.desk.rules.demand_fit(ctx.actor, rule)


def _lines(planned: Planned) -> list[Line]:
    draft = planned.draft
    several = [("Fires when", "", f"{draft.match} of these break")] if len(draft.rules) > 1 else []
    return [
        ("Name", "", draft.name),
        ("Of", "", planned.report.client or "the agency itself"),
        *((f"Condition {number}", "", each.text) for number, each in enumerate(draft.rules, start=1)),
        *several,
        ("Severity", "", draft.rules[0].severity),
        ("Looks", "", schedules.words(draft.schedule)),
        ("Posts to", "", ", ".join(planned.places) or NOWHERE),
    ]


def _remark(explained: Explained) -> str:
    """`Fires when Revenue is below 10,000 in any row. Now: 12,400.`"""
    now = f" Now: {explained.current}." if explained.current else ""
    return f"{explained.text}: {explained.meaning}.{now} {explained.note}".strip()
