"""Several small charts in one picture, each with a scale of its own."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.views.charts import palette, plot, strokes
from bot.views.charts.lettering import drawable
from bot.views.text import number
from houston.watch.chart import Chart

ROW = 2.4
"""Inches: what a panel needs below each other."""

WIDE, NARROW = 40, 22
"""Characters of a title that fit."""


def rows(chart: Chart) -> int:
    return -(-len(chart.panels) // columns(chart))


def columns(chart: Chart) -> int:
    return 1 if len(chart.panels) <= 3 else 2


def fill(figure: Figure, chart: Chart) -> None:
    for place, panel in enumerate(chart.panels, start=1):
        axes = figure.add_subplot(rows(chart), columns(chart), place)
        _fill(axes, panel, is_narrow=columns(chart) > 1)


def _fill(axes: Axes, panel: Chart, *, is_narrow: bool) -> None:
    """A line whose marks are said below it, in place of a scale."""
    axes.set_ylim(*plot.edges(panel))
    strokes.line(axes, panel.lines[0], palette.LINES[0], with_label=False)
    plot.dress(axes, panel)
    for time, value in panel.marks:
        axes.plot([strokes.days(time)], [value], "o", color=palette.LINES[0], markersize=9, clip_on=False)
    _say_marks(axes, panel)
    axes.grid(False)
    axes.tick_params(labelsize=palette.SMALL, labelleft=False, labelcolor=palette.INK)
    axes.margins(x=0.12 if is_narrow else 0.06)
    axes.set_title(_title(panel, is_narrow), loc="left", color=palette.MUTED, fontsize=palette.SMALL)


def _say_marks(axes: Axes, panel: Chart) -> None:
    days = [time.astimezone(panel.timezone) for time, _ in panel.marks]
    values = [drawable(number(value, panel.unit), 16) for _, value in panel.marks]
    labels = [f"{day:%b} {day.day}\n{value}" for day, value in zip(days, values, strict=True)]
    axes.set_xticks([strokes.days(day) for day in days], labels)


def _title(panel: Chart, is_narrow: bool) -> str:
    """In narrow ones whose it is and what it is stand below each other."""
    if not is_narrow:
        return drawable(panel.title, WIDE)
    return "\n".join(drawable(part, NARROW) for part in panel.title.split(" · ", 1))
