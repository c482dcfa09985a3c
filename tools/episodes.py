from collections import Counter
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from houston.agent.tool import ToolContext, tool
from houston.notify.handling.going_on import EpisodeSeen
from houston.watch.standing import OPEN, Who
from tools.results import (
    bounds,
    counted,
    local,
    optional_span,
    owner,
    percent,
    period,
    rounded,
    said,
    shortened,
    source,
)

FIGURES = ("value", "expected")


@tool(label="Looking at what is going on{client}{period}")
async def episodes(
    ctx: ToolContext,
    start: date | None = None,
    end: date | None = None,
    state: Literal["open", "all"] = "open",
    limit: Annotated[int, Field(ge=1, le=50)] = 15,
) -> dict[str, Any]:
    """Lists what fires or fired (outliers, data alerts, failed jobs, errors): since when, how bad, who has
    taken it, whether it is snoozed, the value that fired and the one of now. Covers the current client, or
    all visible ones where none is chosen. With state "open" the two dates can be left out.

    Args:
        start: Only what went on from this day on, YYYY-MM-DD.
        end: Only what had begun by the end of this day.
        state: "open" for what goes on now, "all" also for what is over.
        limit: How many to list at most; `count` counts them all.
    """
    span = optional_span(start, end, ctx)
    first, last = bounds(span, ctx)
    shown, found = await ctx.desk.going_on.lately(
        ctx.actor,
        client_id=ctx.client_id,
        states=OPEN if state == "open" else None,
        start=first,
        end=last,
        limit=limit,
    )
    return {
        "period": period(span) or None,
        "episodes": [_episode(ctx, each) for each in shown],
        **counted(len(found), shown),
        "by_severity": dict(Counter(each.severity for each in found)),
        "not_taken": sum(not (each.acknowledged_by or each.assigned_to) for each in found),
        "source": source(ctx, rows=len(found), span=span),
    }


def _episode(ctx: ToolContext, seen: EpisodeSeen) -> dict[str, Any]:
    it = seen.standing
    until = it.resolved_at or ctx.now
    return {
        "id": str(it.id),
        "type": it.type,
        "what": it.subject,
        "client": owner(seen.client),
        "severity": it.severity,
        "state": it.state,
        "opened_at": local(ctx, it.opened_at),
        "minutes": round((until - it.opened_at).total_seconds() / 60),
        "times_seen": it.count,
        **said(
            {
                "resolved_at": local(ctx, it.resolved_at),
                **_figures(it.fired, it.current),
                "acknowledged_by": _name(it.acknowledged),
                "assigned_to": _name(it.assigned),
                "owner": _name(it.owner),
                "called_no_outlier_by": _name(it.dismissed),
                "snoozed_until": local(ctx, it.snoozed_until),
                "link": seen.link,
            }
        ),
    }


def _figures(fired: Any, current: Any) -> dict[str, Any]:
    """What is in the payloads of whatever fired, as far as it is figures and reasons."""
    shown: dict[str, Any] = {"unit": fired.get("unit")}
    for name in FIGURES:
        shown[name] = _number(fired.get(name))
    value, expected = fired.get("value"), fired.get("expected")
    if isinstance(value, int | float) and isinstance(expected, int | float) and expected:
        shown["percent"] = percent((value - expected) / abs(expected) * 100)
    if current.get("value") != value:
        shown["value_now"] = _number(current.get("value"))
    rules = [f"{rule.get('text')}: {rule.get('current')}" for rule in fired.get("rules") or ()]
    why = fired.get("error") or fired.get("message") or ""
    return shown | {"reason": fired.get("reason"), "broken": rules, "error": shortened(str(why), 200)}


def _number(value: object) -> float | None:
    return rounded(float(value)) if isinstance(value, int | float) else None


def _name(who: Who | None) -> str | None:
    return who.name if who else None
