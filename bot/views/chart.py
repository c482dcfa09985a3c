"""Draws a Chart as a PNG. The only user of matplotlib."""

import io
import threading
from datetime import datetime

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot.views.text import cut, humanized, number, one_line
from houston.watch.chart import Band, Chart, Line

SIZE, DPI = (8.0, 4.4), 150
"""1200 by 660 pixels: half of that on a phone, where 13 points still read well."""

CARD, INK, MUTED, GRID = "#ffffff", "#1d1c1d", "#5f6368", "#e4e5e7"
LINES = ("#1264a3", "#2f8f5b", "#8a4baf", "#b7791f")
MARK, BAND = "#d92d20", "#b6d4ee"
FAMILY = "DejaVu Sans"
OFFSETS = ["", "%Y", "%b %Y", "%b %d, %Y", "%b %d, %Y", "%b %d, %Y"]
"""What the ticks leave out, by their scale from years to seconds."""

_one_at_a_time = threading.Lock()
"""FreeType's faces are shared and not safe to use from two threads."""


def draw(chart: Chart) -> bytes:
    """CPU work: call it in a thread. Its light card reads on dark backgrounds too."""
    with _one_at_a_time, matplotlib.rc_context({"font.family": FAMILY, "font.size": 13}):
        figure = Figure(figsize=SIZE, dpi=DPI, facecolor=CARD)
        figure.set_layout_engine("constrained", w_pad=0.15, h_pad=0.12)
        FigureCanvasAgg(figure)
        if chart.panels:
            _fill_panels(figure, chart)
        else:
            _fill(figure.add_subplot(), chart)
        picture = io.BytesIO()
        figure.savefig(picture, format="png", metadata={"Software": None})
        return picture.getvalue()


def _fill(axes: Axes, chart: Chart) -> None:
    if chart.band:
        _draw_band(axes, chart.band)
    for colour, line in zip(LINES * len(chart.lines), chart.lines, strict=False):
        _draw_line(axes, line, colour)
    _draw_marks(axes, chart)
    title = _drawable(humanized(chart.title), 70)
    axes.set_title(title, loc="left", color=INK, fontsize=15, fontweight="bold", pad=12)
    _dress(axes, chart)
    if chart.band or len(chart.lines) > 1:
        axes.legend(loc="best", frameon=False, fontsize=11, labelcolor=MUTED)


def _fill_panels(figure: Figure, chart: Chart) -> None:
    """Small ones side by side, each with a scale of its own."""
    columns = 1 if len(chart.panels) <= 3 else 2
    rows = -(-len(chart.panels) // columns)
    for place, panel in enumerate(chart.panels, start=1):
        _fill_panel(figure.add_subplot(rows, columns, place), panel)


def _fill_panel(axes: Axes, panel: Chart) -> None:
    """A line whose marks are said below it, in place of a scale."""
    _draw_line(axes, panel.lines[0], LINES[0])
    _dress(axes, panel)
    for time, value in panel.marks:
        axes.plot(_x([time]), [value], "o", color=LINES[0], markersize=7, markeredgecolor=CARD, zorder=5)
    days = [time.astimezone(panel.timezone) for time, _ in panel.marks]
    values = [_drawable(number(value, panel.unit), 16) for _, value in panel.marks]
    labels = [f"{day:%b} {day.day}\n{value}" for day, value in zip(days, values, strict=True)]
    axes.set_xticks(_x(days), labels)
    axes.tick_params(labelsize=11, labelleft=False, labelcolor=INK)
    axes.grid(False)
    if min(value for _, value in panel.lines[0].points) >= 0:
        axes.set_ylim(bottom=0)
    axes.set_title(_drawable(panel.title, 36), loc="left", color=MUTED, fontsize=12)


def _draw_band(axes: Axes, band: Band) -> None:
    times = [time for time, _, _ in band.points]
    lower = [low for _, low, _ in band.points]
    upper = [high for _, _, high in band.points]
    axes.fill_between(_x(times), lower, upper, color=BAND, alpha=0.55, linewidth=0, label="Expected")


def _draw_line(axes: Axes, line: Line, colour: str) -> None:
    times = [time for time, _ in line.points]
    values = [value for _, value in line.points]
    dot = "o" if len(line.points) == 1 else None
    axes.plot(_x(times), values, color=colour, linewidth=2.2, marker=dot, label=_drawable(line.label, 40))


def _draw_marks(axes: Axes, chart: Chart) -> None:
    for time, value in chart.marks:
        axes.plot(_x([time]), [value], "o", color=MARK, markersize=12, markeredgecolor=CARD, zorder=5)
    for time, value in chart.marks[-1:]:
        axes.annotate(
            _drawable(number(value, chart.unit), 30),
            (_x([time])[0], value),
            textcoords="offset points",
            xytext=(-12, 0),
            ha="right",
            va="center",
            color=MARK,
            fontweight="bold",
            zorder=6,
        )


def _dress(axes: Axes, chart: Chart) -> None:
    locator = AutoDateLocator(tz=chart.timezone, minticks=3, maxticks=7)  # type: ignore[no-untyped-call]
    dates = ConciseDateFormatter(locator, tz=chart.timezone, offset_formats=OFFSETS)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates)
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _drawable(number(value, chart.unit), 30)))
    axes.margins(x=0.02, y=0.15)
    axes.grid(axis="y", color=GRID, linewidth=1)
    axes.set_axisbelow(True)
    axes.tick_params(colors=MUTED, length=0, labelsize=12)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GRID)


def _drawable(text: str, limit: int) -> str:
    """What the font can draw, with no mathematics made of dollar signs."""
    known = get_font(findfont(FAMILY)).get_charmap()
    shown = "".join(char if ord(char) in known else "□" for char in cut(one_line(text), limit))
    return shown.replace("$", r"\$")


def _x(times: list[datetime]) -> list[float]:
    """Matplotlib's dates are days since 1970."""
    return [time.timestamp() / 86400 for time in times]
