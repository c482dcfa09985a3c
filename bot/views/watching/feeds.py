"""Metric feeds in words."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.views.blocks import Block, Message, button, section
from bot.views.text import count, escape, when
from bot.views.watching.listing import Listing, Row, deleting, editing, named, switching, wrong
from houston.reports.feeds import FeedPreview, FeedSeen
from store.tables import MetricFeed

NOTHING = "No metric feeds yet. A feed is a scheduled query whose rows become the points of metrics."
FIRST = "No metric feeds yet. Connect a data source first: *Data sources*, above."
METRICS, PROBLEMS = 8, 5


def listed(found: Sequence[FeedSeen], zone: ZoneInfo, *, has_sources: bool) -> Listing:
    rows = [Row(line=line(each, zone), buttons=_buttons(each.feed)) for each in found]
    adding = [button("Add metric feed", "add_feed", style="primary")] if has_sources else []
    return Listing(what="metric feed", rows=rows, nothing=NOTHING if has_sources else FIRST, add=adding)


def line(seen: FeedSeen, zone: ZoneInfo) -> str:
    """`*Orders* · from Shop · hourly · last read Nov 22, 2026 9:00 AM · Acme`, with what was wrong."""
    feed, parts = seen.feed, [named(seen.feed.name)]
    if seen.source_name:
        parts.append(f"from {escape(seen.source_name, 100)}")
    parts.append(escape(seen.words, 100))
    if not feed.active:
        parts.append("⏸ paused")
    if feed.checked_at:
        parts.append(f"last read {when(feed.checked_at, zone)}")
    if seen.client:
        parts.append(escape(seen.client, 100))
    return "\n".join([" · ".join(parts), *wrong(feed.error)])


def kept(seen: FeedSeen, what: str, zone: ZoneInfo) -> Message:
    """`what` is Added, Saved, Paused or Resumed."""
    said = f"✅ {what}: {line(seen, zone)}"
    return Message(text=said, blocks=[section(said)])


def previewed(preview: FeedPreview, zone: ZoneInfo) -> list[Block]:
    names = ", ".join(escape(each, 80) for each in preview.metrics[:METRICS])
    more = len(preview.metrics) - METRICS
    found = f"{count(preview.points, 'point')} of {names}{f' and {more} more' if more > 0 else ''}"
    newest = f"; the newest is of {when(preview.newest, zone)}" if preview.newest else ""
    said = f"✅ {found}{newest}." if preview.points else "⚠️ The query returns no points."
    problems = [f"⚠️ {escape(each, 300)}" for each in preview.problems[:PROBLEMS]]
    return [section("\n".join([said, *problems]))]


def _buttons(feed: MetricFeed) -> list[Block]:
    follows = "Its points stay; no new ones are read."
    return [
        editing("feed", feed.id),
        switching("feed", feed.id, active=feed.active),
        deleting("feed", feed.id, name=feed.name, what="metric feed", follows=follows),
    ]
