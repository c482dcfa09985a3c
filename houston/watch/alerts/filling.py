"""What may be kept as an alert. Complaints go by the names of the draft's fields."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from houston.access import Actor
from houston.errors import Invalid, InvalidFields
from houston.notify.rules import places
from houston.notify.vocabulary import SEVERITIES
from houston.records.checks import choice, link, text
from houston.reports import timing
from houston.reports.ownership import complain
from houston.watch import schedules
from houston.watch.alerts.alert import AlertDraft, AlertRule
from houston.watch.alerts.conditions import read
from store import UnitOfWork
from store.tables import Alert, Report

LONGEST_NAME = 100
MOST_RULES = 10
MOST_CHECKS = 20
MATCHES, REACTIONS = ("any", "all"), ("tell", "fire", "ok", "keep")

NO_RULES = "Write at least one condition, like Revenue < 10000."
UNKNOWN_REPORT = "Choose a report from the list."
OTHER_CLIENT = "That report is another client's. Make a new alert for it."
TAKEN = "Another alert has this name. Choose another."
COUNTS = f"Fire once n of the newest m checks break: whole numbers, n up to m, m up to {MOST_CHECKS}."
NOBODY_HERE = "Owners are people of a Slack workspace: choose one in Slack."


async def fill(uow: UnitOfWork, actor: Actor, alert: Alert, draft: AlertDraft, now: datetime) -> Report:
    """Write the draft into the row, due as if it were new; its report. Raises InvalidFields."""
    errors: dict[str, str] = {}
    report = await _judged(uow, actor, alert, draft, errors)
    for write in (_called, _owner):
        await _attempt(errors, write(uow, actor, alert, draft))
    _try(errors, _runbook, alert, draft)
    if errors or report is None:
        raise InvalidFields(errors)
    alert.active, alert.failures, alert.error = draft.active, 0, ""
    alert.due_at = timing.first_due(alert.schedule, now, timing.zone(alert.timezone))
    return report


async def judgeable(uow: UnitOfWork, actor: Actor, alert: Alert, draft: AlertDraft) -> Report:
    """As much of it as a preview needs: it may not have a name yet. Raises InvalidFields."""
    errors: dict[str, str] = {}
    report = await _judged(uow, actor, alert, draft, errors)
    if errors or report is None:
        raise InvalidFields(errors)
    return report


async def reported(uow: UnitOfWork, actor: Actor, report_id: int) -> Report:
    """Raises Invalid for `report`."""
    report = await uow.reports.find(scope=actor.scope, id=report_id)
    if report is None:
        raise Invalid("report", UNKNOWN_REPORT)
    return report


def conditions(rules: Sequence[AlertRule]) -> list[dict[str, str]]:
    """As they are kept. Raises Invalid for `rules`, which quotes each that cannot be read."""
    wrong: list[str] = []
    kept: list[dict[str, str]] = []
    for rule in rules:
        try:
            severity = choice("rules", rule.severity, SEVERITIES)
            kept.append({"text": read(rule.text).text, "severity": severity})
        except Invalid as error:
            wrong.append(error.message)
    if not rules:
        wrong.append(NO_RULES)
    if len(rules) > MOST_RULES:
        wrong.append(f"Write {MOST_RULES} conditions at the most, or another alert.")
    if wrong:
        raise Invalid("rules", "\n\n".join(wrong))
    return kept


async def _judged(
    uow: UnitOfWork, actor: Actor, alert: Alert, draft: AlertDraft, errors: dict[str, str]
) -> Report | None:
    """What decides when it fires."""
    report = None
    try:
        report = await reported(uow, actor, draft.report_id)
        _own(alert, report)
    except Invalid as error:
        complain(errors, error)
    for write in (_scheduled, _placed):
        await _attempt(errors, write(uow, actor, alert, draft))
    for choose in JUDGED:
        _try(errors, choose, alert, draft)
    return report


def _own(alert: Alert, report: Report) -> None:
    if alert.id is not None and alert.client_id != report.client_id:
        raise Invalid("report", OTHER_CLIENT)
    alert.report_id, alert.client_id = report.id or 0, report.client_id


async def _called(uow: UnitOfWork, actor: Actor, alert: Alert, draft: AlertDraft) -> None:
    name = " ".join(text("name", draft.name, most=LONGEST_NAME, required=True).split())
    same = await uow.alerts.named(scope=actor.scope, name=name, client_id=alert.client_id)
    if any(each.id != alert.id for each in same):
        raise Invalid("name", TAKEN)
    alert.name = name


async def _owner(uow: UnitOfWork, actor: Actor, alert: Alert, draft: AlertDraft) -> None:
    """Whom another workspace's people chose stays for as long as nobody says otherwise."""
    home = actor.scope.workspace_id
    chosen_in, _, chosen = alert.owner.rpartition("/")
    if chosen and chosen == draft.owner_id and chosen_in != home:
        return
    alert.owner = alert.owner_name = ""
    if not draft.owner_id:
        return
    workspace = await uow.workspaces.find(id=home) if home else None
    if workspace is None:
        raise Invalid("owner", NOBODY_HERE)
    if not draft.owner_id.startswith(places.PEOPLE):
        raise Invalid("owner", places.UNKNOWN)
    if found := await places.trouble(uow, workspace, draft.owner_id, alert.client_id):
        raise Invalid("owner", found)
    member = await uow.members.find(workspace_id=workspace.id, user_id=draft.owner_id)
    alert.owner = f"{workspace.id}/{draft.owner_id}"
    alert.owner_name = member.name if member else ""


async def _scheduled(uow: UnitOfWork, actor: Actor, alert: Alert, draft: AlertDraft) -> None:
    schedules.check(draft.schedule)
    alert.schedule = schedules.words(draft.schedule)


async def _placed(uow: UnitOfWork, actor: Actor, alert: Alert, draft: AlertDraft) -> None:
    alert.timezone = await timing.zone_name(uow, actor, draft.timezone)


def _rules(alert: Alert, draft: AlertDraft) -> None:
    alert.rules = conditions(draft.rules)


def _runbook(alert: Alert, draft: AlertDraft) -> None:
    alert.runbook = link("runbook", draft.runbook)


def _match(alert: Alert, draft: AlertDraft) -> None:
    alert.match = choice("match", draft.match, MATCHES)


def _no_data(alert: Alert, draft: AlertDraft) -> None:
    alert.no_data = choice("no_data", draft.no_data, REACTIONS)


def _counts(alert: Alert, draft: AlertDraft) -> None:
    if not 1 <= draft.n <= draft.m <= MOST_CHECKS:
        raise Invalid("n", COUNTS)
    alert.n, alert.m = draft.n, draft.m


JUDGED = (_rules, _match, _no_data, _counts)


async def _attempt(errors: dict[str, str], writing: Any) -> None:
    try:
        await writing
    except Invalid as error:
        complain(errors, error)


def _try(
    errors: dict[str, str], write: Callable[[Alert, AlertDraft], None], alert: Alert, draft: AlertDraft
) -> None:
    try:
        write(alert, draft)
    except Invalid as error:
        complain(errors, error)
