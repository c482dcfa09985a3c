"""One chart in one set of axes."""

import math
from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator, NullLocator

from bot.views.charts import callout, palette, strokes
from bot.views.charts.lettering import drawable
from bot.views.charts.scales import Dates, Moments, Values
from bot.views.text import humanized
from houston.watch.chart import Chart
from houston.watch.figures import after

NEAR_ZERO = 0.4
"""Where the lowest value is below this part of the highest, the scale begins at zero."""

ROOM = 0.1
"""Above and below what is drawn, as a part of it."""

LEGEND_ROOM = 44
"""Characters that fit beside each other in a legend."""


def fill(figure: Figure, chart: Chart) -> None:
    _head(figure, chart)
    axes = figure.add_subplot()
    draw_into(axes, chart)
    dress(axes, chart)
    _explain(figure, axes)


def _head(figure: Figure, chart: Chart) -> None:
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)
    engine.set(rect=(0, 0, 1, 1 - palette.HEAD))
    title = drawable(humanized(chart.title), 38)
    figure.text(0.03, 0.94, title, va="top", color=palette.INK, fontsize=palette.TITLE, fontweight="bold")
    figure.text(0.03, 0.86, _subtitle(chart), va="top", color=palette.MUTED, fontsize=palette.TEXT)


def draw_into(axes: Axes, chart: Chart) -> None:
    low, high = edges(chart)
    axes.set_ylim(low, high)
    _set_times(axes, chart)
    strokes.left_out(axes, chart.left_out)
    if chart.band:
        strokes.band(axes, chart.band)
    for limit in chart.limits:
        strokes.limit(axes, limit, chart.unit, (low, high))
    if chart.compared:
        strokes.compared(axes, chart.compared)
    for place, line in enumerate(chart.lines):
        colour = palette.LINES[place % len(palette.LINES)]
        strokes.line(axes, line, colour, with_label=len(chart.lines) > 1)
    strokes.gone(axes, chart.gone, chart.gone_label)
    strokes.marks(axes, chart.marks, chart.mark_label)
    callout.say_last(axes, chart)


def dress(axes: Axes, chart: Chart) -> None:
    times = _times(chart)
    axes.xaxis.set_major_locator(Moments(chart.timezone, max(times)) if times else NullLocator())
    axes.xaxis.set_major_formatter(Dates(chart.timezone))
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10], min_n_ticks=3))
    axes.yaxis.set_major_formatter(Values(chart.unit))
    axes.grid(axis="y", color=palette.GRID, linewidth=1.2)
    axes.set_axisbelow(True)
    axes.set_facecolor(palette.CARD)
    axes.tick_params(colors=palette.MUTED, length=0, labelsize=palette.SMALL, pad=8)
    axes.tick_params(axis="x", pad=13)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(palette.EDGE)


def edges(chart: Chart) -> tuple[float, float]:
    """Of the scale: room for all that is drawn, from zero on where that is near."""
    values = [value for value in _heights(chart) if math.isfinite(value)]
    low, high = min(values, default=0.0), max(values, default=1.0)
    measured = [value for line in chart.lines for _, value in line.points if math.isfinite(value)]
    room = ROOM * (high - low) or ROOM * abs(high) or 1.0
    if min(measured, default=-1.0) >= 0 and low <= NEAR_ZERO * high:
        return 0.0, high + room
    return low - room, high + room


def _heights(chart: Chart) -> Iterator[float]:
    for line in (*chart.lines, *([chart.compared] if chart.compared else [])):
        yield from (value for _, value in line.points)
    for limit in chart.limits:
        yield from (value for _, value in limit.points)
    for _, lower, upper in chart.band.points if chart.band else ():
        yield from (lower, upper)
    yield from (value for _, value in (*chart.marks, *chart.gone))


def _set_times(axes: Axes, chart: Chart) -> None:
    """From the first point to the last, whatever stretches are left out beyond."""
    found = _times(chart)
    if found:
        room = 0.02 * (max(found) - min(found)) or 0.5
        axes.set_xlim(min(found) - room, max(found) + 1.5 * room)


def _times(chart: Chart) -> list[float]:
    """In days since 1970."""
    points = (point for line in chart.lines for point in line.points)
    return [strokes.days(time) for time, _ in (*points, *chart.marks)]


def _subtitle(chart: Chart) -> str:
    """`last 28 days, in clicks`: with the unit, where it doesn't stand at the ticks."""
    unit = after(chart.unit).strip("% ")
    return drawable(", ".join(part for part in (chart.subtitle, unit and f"in {unit}") if part), 52)


def _explain(figure: Figure, axes: Axes) -> None:
    handles, labels = axes.get_legend_handles_labels()
    if not handles:
        return
    in_one_row = sum(len(label) + 5 for label in labels) <= LEGEND_ROOM
    figure.legend(
        handles[::-1],
        labels[::-1],
        loc="outside lower left",
        ncols=len(labels) if in_one_row else 2,
        frameon=False,
        fontsize=palette.SMALL,
        labelcolor=palette.MUTED,
        handlelength=1.6,
        columnspacing=1.4,
    )
