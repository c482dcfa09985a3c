"""Metric feeds between the table and people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from houston.access import Actor, everything
from houston.errors import Invalid, InvalidFields, NotFound
from houston.records.checks import text
from houston.reports import timing
from houston.reports.feed import FeedDraft, FeedSeen
from houston.reports.feed_points import Owner
from houston.reports.ownership import client_named, client_of, complain, source_of
from houston.reports.report_rows import LONGEST_NAME, LONGEST_SQL
from houston.team import audit
from houston.watch import schedules
from store import Scope, UnitOfWork
from store.tables import MetricFeed


async def found(uow: UnitOfWork, scope: Scope, id: int) -> MetricFeed:
    """Raises NotFound."""
    feed = await uow.metric_feeds.find(scope=scope, id=id)
    if feed is None:
        raise NotFound("I know no such metric feed. /houston sources lists them.")
    return feed


async def seen(uow: UnitOfWork, scope: Scope, feeds: Sequence[MetricFeed]) -> list[FeedSeen]:
    """With what people call their parts; the query of a data source that is out of sight is not told."""
    clients = {client.id: client.name for client in await uow.clients.all(scope=scope)}
    sources = {source.id: source.name for source in await uow.data_sources.all(scope=scope)}
    return [
        FeedSeen(
            feed=feed if feed.source_id in sources else MetricFeed(**feed.model_dump() | {"sql": ""}),
            source_name=sources.get(feed.source_id, ""),
            client=clients.get(feed.client_id),
            words=timing.words(feed.schedule),
        )
        for feed in feeds
    ]


async def fill(uow: UnitOfWork, actor: Actor, feed: MetricFeed, draft: FeedDraft, now: datetime) -> None:
    """Write the draft into the row, due as if it were new. Raises InvalidFields."""
    errors: dict[str, str] = {}
    for write in (_words, _timing):
        try:
            await write(uow, actor, feed, draft, now)
        except Invalid as error:
            complain(errors, error)
    try:
        source = await source_of(uow, actor.scope, draft.source_id)
        feed.client_id = await client_of(uow, actor.scope, source, draft.client_id)
        feed.source_id = draft.source_id
    except Invalid as error:
        complain(errors, error)
    if errors:
        raise InvalidFields(errors)
    feed.active, feed.failures, feed.error = draft.active, 0, ""


async def owner(uow: UnitOfWork, feed: MetricFeed) -> Owner:
    """Whose points its rows are. Raises Invalid for `timezone`."""
    clients = await uow.clients.all(scope=everything())
    own = next((client.slug for client in clients if client.id == feed.client_id), "")
    meant = [client for client in clients if feed.client_id in (None, client.id)]
    known = {client.name.casefold(): client.slug for client in meant}
    known |= {client.slug: client.slug for client in meant}
    return Owner(slug=own, known=known, metric=feed.metric, zone=timing.zone(feed.timezone))


async def keep(
    uow: UnitOfWork,
    actor: Actor,
    action: str,
    feed: MetricFeed,
    before: dict[str, Any] | None,
    *,
    now: datetime,
) -> None:
    after = None if action.endswith("deleted") else await told(uow, feed)
    clients, subject = [feed.client_id], f"metric feed {feed.id}"
    await audit.record(uow, actor, action, subject, before=before, after=after, clients=clients, now=now)
    await uow.commit()


async def told(uow: UnitOfWork, feed: MetricFeed) -> dict[str, Any]:
    """What the audit keeps of it, as of a report."""
    client = await client_named(uow, everything(), feed.client_id)
    source = await uow.data_sources.find(scope=everything(), id=feed.source_id)
    is_its_own = source is not None and source.client_id == feed.client_id
    names = {"name", "metric", "source_id", "schedule", "timezone", "active"}
    names |= {"sql"} if is_its_own else set()
    return {**feed.model_dump(include=names), "client": client.slug if client else None}


async def _words(uow: UnitOfWork, actor: Actor, feed: MetricFeed, draft: FeedDraft, now: datetime) -> None:
    feed.name = text("name", draft.name, most=LONGEST_NAME, required=True)
    feed.sql = text("sql", draft.sql, most=LONGEST_SQL, required=True)
    feed.metric = text("metric", draft.metric, most=200)


async def _timing(uow: UnitOfWork, actor: Actor, feed: MetricFeed, draft: FeedDraft, now: datetime) -> None:
    schedules.check(draft.schedule)
    feed.schedule = schedules.words(draft.schedule)
    feed.timezone = await timing.zone_name(uow, actor, draft.timezone)
    feed.due_at = timing.first_due(feed.schedule, now, timing.zone(feed.timezone))
