"""Scheduled queries whose rows become points, as people keep them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from houston import access
from houston.access import Actor
from houston.errors import Invalid, InvalidFields
from houston.reports import feed_rows
from houston.reports.feed import FeedDraft, FeedPreview, FeedSeen
from houston.reports.feeding import Feeding
from houston.reports.ownership import made_by
from houston.reports.turns import Turn, Turns
from store import Scope, Store
from store.errors import SourceError
from store.tables import MetricFeed

__all__ = ["CHANGE", "FeedDraft", "FeedPreview", "FeedSeen", "Feeds"]

CHANGE = "change metric feeds"
LOOKED_AT = 500
"""Due feeds that one tick looks at."""


@dataclass(frozen=True, kw_only=True)
class Feeds:
    store: Store
    feeding: Feeding
    now: Callable[[], datetime]
    turns: Turns = field(default_factory=Turns)

    async def all(self, scope: Scope) -> list[FeedSeen]:
        """By name."""
        async with self.store.read() as uow:
            return await feed_rows.seen(uow, scope, await uow.metric_feeds.all(scope=scope))

    async def get(self, scope: Scope, id: int) -> FeedSeen:
        """Raises NotFound."""
        async with self.store.read() as uow:
            return (await feed_rows.seen(uow, scope, [await feed_rows.found(uow, scope, id)]))[0]

    async def preview(self, actor: Actor, draft: FeedDraft) -> FeedPreview:
        """Raises InvalidFields by `name`, `source`, `sql`, `metric`, `client`, `schedule` and
        `timezone`, NotAllowed."""
        actor.demand_admin(CHANGE)
        feed = self._new(actor, draft)
        async with self.store.read() as uow:
            await feed_rows.fill(uow, actor, feed, draft, self.now())
        try:
            found = await self.feeding.read(actor.scope, feed, self.now())
        except Invalid as error:
            raise InvalidFields({error.field: error.message}) from error
        except SourceError as error:
            raise InvalidFields({"sql": error.message}) from error
        named = {(each.series.metric, each.series.channel) for each in found.readings}
        return FeedPreview(
            points=len(found.readings),
            metrics=tuple(sorted("/".join(filter(None, each)) for each in named)),
            newest=max((each.time for each in found.readings), default=None),
            problems=found.problems,
        )

    async def add(self, actor: Actor, draft: FeedDraft) -> FeedSeen:
        """Run once before it is kept. Raises as `preview`."""
        await self.preview(actor, draft)
        async with self.store.begin() as uow:
            feed = self._new(actor, draft)
            await feed_rows.fill(uow, actor, feed, draft, self.now())
            await uow.metric_feeds.save(feed=feed)
            await feed_rows.keep(uow, actor, "metric_feed.added", feed, None, now=self.now())
        return await self.get(actor.scope, feed.id or 0)

    async def edit(self, actor: Actor, id: int, draft: FeedDraft) -> FeedSeen:
        """Raises as `preview`, and NotFound."""
        actor.demand_admin(CHANGE)
        await self.get(actor.scope, id)
        await self.preview(actor, draft)
        async with self.store.begin() as uow:
            feed = await feed_rows.found(uow, actor.scope, id)
            before = await feed_rows.told(uow, feed)
            await feed_rows.fill(uow, actor, feed, draft, self.now())
            await uow.metric_feeds.save(feed=feed)
            await feed_rows.keep(uow, actor, "metric_feed.edited", feed, before, now=self.now())
        return await self.get(actor.scope, id)

    async def delete(self, actor: Actor, id: int) -> MetricFeed:
        """What it fed stays. Raises NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            feed = await feed_rows.found(uow, actor.scope, id)
            before = await feed_rows.told(uow, feed)
            await uow.metric_feeds.delete(feed=feed)
            await feed_rows.keep(uow, actor, "metric_feed.deleted", feed, before, now=self.now())
        return feed

    async def pause(self, actor: Actor, id: int) -> FeedSeen:
        """Raises NotFound, NotAllowed."""
        return await self._switch(actor, id, active=False)

    async def resume(self, actor: Actor, id: int) -> FeedSeen:
        """It is due at once. Raises NotFound, NotAllowed."""
        return await self._switch(actor, id, active=True)

    async def due(self, now: datetime) -> None:
        """A tick: begin those that are due, and wait for none of them."""
        async with self.store.read() as uow:
            waiting = await uow.metric_feeds.due(scope=access.everything(), now=now, limit=LOOKED_AT)
        self.turns.begin(self._turn(feed) for feed in waiting)

    async def settled(self) -> None:
        """Until none that was begun runs."""
        await self.turns.settled()

    async def close(self) -> None:
        await self.turns.close()

    async def _switch(self, actor: Actor, id: int, *, active: bool) -> FeedSeen:
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            feed = await feed_rows.found(uow, actor.scope, id)
            before = await feed_rows.told(uow, feed)
            feed.active, feed.due_at, feed.failures, feed.error = active, self.now(), 0, ""
            await uow.metric_feeds.save(feed=feed)
            action = "metric_feed.resumed" if active else "metric_feed.paused"
            await feed_rows.keep(uow, actor, action, feed, before, now=self.now())
        return await self.get(actor.scope, id)

    def _turn(self, feed: MetricFeed) -> Turn:
        name = f"metric feed {feed.id}"
        return Turn(name=name, source_id=feed.source_id, call=partial(self.feeding.look, feed))

    def _new(self, actor: Actor, draft: FeedDraft) -> MetricFeed:
        return MetricFeed(
            workspace_id=actor.scope.workspace_id,
            source_id=draft.source_id,
            name=draft.name,
            sql=draft.sql,
            created_by=made_by(actor),
            created_at=self.now(),
            due_at=self.now(),
        )
