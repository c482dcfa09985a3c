"""Rules between the table and people."""

from datetime import datetime

from houston.access import Actor
from houston.errors import NotFound
from houston.notify.quiet.hours import QuietHours
from houston.notify.rules.rule import RuleDraft, RuleSeen
from houston.notify.vocabulary import NOTE_TYPES
from houston.team import audit
from store import Scope, UnitOfWork
from store.tables import Rule


def fill(rule: Rule, draft: RuleDraft) -> None:
    """Write the draft into the row: all but where it sends."""
    rule.event_type, rule.client_id, rule.subject = draft.event_type, draft.client_id, draft.subject.strip()
    rule.minimum_severity = "info" if draft.event_type in NOTE_TYPES else draft.minimum_severity
    rule.quiet_hours = draft.quiet_hours.as_dict() if draft.quiet_hours else None
    rule.escalate_minutes = draft.escalate_minutes
    rule.active = draft.active


async def found(uow: UnitOfWork, scope: Scope, *, number: int | None = None, id: int | None = None) -> Rule:
    """Raises NotFound."""
    rule = await uow.rules.find(scope=scope, number=number, id=id)
    if rule is None:
        named = f"rule {number}" if number is not None else "such rule"
        raise NotFound(f"I know no {named} here. /houston rules lists them.")
    return rule


async def seen(uow: UnitOfWork, scope: Scope, rules: list[Rule]) -> list[RuleSeen]:
    """With what people call their parts."""
    clients = {client.id: client for client in await uow.clients.all(scope=scope)}
    destinations = await uow.rules.destinations(scope=scope)
    escalated = await uow.rules.escalation_destinations(scope=scope)
    return [
        RuleSeen(
            id=rule.id,
            number=rule.number,
            event_type=rule.event_type,
            client=clients.get(rule.client_id),
            minimum_severity=rule.minimum_severity,
            active=rule.active,
            destinations=destinations.get(rule.id, ()),
            subject=rule.subject,
            quiet_hours=QuietHours.from_dict(rule.quiet_hours) if rule.quiet_hours else None,
            escalate_minutes=rule.escalate_minutes,
            escalate_to=escalated.get(rule.escalate_to or 0),
            owner=rule.owner,
        )
        for rule in rules
        if rule.id is not None
    ]


async def record(
    uow: UnitOfWork,
    actor: Actor,
    action: str,
    before: RuleSeen | None,
    after: RuleSeen | None,
    *,
    now: datetime,
) -> None:
    """Write a change of a rule into the audit."""
    rule = after or before
    assert rule is not None
    await audit.record(
        uow,
        actor,
        action,
        f"rule {rule.number}",
        before=before.as_dict() if before else None,
        after=after.as_dict() if after else None,
        clients=[each.client.id for each in (before, after) if each and each.client],
        now=now,
    )
