from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from houston.access import Actor
from houston.errors import NotFound
from houston.notify.rules import places, rows
from houston.notify.rules.checks import check
from houston.notify.rules.rule import RuleDraft, RuleSeen
from store import Scope, Store, UnitOfWork
from store.tables import Destination, Member, Rule

__all__ = ["CHANGE", "RuleDraft", "RuleSeen", "Rules"]

CHANGE = "change rules"


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules of a workspace: for teams, the only path from an event to a place."""

    store: Store
    now: Callable[[], datetime]

    async def all(self, scope: Scope) -> list[RuleSeen]:
        async with self.store.read() as uow:
            return await rows.seen(uow, scope, await uow.rules.all(scope=scope))

    async def get(self, scope: Scope, id: int) -> RuleSeen:
        async with self.store.read() as uow:
            return (await rows.seen(uow, scope, [await rows.found(uow, scope, id=id)]))[0]

    async def home(self, scope: Scope, id: int) -> str | None:
        """The workspace of a rule within the scope's clients; whether it may be seen, `Access` says."""
        async with self.store.read() as uow:
            return await uow.rules.workspace_of(scope=scope, id=id)

    async def posting_to(self, scope: Scope, channel_id: str) -> list[RuleSeen]:
        """The active rules that post to this channel."""
        rules = await self.all(scope)
        return [rule for rule in rules if rule.active and channel_id in rule.channels]

    async def elsewhere(self, actor: Actor) -> list[Destination]:
        """The destinations that are no channels, for those who may change rules."""
        if not actor.is_admin or actor.scope.workspace_id is None:
            return []
        async with self.store.read() as uow:
            found = await uow.destinations.all(workspace_id=actor.scope.workspace_id)
        return [each for each in found if each.kind != "channel"]

    async def people(self, actor: Actor) -> list[Member]:
        """Whom a rule may escalate to, for those who may change rules."""
        if not actor.is_admin or actor.scope.workspace_id is None:
            return []
        async with self.store.read() as uow:
            return [
                each for each in await uow.members.all(workspace_id=actor.scope.workspace_id) if each.active
            ]

    async def demand_fit(self, actor: Actor, draft: RuleDraft) -> None:
        """Raises as `add` would, and adds nothing."""
        actor.demand_admin(CHANGE)
        async with self.store.read() as uow:
            await check(uow, actor.scope, draft)

    async def add(self, actor: Actor, draft: RuleDraft) -> RuleSeen:
        """Raises InvalidFields by the form's block ids, NotAllowed."""
        actor.demand_admin(CHANGE)
        scope = actor.scope
        assert scope.workspace_id is not None
        async with self.store.begin() as uow:
            await check(uow, scope, draft)
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
            rule = await rows.found(uow, actor.scope, id=id)
            await check(uow, actor.scope, draft)
            before = (await rows.seen(uow, actor.scope, [rule]))[0]
            return await self._save(uow, actor, rule, draft, before)

    async def pause(self, actor: Actor, number: int) -> RuleSeen:
        return await self._switch_one(actor, number, active=False)

    async def resume(self, actor: Actor, number: int) -> RuleSeen:
        return await self._switch_one(actor, number, active=True)

    async def switch(self, actor: Actor, rule_ids: Sequence[int], *, active: bool) -> list[RuleSeen]:
        """Pause or resume several at once; those that are gone are left out.

        Raises NotFound where all are gone, NotAllowed.
        """
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            found = [await uow.rules.find(scope=actor.scope, id=id) for id in dict.fromkeys(rule_ids)]
            rules = [rule for rule in found if rule is not None]
            if not rules:
                raise NotFound("I know no such rule here. /houston rules lists them.")
            switched = [await self._switch(uow, actor, rule, active=active) for rule in rules]
            await uow.commit()
            return switched

    async def delete(self, actor: Actor, number: int) -> RuleSeen:
        """The rule as it was."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            rule = await rows.found(uow, actor.scope, number=number)
            seen = (await rows.seen(uow, actor.scope, [rule]))[0]
            await uow.rules.delete(rule=rule)
            await rows.record(uow, actor, "rule.deleted", seen, None, now=self.now())
            await uow.commit()
            return seen

    async def _switch_one(self, actor: Actor, number: int, *, active: bool) -> RuleSeen:
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            rule = await rows.found(uow, actor.scope, number=number)
            switched = await self._switch(uow, actor, rule, active=active)
            await uow.commit()
            return switched

    async def _switch(self, uow: UnitOfWork, actor: Actor, rule: Rule, *, active: bool) -> RuleSeen:
        before = (await rows.seen(uow, actor.scope, [rule]))[0]
        rule.active, rule.updated_at = active, self.now()
        rule.paused_by = "" if active else f"{rule.workspace_id}/{actor.user_id}"
        rule.paused_name = "" if active else actor.name
        after = replace(before, active=active)
        action = "rule.resumed" if active else "rule.paused"
        await rows.record(uow, actor, action, before, after, now=self.now())
        return after

    async def _save(
        self, uow: UnitOfWork, actor: Actor, rule: Rule, draft: RuleDraft, before: RuleSeen | None
    ) -> RuleSeen:
        rows.fill(rule, draft)
        rule.updated_at = self.now()
        escalation = draft.escalate_to
        target = await self._made(uow, rule.workspace_id, escalation) if escalation is not None else None
        rule.escalate_to = target.id if target else None
        places = [await self._made(uow, rule.workspace_id, place) for place in draft.places]
        await uow.rules.save(rule=rule, destination_ids=[each.id for each in places if each.id])
        seen = (await rows.seen(uow, actor.scope, [rule]))[0]
        action = "rule.edited" if before else "rule.added"
        await rows.record(uow, actor, action, before, seen, now=self.now())
        await uow.commit()
        return seen

    async def _made(self, uow: UnitOfWork, workspace_id: str, place: places.Place) -> Destination:
        found = await places.made(uow, workspace_id, place, self.now())
        assert found is not None
        return found
