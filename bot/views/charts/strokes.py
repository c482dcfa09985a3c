"""Lines, bands, limits and marks, from the back to the front."""

import math
from datetime import datetime
from itertools import pairwise
from statistics import median

from matplotlib.axes import Axes

from bot.views.charts import palette
from bot.views.charts.lettering import drawable
from houston.watch.chart import Band, Limit, Line, Points, Stretch
from houston.watch.figures import number

HOLE = 3.0
"""So many times the usual distance between two points is a gap, which no line bridges."""

FEW = 60
"""Up to so many marks each is large."""

MANY = 400
"""Above that many points a line is thin, or it would be a blot."""

Piece = list[tuple[float, float]]


def days(time: datetime) -> float:
    """Matplotlib's dates are days since 1970."""
    return time.timestamp() / 86400


def left_out(axes: Axes, stretches: tuple[Stretch, ...]) -> None:
    for place, (start, end) in enumerate(stretches):
        label = "Left out" if place == 0 else None
        axes.axvspan(days(start), days(end), color=palette.LEFT_OUT, linewidth=0, zorder=0, label=label)


def band(axes: Axes, shown: Band) -> None:
    lows = _gapped(tuple((time, low) for time, low, _ in shown.points))
    highs = _gapped(tuple((time, high) for time, _, high in shown.points))
    times, lower, upper = [time for time, _ in lows], [low for _, low in lows], [high for _, high in highs]
    axes.fill_between(times, lower, upper, color=palette.BAND, linewidth=0, zorder=1, label="Expected")
    for edge in (lower, upper):
        axes.plot(times, edge, color=palette.BAND_EDGE, linewidth=1.2, zorder=1.1)


def limit(axes: Axes, shown: Limit, unit: str, edges: tuple[float, float]) -> None:
    """A dashed line, and a tint on the side that breaks it, up to the picture's edge."""
    points = [(days(time), value) for time, value in shown.points]
    values = {value for _, value in points if math.isfinite(value)}
    label = f"{shown.label} {number(min(values), unit)}" if len(values) == 1 else shown.label
    times, heights = [time for time, _ in points], [value for _, value in points]
    axes.plot(
        times, heights, color=palette.LIMIT, linewidth=2, dashes=(6, 2), zorder=2, label=drawable(label, 40)
    )
    if shown.breach:
        edge = edges[0 if shown.breach == "below" else 1]
        axes.fill_between(times, heights, edge, color=palette.TINT, linewidth=0, zorder=0.5)


def line(axes: Axes, shown: Line, colour: str, *, with_label: bool = True) -> None:
    width = 3 if len(shown.points) <= MANY else 1.6
    _draw(axes, shown, color=colour, linewidth=width, zorder=4, label=_label(shown, with_label))


def compared(axes: Axes, shown: Line) -> None:
    _draw(
        axes,
        shown,
        color=palette.COMPARED,
        linewidth=2,
        dashes=(3, 2),
        zorder=3,
        label=_label(shown, with_label=True),
    )


def gone(axes: Axes, points: Points, label: str) -> None:
    if points:
        size = 13 if len(points) <= FEW else 7
        _dots(axes, points, label, size=size, color=palette.CARD, edge=palette.GONE)


def marks(axes: Axes, points: Points, label: str) -> None:
    if points:
        size = 13 if len(points) <= FEW else 7
        _dots(axes, points, label, size=size, color=palette.MARK, edge=palette.CARD)


def _label(shown: Line, with_label: bool) -> str | None:
    return drawable(shown.label, 40) if with_label else None


def _draw(axes: Axes, shown: Line, **style: object) -> None:
    """One stroke a piece, and dots where a piece is a single point."""
    drawn = _gapped(shown.points)
    axes.plot(
        [time for time, _ in drawn],
        [value for _, value in drawn],
        solid_capstyle="round",
        solid_joinstyle="round",
        **style,  # type: ignore[arg-type]
    )
    lonely = [piece[0] for piece in pieces(shown.points) if len(piece) == 1]
    if lonely:
        xs, ys = [time for time, _ in lonely], [value for _, value in lonely]
        axes.plot(xs, ys, "o", color=style["color"], markersize=5, zorder=style["zorder"])


def _gapped(points: Points) -> Piece:
    """With a break after each piece."""
    return [point for piece in pieces(points) for point in (*piece, (piece[-1][0], math.nan))]


def _dots(axes: Axes, points: Points, label: str, *, size: float, color: str, edge: str) -> None:
    axes.plot(
        [days(time) for time, _ in points],
        [value for _, value in points],
        "o",
        color=color,
        markersize=size,
        markeredgecolor=edge,
        markeredgewidth=2.2,
        clip_on=False,
        zorder=7,
        label=drawable(label, 40) if label else None,
    )


def pieces(points: Points) -> list[Piece]:
    """Cut where a value is missing, and where nothing was measured for long."""
    times = [days(time) for time, _ in points]
    usual = median([later - earlier for earlier, later in pairwise(times)]) if len(times) > 2 else math.inf
    found: list[Piece] = [[]]
    for time, (_, value) in zip(times, points, strict=True):
        if found[-1] and time - found[-1][-1][0] > HOLE * usual:
            found.append([])
        if math.isfinite(value):
            found[-1].append((time, value))
        elif found[-1]:
            found.append([])
    return [piece for piece in found if piece]
