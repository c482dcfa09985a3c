from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, delete, false, or_
from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Destination, Rule, RuleDestination


class Rules(Repository):
    """A workspace's rules; one for all clients is seen by everybody there."""

    async def all(self, *, scope: Scope) -> list[Rule]:
        query = select(Rule).where(*_within(scope)).order_by(col(Rule.number))
        return list(await self._session.exec(query))

    async def find(self, *, scope: Scope, number: int | None = None, id: int | None = None) -> Rule | None:
        named = Rule.number == number if number is not None else Rule.id == id
        return (await self._session.exec(select(Rule).where(named, *_within(scope)))).first()

    async def workspace_of(self, *, scope: Scope, id: int) -> str | None:
        """The workspace of a rule within the scope's clients; whether it may be seen, others say."""
        seen = or_(col(Rule.client_id).is_(None), scope.holds(Rule.client_id))
        return (await self._session.exec(select(Rule.workspace_id).where(Rule.id == id, seen))).first()

    async def save(self, *, rule: Rule, destination_ids: Sequence[int]) -> Rule:
        self._session.add(rule)
        await self._session.flush()
        await self._session.exec(delete(RuleDestination).where(col(RuleDestination.rule_id) == rule.id))
        assert rule.id is not None
        self._session.add_all(
            RuleDestination(rule_id=rule.id, destination_id=id) for id in dict.fromkeys(destination_ids)
        )
        await self._session.flush()
        return rule

    async def delete(self, *, rule: Rule) -> None:
        await self._session.exec(delete(RuleDestination).where(col(RuleDestination.rule_id) == rule.id))
        await self._session.delete(rule)
        await self._session.flush()

    async def paused(self, *, scope: Scope, workspace_id: str, ids: Collection[int]) -> list[Rule]:
        """Those of these rules of one workspace that are switched off."""
        query = select(Rule).where(
            Rule.workspace_id == workspace_id,
            col(Rule.id).in_(ids),
            col(Rule.active).is_(False),
            or_(col(Rule.client_id).is_(None), scope.holds(Rule.client_id)),
        )
        return list(await self._session.exec(query))

    async def destinations(self, *, scope: Scope) -> dict[int, tuple[Destination, ...]]:
        """Each rule's destinations, by rule id."""
        query = (
            select(RuleDestination.rule_id, Destination)
            .join(Destination, col(Destination.id) == col(RuleDestination.destination_id))
            .where(Destination.workspace_id == scope.workspace_id)
            .order_by(col(Destination.id))
        )
        found: dict[int, tuple[Destination, ...]] = {}
        for rule_id, destination in await self._session.exec(query):
            found[rule_id] = (*found.get(rule_id, ()), destination)
        return found

    async def escalation_destinations(self, *, scope: Scope) -> dict[int, Destination]:
        """Where the workspace's rules escalate to, by the destination's id."""
        used = select(Rule.escalate_to).where(Rule.workspace_id == scope.workspace_id)
        query = select(Destination).where(col(Destination.id).in_(used))
        return {each.id or 0: each for each in await self._session.exec(query)}


def _within(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """Whoever sees nothing at all sees no rule either."""
    for_all = false() if scope.client_ids == frozenset() else col(Rule.client_id).is_(None)
    return col(Rule.workspace_id) == scope.workspace_id, or_(for_all, scope.holds(Rule.client_id))
