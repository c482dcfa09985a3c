"""The value of the last mark, where it hides the least."""

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from bot.views.charts import palette
from bot.views.charts.lettering import drawable
from bot.views.charts.strokes import days
from houston.watch.chart import Chart
from houston.watch.figures import number

REACH, CLOSE = 0.2, 0.1
"""How much of the picture's width and height a label beside its mark takes."""

GAP = 13
"""Points between a mark's middle and its label."""


def say_last(axes: Axes, chart: Chart) -> None:
    if not chart.marks:
        return
    time, value = chart.marks[-1]
    (x, y), across, above = _place(axes, chart, days(time), value)
    axes.annotate(
        drawable(number(value, chart.unit), 30),
        (days(time), value),
        textcoords="offset points",
        xytext=(x * GAP, y * GAP),
        ha=across,
        va=above,
        color=palette.MARK,
        fontsize=palette.TEXT,
        fontweight="bold",
        path_effects=[withStroke(linewidth=5, foreground=palette.CARD)],
        zorder=8,
    )


def _place(axes: Axes, chart: Chart, x: float, y: float) -> tuple[tuple[int, int], str, str]:
    """Beside the mark, towards the middle; above or below it where the line runs there."""
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    is_right = x > (left + right) / 2
    across = "right" if is_right else "left"
    if not _is_crowded(chart, x, y, (right - left) * (-REACH if is_right else REACH), (top - bottom) * CLOSE):
        return (-1 if is_right else 1, 0), across, "center"
    is_low = y < (top + bottom) / 2 and y - bottom > 2 * CLOSE * (top - bottom)
    return (0, -1 if is_low else 1), across, "top" if is_low else "bottom"


def _is_crowded(chart: Chart, x: float, y: float, reach: float, close: float) -> bool:
    """Whether any of the line lies where the label would be."""
    begin, end = sorted((x, x + reach))
    points = [(days(time), value) for line in chart.lines for time, value in line.points]
    return any(begin < time < end and time != x and abs(value - y) < close for time, value in points)
