"""How rules did over weeks: for the review that comes once a month."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, or_
from sqlmodel import col, select

from store.ids import first_at
from store.repository import Repository
from store.scope import Scope
from store.tables import Conversation, Delivery, Destination, Episode, Event, Lifecycle
from store.tables.notify import SENT


class RuleReviews(Repository):
    """Of the scope's workspace."""

    async def sent(
        self, *, scope: Scope, types: Collection[str], since: datetime
    ) -> list[tuple[list[int], int, int]]:
        """By the rules that sent them: how many messages of these types, and to how many somebody reacted:
        took the episode, put it to sleep, or asked Houston about it."""
        query = (
            select(cast(Delivery.rule_ids, String), func.count(), func.sum(case((_is_heeded(), 1), else_=0)))
            .join(Event, col(Event.id) == col(Delivery.event_id))
            .outerjoin(Episode, col(Episode.id) == col(Event.episode_id))
            .outerjoin(Lifecycle, col(Lifecycle.key) == col(Episode.key))
            .where(*_made(scope, since), Delivery.state == SENT, col(Event.type).in_(types))
            .group_by(cast(Delivery.rule_ids, String))
        )
        return [(json.loads(ids), count, heeded) for ids, count, heeded in await self._session.exec(query)]

    async def fired(self, *, scope: Scope, since: datetime) -> set[int]:
        """The rules that sent anything since then."""
        query = select(cast(Delivery.rule_ids, String)).where(*_made(scope, since)).distinct()
        return {id for text in await self._session.exec(query) for id in json.loads(text)}

    async def failing(self, *, scope: Scope) -> Sequence[Destination]:
        """Where messages do not arrive."""
        wrong = or_(col(Destination.error) != "", col(Destination.paused_at).is_not(None))
        query = select(Destination).where(Destination.workspace_id == scope.workspace_id, wrong)
        return list(await self._session.exec(query.order_by(col(Destination.alias))))


def _made(scope: Scope, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Delivery.workspace_id) == scope.workspace_id,
        scope.holds(Delivery.client_id),
        col(Delivery.id) > first_at(since),
    )


def _is_heeded() -> ColumnElement[bool]:
    asked = exists().where(
        col(Conversation.workspace_id) == col(Delivery.workspace_id),
        or_(
            col(Conversation.event_id) == col(Delivery.event_id),
            and_(
                col(Conversation.channel) == col(Delivery.channel),
                col(Conversation.thread_ts) == col(Delivery.ts),
            ),
        ),
    )
    taken = (Episode.acknowledged_by, Episode.assigned_to, Lifecycle.snoozed_by)
    return or_(asked, *(func.coalesce(each, "") != "" for each in taken))
