from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.errors import InvalidFields, NotFound
from houston.notify.vocabulary import EVENT_TYPES, NOTE_TYPES, SEVERITIES
from store import Scope, Store, UnitOfWork
from store.tables import Client, Destination, Rule


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

    async def posting_to(self, scope: Scope, channel_id: str) -> list[RuleSeen]:
        """The active rules that post to this channel."""
        rules = await self.all(scope)
        return [rule for rule in rules if rule.active and channel_id in _channels(rule)]

    async def add(self, scope: Scope, draft: RuleDraft, by: str) -> RuleSeen:
        """Raises InvalidFields by the form's block ids."""
        assert scope.workspace_id is not None
        async with self.store.begin() as uow:
            await _check(uow, scope, draft)
            number = await uow.workspaces.take_rule_number(id=scope.workspace_id)
            rule = Rule(
                workspace_id=scope.workspace_id,
                number=number,
                event_type=draft.event_type,
                created_by=by,
                created_at=self.now(),
                updated_at=self.now(),
            )
            return await self._save(uow, scope, rule, draft)

    async def edit(self, scope: Scope, id: int, draft: RuleDraft) -> RuleSeen:
        """Raises InvalidFields by the form's block ids, NotFound."""
        async with self.store.begin() as uow:
            rule = await _found(uow, scope, id=id)
            await _check(uow, scope, draft)
            return await self._save(uow, scope, rule, draft)

    async def pause(self, scope: Scope, number: int) -> RuleSeen:
        return await self._switch(scope, number, active=False)

    async def resume(self, scope: Scope, number: int) -> RuleSeen:
        return await self._switch(scope, number, active=True)

    async def delete(self, scope: Scope, number: int) -> RuleSeen:
        """The rule as it was."""
        async with self.store.begin() as uow:
            rule = await _found(uow, scope, number=number)
            seen = (await _seen(uow, scope, [rule]))[0]
            await uow.rules.delete(rule=rule)
            await uow.commit()
            return seen

    async def _switch(self, scope: Scope, number: int, *, active: bool) -> RuleSeen:
        async with self.store.begin() as uow:
            rule = await _found(uow, scope, number=number)
            rule.active, rule.updated_at = active, self.now()
            seen = (await _seen(uow, scope, [rule]))[0]
            await uow.commit()
            return seen

    async def _save(self, uow: UnitOfWork, scope: Scope, rule: Rule, draft: RuleDraft) -> RuleSeen:
        rule.event_type, rule.client_id = draft.event_type, draft.client_id
        rule.minimum_severity = "info" if draft.event_type in NOTE_TYPES else draft.minimum_severity
        rule.active, rule.updated_at = draft.active, self.now()
        destinations = [
            await self._destination(uow, rule.workspace_id, channel) for channel in draft.channels
        ]
        await uow.rules.save(rule=rule, destination_ids=[each.id for each in destinations if each.id])
        seen = (await _seen(uow, scope, [rule]))[0]
        await uow.commit()
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
    known = {channel.id for channel in await uow.channels.member_of(workspace_id=scope.workspace_id)}
    if not draft.channels:
        errors["channel"] = "Choose at least one channel. If yours is missing, /invite @Houston there first."
    elif not known.issuperset(draft.channels):
        errors["channel"] = "Houston is not in one of these channels: /invite @Houston there first."
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
