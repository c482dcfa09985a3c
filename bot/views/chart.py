"""Draws a Chart as a PNG; bot/views/charts/ says how it looks."""

import io
import threading

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.views.charts import palette, panels, plot
from houston.watch.chart import Chart

_one_at_a_time = threading.Lock()
"""FreeType's faces are shared and not safe to use from two threads."""


def draw(chart: Chart) -> bytes:
    """CPU work: call it in a thread. Its light card reads on dark backgrounds too."""
    with _one_at_a_time, matplotlib.rc_context({"font.family": palette.FAMILY, "font.size": palette.TEXT}):
        picture = io.BytesIO()
        laid_out(chart).savefig(picture, format="png", metadata={"Software": None})
        return picture.getvalue()


def laid_out(chart: Chart) -> Figure:
    """All that is to be seen, to be drawn by one thread at a time."""
    figure = Figure(figsize=_size(chart), dpi=palette.DPI, facecolor=palette.CARD)
    figure.set_layout_engine("constrained", w_pad=0.2, h_pad=0.16)
    FigureCanvasAgg(figure)
    (panels if chart.panels else plot).fill(figure, chart)
    return figure


def _size(chart: Chart) -> tuple[float, float]:
    """In inches."""
    return palette.WIDTH, max(
        palette.HEIGHT, panels.ROW * panels.rows(chart)
    ) if chart.panels else palette.HEIGHT
