"""The rule that is an alert's own, for data alerts of just its name: choosing where it posts edits that."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from glob import escape

from houston.access import Actor, itself
from houston.errors import InvalidFields
from houston.notify.rules import places, rows
from houston.notify.rules.checks import NOWHERE, check
from houston.notify.rules.places import Place
from houston.notify.rules.rule import RuleDraft, RuleSeen
from houston.watch.alerts.ways import DATA_ALERT
from store import Scope, UnitOfWork
from store.tables import Alert, Rule, Workspace

IN_SLACK = "Channels are those of a Slack workspace: choose them in Slack."


async def choose(uow: UnitOfWork, actor: Actor, alert: Alert, chosen: Sequence[Place], now: datetime) -> None:
    """Send it to these places, in the transaction that keeps the alert. Raises InvalidFields for
    `channels`."""
    rule = await _own(uow, actor.scope, alert)
    if rule and not chosen:
        await _drop(uow, actor, rule, now)
    if not chosen:
        return
    home = actor.scope.workspace_id
    if home is None:
        raise InvalidFields({"channels": IN_SLACK})
    before = await _seen(uow, rule) if rule else None
    draft = _draft(alert, chosen, before)
    await _demand_fit(uow, actor, draft)
    rule = rule or await _new(uow, home, actor, now)
    rows.fill(rule, draft)
    rule.updated_at = now
    made = [await places.made(uow, home, place, now) for place in draft.places]
    await uow.rules.save(rule=rule, destination_ids=[each.id for each in made if each and each.id])
    action = "rule.edited" if before else "rule.added"
    await rows.record(uow, actor, action, before, await _seen(uow, rule), now=now)


async def _new(uow: UnitOfWork, home: str, actor: Actor, now: datetime) -> Rule:
    number = await uow.workspaces.take_rule_number(id=home)
    rule = Rule(workspace_id=home, number=number, event_type=DATA_ALERT, created_at=now, updated_at=now)
    rule.owner = actor.user_id
    return rule


async def rename(uow: UnitOfWork, actor: Actor, alert: Alert, before: str, now: datetime) -> None:
    """In every workspace: whoever chose this alert by its name still means it."""
    if alert.name == before:
        return
    for rule in await _about(uow, alert, before):
        old = await _seen(uow, rule)
        rule.subject, rule.updated_at = escape(alert.name), now
        after = replace(old, subject=rule.subject)
        await rows.record(uow, actor, "rule.edited", old, after, now=now)


async def remove(uow: UnitOfWork, actor: Actor, alert: Alert, now: datetime) -> None:
    """In every workspace, unless another alert of the name is left."""
    left = await uow.alerts.named(scope=actor.scope, name=alert.name, client_id=alert.client_id)
    if any(each.id != alert.id for each in left):
        return
    for rule in await _about(uow, alert, alert.name):
        await _drop(uow, actor, rule, now)


async def _own(uow: UnitOfWork, scope: Scope, alert: Alert) -> Rule | None:
    if scope.workspace_id is None:
        return None
    found = await _about(uow, alert, alert.name)
    return next((rule for rule in found if rule.workspace_id == scope.workspace_id), None)


async def _about(uow: UnitOfWork, alert: Alert, name: str) -> list[Rule]:
    """The rules for just this alert: of its client, or in that client's own workspace of all."""
    homes = {each.id: each for each in await uow.workspaces.all()}
    found = await uow.alerts.rules(subject=escape(name))
    return [rule for rule in found if _client(rule, homes) == alert.client_id]


def _client(rule: Rule, homes: Mapping[str, Workspace]) -> int | None:
    return homes[rule.workspace_id].client_id if rule.client_id is None else rule.client_id


def _draft(alert: Alert, chosen: Sequence[Place], known: RuleSeen | None) -> RuleDraft:
    """What people changed of the rule itself stays."""
    channels = tuple(place for place in chosen if isinstance(place, str))
    others = tuple(place for place in chosen if isinstance(place, int))
    before = known.as_draft() if known else None
    return RuleDraft(
        channels=channels,
        destination_ids=others,
        event_type=DATA_ALERT,
        subject=escape(alert.name),
        client_id=before.client_id if before else alert.client_id,
        minimum_severity=before.minimum_severity if before else "info",
        quiet_hours=before.quiet_hours if before else None,
        escalate_minutes=before.escalate_minutes if before else None,
        escalate_to=before.escalate_to if before else None,
        active=before.active if before else True,
    )


async def _demand_fit(uow: UnitOfWork, actor: Actor, draft: RuleDraft) -> None:
    try:
        await check(uow, actor.scope, draft)
    except InvalidFields as wrong:
        said = dict.fromkeys(wrong.errors.values())
        raise InvalidFields({"channels": " ".join(said) or NOWHERE}) from wrong


async def _seen(uow: UnitOfWork, rule: Rule) -> RuleSeen:
    return (await rows.seen(uow, itself(rule.workspace_id).scope, [rule]))[0]


async def _drop(uow: UnitOfWork, actor: Actor, rule: Rule, now: datetime) -> None:
    before = await _seen(uow, rule)
    await uow.rules.delete(rule=rule)
    await rows.record(uow, actor, "rule.deleted", before, None, now=now)
