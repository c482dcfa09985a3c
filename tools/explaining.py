from datetime import datetime
from typing import Any

from houston.agent.tool import ToolContext, ToolError, tool
from houston.watch.around import Around
from houston.watch.explaining import Explanation
from houston.watch.moving_together import Moved
from houston.watch.naming_days import day_named
from store.tables import Episode, Occurrence
from tools.outliers import outlier as shown_outlier
from tools.results import local, percent, rounded, row_id, said, shortened, source, the_client

MOST_MOVED, MOST_EARLIER, MOST_CHANNELS = 8, 5, 12
NO_ID = "outlier is an id from outlier_occurrences: call that first, or give metric and time."
USUAL = "usual is the median of the same time in the 8 weeks before; times_spread is how unusual that is."


@tool(label="Looking at what moved{client}")
async def explain_outlier(
    ctx: ToolContext,
    outlier: str | None = None,
    metric: str | None = None,
    channel: str | None = None,
    time: datetime | None = None,
) -> dict[str, Any]:
    """Says what is known about one outlier: which channels and which related metrics moved with it and which
    did not, whether it still goes on, earlier ones of the same series, notes and failed tasks around it.
    These are figures side by side: they do not prove a cause.

    Args:
        outlier: Its id, from outlier_occurrences; or else metric and time.
        metric: The metric's exact name, where no id is known.
        channel: Its marketing channel.
        time: When it was, ISO 8601, such as 2026-11-12T14:00.
    """
    id = _id(outlier) if outlier else await _found(ctx, metric, channel, time)
    found = await ctx.desk.explaining(ctx.scope, id, ctx.zone)
    return {
        "outlier": shown_outlier(ctx, found.outlier),
        "by_channel": [_channel(each) for each in found.channels[:MOST_CHANNELS]],
        "moved_with": [_moved(each) for each in found.moved[:MOST_MOVED]],
        "unmoved": list(found.unmoved),
        "now": _now(ctx, found),
        "episode": _episode(ctx, found.around.episode),
        **_earlier(ctx, found),
        **_records(ctx, found.around),
        "remarks": [USUAL],
        "source": source(ctx, rows=found.points, freshness=found.now_at)
        | {"client": found.outlier.client.name},
    }


async def _found(ctx: ToolContext, metric: str | None, channel: str | None, time: datetime | None) -> int:
    if metric is None or time is None:
        raise ToolError("Give the id of an outlier from outlier_occurrences, or its metric and its time.")
    at = time if time.tzinfo else time.replace(tzinfo=ctx.zone)
    return await ctx.desk.explaining.find(
        ctx.scope, client_id=the_client(ctx), metric=metric, channel=channel or None, at=at
    )


def _id(outlier: str) -> int:
    id = row_id(outlier)
    if id is None:
        raise ToolError(NO_ID)
    return id


def _moved(moved: Moved) -> dict[str, Any]:
    return {
        "metric": moved.metric,
        "channel": moved.channel or None,
        **_figures(moved),
        "times_spread": round(moved.spreads, 1) if abs(moved.spreads) < 1000 else None,
    }


def _channel(moved: Moved) -> dict[str, Any]:
    shown = {"metric": moved.metric, "channel": moved.channel, **_figures(moved)}
    return shown | {"share_of_change_percent": percent(moved.share)} if moved.share is not None else shown


def _figures(moved: Moved) -> dict[str, Any]:
    return {
        "unit": moved.unit,
        "value": rounded(moved.value),
        "usual": rounded(moved.usual),
        "difference": rounded(moved.difference),
        "percent": percent(moved.percent),
    }


def _now(ctx: ToolContext, found: Explanation) -> dict[str, Any] | None:
    if found.now is None:
        return None
    at = day_named(found.now_at, ctx.zone) if found.outlier.is_daily else found.now_at
    return {"time": local(ctx, at), **_figures(found.now), "is_usual": not found.now.has_moved}


def _episode(ctx: ToolContext, episode: Episode | None) -> dict[str, Any] | None:
    if episode is None:
        return None
    return {
        "id": str(episode.id),
        "state": episode.state,
        "opened_at": local(ctx, episode.opened_at),
        "resolved_at": local(ctx, episode.resolved_at),
    }


def _earlier(ctx: ToolContext, found: Explanation) -> dict[str, Any]:
    earlier = found.around.earlier
    return {
        "earlier": [_occurrence(ctx, found, each) for each in earlier[:MOST_EARLIER]],
        "earlier_count": len(earlier),
    }


def _occurrence(ctx: ToolContext, found: Explanation, each: Occurrence) -> dict[str, Any]:
    at = day_named(each.time, ctx.zone) if found.outlier.is_daily else each.time
    off = (each.value - each.expected) / abs(each.expected) * 100 if each.expected else None
    return {
        "time": local(ctx, at),
        "unit": found.outlier.unit,
        "value": rounded(each.value),
        "percent": percent(off),
        "severity": each.severity,
    }


def _records(ctx: ToolContext, around: Around) -> dict[str, Any]:
    return {
        "notes": [
            {
                "id": str(note.id),
                "title": note.title,
                "status": note.status,
                "created_at": local(ctx, note.created_at),
            }
            for note in around.notes
        ],
        "failed_tasks": [
            {
                "job": run.job,
                "state": run.state,
                "occurred_at": local(ctx, run.occurred_at),
                **said({"error": shortened(run.error, 200)}),
            }
            for run in around.failed
        ],
    }
