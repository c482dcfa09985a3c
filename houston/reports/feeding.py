"""One look of a feed: its query is asked, and its rows become points."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston import access
from houston.errors import HoustonError, Invalid
from houston.records.imports import BATCH, Imports
from houston.reports import failing, feed_rows, timing
from houston.reports.failing import Concerned, Failing
from houston.reports.feed_points import Points, batches, points, summed_up
from houston.reports.sources import DataSources
from store import Scope, Store
from store.tables import MetricFeed

NOUN = "The metric feed"
TOO_LONG = "Its data source took too long to answer. Ask for fewer rows, or less often."


@dataclass(frozen=True, kw_only=True)
class Feeding:
    store: Store
    sources: DataSources
    imports: Imports
    failing: Failing
    now: Callable[[], datetime]

    async def read(
        self, scope: Scope, feed: MetricFeed, now: datetime, *, for_client: int | None = None
    ) -> Points:
        """What it would feed; `for_client` as DataSources.run has it. Raises Invalid by the form's fields,
        and HoustonError."""
        async with self.store.read() as uow:
            owner = await feed_rows.owner(uow, feed)
        result = await self.sources.run(scope, feed.source_id, feed.sql, now, for_client=for_client)
        return await asyncio.to_thread(points, result, owner, self.now())

    async def look(self, feed: MetricFeed) -> None:
        """Claim what is due, and feed; nothing where somebody else was first."""
        assert feed.id is not None
        now = self.now()
        lease = now + timing.LEASE
        async with self.store.begin() as uow:
            is_ours = await uow.metric_feeds.move(id=feed.id, due_at=feed.due_at, values={"due_at": lease})
            await uow.commit()
        if is_ours:
            error, has_failed = await self._feed(feed, now)
            await self._settle(feed, lease, error, feed.failures + 1 if has_failed else 0)

    async def _feed(self, feed: MetricFeed, now: datetime) -> tuple[str, bool]:
        """What is wrong, and whether that is all."""
        try:
            async with asyncio.timeout(timing.LONGEST_TURN):
                found = await self.read(access.everything(), feed, now, for_client=feed.client_id)
                for batch in batches(found.readings, BATCH):
                    await self.imports.points(access.everything(), batch)
        except HoustonError as error:
            return error.message, True
        except TimeoutError:
            return TOO_LONG, True
        return summed_up(found.problems), False

    async def _settle(self, feed: MetricFeed, lease: datetime, error: str, failures: int) -> None:
        assert feed.id is not None
        now = self.now()
        values: dict[str, Any] = {"checked_at": now, "error": error, "failures": failures}
        values["due_at"] = _due(feed, now, failures)
        async with self.store.begin() as uow:
            is_kept = await uow.metric_feeds.move(id=feed.id, due_at=lease, values=values)
            await uow.commit()
        if is_kept:
            await self._tell(feed, error, failures, now)

    async def _tell(self, feed: MetricFeed, error: str, failures: int, now: datetime) -> None:
        concerned = Concerned(
            person=feed.created_by, workspace_id=feed.workspace_id, client_id=feed.client_id
        )
        key = f"feed:{feed.id}:{now.isoformat()}"
        if failures == timing.TOLD_AFTER:
            await self.failing.tell(failing.fails(NOUN, feed.name, error), concerned, key=key)
        elif not failures and feed.failures >= timing.TOLD_AFTER:
            await self.failing.tell(failing.well(NOUN, feed.name), concerned, key=key)


def _due(feed: MetricFeed, now: datetime, failures: int) -> datetime:
    """A schedule that nobody can read comes back later, as the failure that it is."""
    try:
        return timing.due_after(feed.schedule, now, timing.zone(feed.timezone), failures=failures)
    except Invalid:
        return now + timing.UNREADABLE
