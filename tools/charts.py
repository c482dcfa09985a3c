import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from houston.agent.labels import say_period
from houston.agent.tool import ToolContext, ToolError, tool
from houston.agent.turn import ChartDrawn
from houston.watch.asked_chart import Drawn, asked_chart, moved_onto
from houston.watch.buckets import Every
from houston.watch.chart import Chart, Line
from houston.watch.figures import humanized
from houston.watch.span import CompareTo, Span, compared_span
from houston.watch.stretches import Stretch
from tools.results import given_span, period, rounded, source, the_client

MOST_POINTS, MOST_LINES = 120, 6
FINE_DAYS = 4
"""Of so many days the points are drawn as they are, of more than that by day."""

ONE_LINE = "Two periods can be compared for one line only. Leave out by_channel and with_metric."
NOTE = "The picture goes into the thread by itself. Say what it shows; do not paste a link or an image."


@tool(label="Drawing {metric}{client}{period}")
async def draw_chart(
    ctx: ToolContext,
    metric: str,
    start: date,
    end: date,
    channel: str | None = None,
    by_channel: bool = False,
    with_metric: str | None = None,
    compare_to: CompareTo | None = None,
    compare_start: date | None = None,
    compare_end: date | None = None,
) -> dict[str, Any]:
    """Draws one metric of the current client over a period into the thread: a line, or one for each channel,
    another metric of the same unit beside it, or an earlier period behind it. Where the series is watched,
    with its usual band and outliers. Returns what was drawn, in figures.

    Args:
        metric: The metric's exact name, from list_metrics.
        start: First day, YYYY-MM-DD, in the asker's time zone.
        end: Last day, included.
        channel: One marketing channel; leave out for all of them together.
        by_channel: A line for each channel.
        with_metric: Another metric's exact name, of the same unit.
        compare_to: An earlier period to draw behind it.
        compare_start: First day of another period, instead of compare_to.
        compare_end: Last day of that other period.
    """
    asked = _Asked(ctx=ctx, client_id=the_client(ctx), span=given_span(start, end))
    lines = await _lines(asked, metric, channel, by_channel, with_metric)
    against = _against(asked.span, compare_to, compare_start, compare_end)
    if against and len(lines) > 1:
        raise ToolError(ONE_LINE)
    compared, other = await _compared(asked, lines[0], against) if against else (None, None)
    title, when = _title(lines), say_period(start, end, today=ctx.today)
    chart = asked_chart(title=title, period=when, lines=lines, compared=compared, zone=ctx.zone)
    caption = f"{title}{f' for {ctx.client.name}' if ctx.client else ''}, {when}"
    ctx.show(ChartDrawn(chart=chart, caption=caption))
    return {
        **_drawn(asked, chart, lines),
        "compared": {**period(against), **_line("", other)} if other else None,
        "caption": caption,
        "note": NOTE,
    }


def _title(lines: Sequence[Drawn]) -> str:
    """`Revenue · google-ads`, `Revenue and spend`."""
    name = humanized(" and ".join(dict.fromkeys(line.stretch.metric for line in lines)))
    channel = lines[0].stretch.channel if len(lines) == 1 else ""
    return f"{name} · {channel}" if channel else name


def _drawn(asked: "_Asked", chart: Chart, lines: Sequence[Drawn]) -> dict[str, Any]:
    first = lines[0].stretch
    points = sum(each.stretch.points for each in lines)
    return {
        "drawn": chart.title,
        "period": period(asked.span),
        "unit": chart.unit,
        "every": first.every,
        "lines": [_line(each.label, each.stretch) for each in lines],
        "band": chart.band is not None,
        "outliers": len(chart.marks),
        "source": source(asked.ctx, rows=points, span=asked.span, freshness=first.newest),
    }


@dataclass(frozen=True, kw_only=True)
class _Asked:
    ctx: ToolContext
    client_id: int
    span: Span

    async def stretch(
        self,
        metric: str,
        channel: str | None,
        every: Every | None = None,
        span: Span | None = None,
        *,
        alone: bool = False,
    ) -> Stretch:
        """Only a line by itself has a band."""
        wanted: Every | None = every or (None if self.span.days <= FINE_DAYS else "day")
        return await self.ctx.desk.stretches(
            self.ctx.scope,
            client_id=self.client_id,
            metric=metric,
            channel=channel,
            span=span or self.span,
            every=None if self.span.days > MOST_POINTS and not every else wanted,
            zone=self.ctx.zone,
            most=MOST_POINTS,
            with_bounds=alone,
        )


async def _lines(
    asked: _Asked, metric: str, channel: str | None, by_channel: bool, with_metric: str | None
) -> list[Drawn]:
    first = await asked.stretch(metric, channel, alone=not (by_channel or with_metric))
    if by_channel and channel is None and (channels := await _channels(asked, first.metric)):
        found = await asyncio.gather(*(asked.stretch(metric, each, first.every) for each in channels))
        return _largest([Drawn(label=each.channel, stretch=each) for each in found])
    lines = [Drawn(label=first.channel or first.metric, stretch=first)]
    if with_metric:
        second = await asked.stretch(with_metric, channel, first.every)
        if second.unit != first.unit:
            raise ToolError(
                f"{first.metric} and {second.metric} have different units. Draw one chart for each."
            )
        lines = [Drawn(label=each.metric, stretch=each) for each in (first, second)]
    return lines


async def _channels(asked: _Asked, metric: str) -> Sequence[str]:
    entries = await asked.ctx.desk.metrics.list(asked.ctx.scope, client_id=asked.client_id)
    return next((entry.channels for entry in entries if entry.name == metric), ())


def _largest(lines: Sequence[Drawn]) -> list[Drawn]:
    def size(line: Drawn) -> float:
        return sum(abs(value) for _, value in line.points)

    return sorted(lines, key=size, reverse=True)[:MOST_LINES]


async def _compared(asked: _Asked, line: Drawn, against: Span) -> tuple[Line | None, Stretch]:
    stretch = line.stretch
    other = await asked.stretch(stretch.metric, stretch.channel or None, stretch.every, against)
    label = say_period(against.start, against.end, today=asked.ctx.today)
    return moved_onto(other, label, against.start, asked.span.start, asked.ctx.zone), other


def _against(span: Span, compare_to: CompareTo | None, start: date | None, end: date | None) -> Span | None:
    if start and end:
        return given_span(start, end, "compare_start", "compare_end")
    if start or end:
        raise ToolError("Give both compare_start and compare_end, or neither.")
    return compared_span(span, compare_to) if compare_to else None


def _line(label: str, stretch: Stretch) -> dict[str, Any]:
    values = [step.value for step in stretch.steps]
    shown: dict[str, Any] = {"label": label} if label else {}
    shown |= {"points": len(values)}
    if not values:
        return shown
    shown |= {
        "first": rounded(values[0]),
        "last": rounded(values[-1]),
        "lowest": rounded(min(values)),
        "highest": rounded(max(values)),
    }
    return shown | {"total": rounded(sum(values))} if stretch.aggregate == "sum" else shown
