from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from houston.access import Actor
from houston.errors import InvalidFields, NotFound
from houston.notify.vocabulary import EVENT_TYPES, NOTE_TYPES, SEVERITIES
from houston.team import audit
from store import Scope, Store, UnitOfWork
from store.tables import Client, Destination, Rule

CHANGE = "change rules"


@dataclass(frozen=True, kw_only=True)
class RuleDraft:
    """A rule as somebody filled it in; `channels` are Slack channel ids."""

    channels: tuple[str, ...]
    event_type: str
    client_id: int | None = None
    minimum_severity: str = "info"
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class RuleSeen:
    """A rule with what people call its parts. No client: all clients."""

    id: int
    number: int
    event_type: str
    client: Client | None
    minimum_severity: str
    active: bool
    destinations: tuple[Destination, ...]

    def as_dict(self) -> dict[str, Any]:
        """What the audit keeps of it."""
        return {
            "event_type": self.event_type,
            "client": self.client.slug if self.client else None,
            "minimum_severity": self.minimum_severity,
            "active": self.active,
            "destinations": [each.alias for each in self.destinations],
        }


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules of a workspace: routing is the only path from an event to a channel."""

    store: Store
    now: Callable[[], datetime]

    async def all(self, scope: Scope) -> list[RuleSeen]:
        async with self.store.read() as uow:
            return await _seen(uow, scope, await uow.rules.all(scope=scope))

    async def get(self, scope: Scope, id: int) -> RuleSeen:
        async with self.store.read() as uow:
            return (await _seen(uow, scope, [await _found(uow, scope, id=id)]))[0]

    async def home(self, scope: Scope, id: int) -> str | None:
        """The workspace of a rule within the scope's clients; whether it may be seen, `Access` says."""
        async with self.store.read() as uow:
            return await uow.rules.workspace_of(scope=scope, id=id)

    async def posting_to(self, scope: Scope, channel_id: str) -> list[RuleSeen]:
        """The active rules that post to this channel."""
        rules = await self.all(scope)
        return [rule for rule in rules if rule.active and channel_id in _channels(rule)]

    async def add(self, actor: Actor, draft: RuleDraft) -> RuleSeen:
        """Raises InvalidFields by the form's block ids, NotAllowed."""
        actor.demand_admin(CHANGE)
        scope = actor.scope
        assert scope.workspace_id is not None
        async with self.store.begin() as uow:
            await _check(uow, scope, draft)
            number = await uow.workspaces.take_rule_number(id=scope.workspace_id)
            rule = Rule(
                workspace_id=scope.workspace_id,
                number=number,
                event_type=draft.event_type,
                owner=actor.user_id,
                created_at=self.now(),
                updated_at=self.now(),
            )
            return await self._save(uow, actor, rule, draft, None)

    async def edit(self, actor: Actor, id: int, draft: RuleDraft) -> RuleSeen:
        """Raises InvalidFields by the form's block ids, NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            rule = await _found(uow, actor.scope, id=id)
            await _check(uow, actor.scope, draft)
            before = (await _seen(uow, actor.scope, [rule]))[0]
            return await self._save(uow, actor, rule, draft, before)

    async def pause(self, actor: Actor, number: int) -> RuleSeen:
        return await self._switch(actor, number, active=False)

    async def resume(self, actor: Actor, number: int) -> RuleSeen:
        return await self._switch(actor, number, active=True)

    async def delete(self, actor: Actor, number: int) -> RuleSeen:
        """The rule as it was."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            rule = await _found(uow, actor.scope, number=number)
            seen = (await _seen(uow, actor.scope, [rule]))[0]
            await uow.rules.delete(rule=rule)
            await self._keep(uow, actor, "rule.deleted", seen, None)
            return seen

    async def _switch(self, actor: Actor, number: int, *, active: bool) -> RuleSeen:
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            rule = await _found(uow, actor.scope, number=number)
            before = (await _seen(uow, actor.scope, [rule]))[0]
            rule.active, rule.updated_at = active, self.now()
            after = replace(before, active=active)
            await self._keep(uow, actor, "rule.resumed" if active else "rule.paused", before, after)
            return after

    async def _keep(
        self, uow: UnitOfWork, actor: Actor, action: str, before: RuleSeen | None, after: RuleSeen | None
    ) -> None:
        """Write the change down and commit both."""
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
            now=self.now(),
        )
        await uow.commit()

    async def _save(
        self, uow: UnitOfWork, actor: Actor, rule: Rule, draft: RuleDraft, before: RuleSeen | None
    ) -> RuleSeen:
        rule.event_type, rule.client_id = draft.event_type, draft.client_id
        rule.minimum_severity = "info" if draft.event_type in NOTE_TYPES else draft.minimum_severity
        rule.active, rule.updated_at = draft.active, self.now()
        destinations = [
            await self._destination(uow, rule.workspace_id, channel) for channel in draft.channels
        ]
        await uow.rules.save(rule=rule, destination_ids=[each.id for each in destinations if each.id])
        seen = (await _seen(uow, actor.scope, [rule]))[0]
        await self._keep(uow, actor, "rule.edited" if before else "rule.added", before, seen)
        return seen

    async def _destination(self, uow: UnitOfWork, workspace_id: str, channel_id: str) -> Destination:
        channel = await uow.channels.find(workspace_id=workspace_id, id=channel_id)
        alias = f"#{channel.name}" if channel else channel_id
        return await uow.destinations.of(
            workspace_id=workspace_id, kind="channel", address=channel_id, alias=alias, now=self.now()
        )


async def _check(uow: UnitOfWork, scope: Scope, draft: RuleDraft) -> None:
    assert scope.workspace_id is not None
    errors: dict[str, str] = {}
    channels = await uow.channels.member_of(workspace_id=scope.workspace_id)
    known = {channel.id for channel in channels}
    bound = {channel.client_id for channel in channels if channel.id in draft.channels} - {None}
    if not draft.channels:
        errors["channel"] = "Choose at least one channel. If yours is missing, /invite @Houston there first."
    elif not known.issuperset(draft.channels):
        errors["channel"] = "Houston is not in one of these channels: /invite @Houston there first."
    elif draft.client_id is not None and bound - {draft.client_id}:
        errors["channel"] = "One of these channels is bound to another client. Choose one that is not."
    if draft.event_type not in EVENT_TYPES:
        errors["event_type"] = "Choose what should trigger a message."
    if draft.minimum_severity not in SEVERITIES:
        errors["severity"] = f"Choose one of {', '.join(SEVERITIES)}."
    if draft.client_id is not None and not await uow.clients.get(scope=scope, id=draft.client_id):
        errors["client"] = "Choose a client from the list."
    if errors:
        raise InvalidFields(errors)


async def _found(uow: UnitOfWork, scope: Scope, *, number: int | None = None, id: int | None = None) -> Rule:
    rule = await uow.rules.find(scope=scope, number=number, id=id)
    if rule is None:
        named = f"rule {number}" if number is not None else "such rule"
        raise NotFound(f"I know no {named} here. /houston rules lists them.")
    return rule


async def _seen(uow: UnitOfWork, scope: Scope, rules: list[Rule]) -> list[RuleSeen]:
    clients = {client.id: client for client in await uow.clients.all(scope=scope)}
    destinations = await uow.rules.destinations(scope=scope)
    return [
        RuleSeen(
            id=rule.id,
            number=rule.number,
            event_type=rule.event_type,
            client=clients.get(rule.client_id),
            minimum_severity=rule.minimum_severity,
            active=rule.active,
            destinations=destinations.get(rule.id, ()),
        )
        for rule in rules
        if rule.id is not None
    ]


def _channels(rule: RuleSeen) -> set[str]:
    return {each.address for each in rule.destinations if each.kind == "channel"}
