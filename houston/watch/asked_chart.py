"""What the picture shows that somebody asked for: one metric, its channels, or two periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from houston.errors import Invalid
from houston.watch import captions
from houston.watch.chart import Band, Chart, Line, Points
from houston.watch.figures import humanized, number
from houston.watch.stretches import Stretch

LEAST = 2
"""Points between which a line can be drawn."""

MARK = "Outlier"


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One line: its name, and what it shows."""

    label: str
    stretch: Stretch

    @property
    def points(self) -> Points:
        return tuple((step.time, step.value) for step in self.stretch.steps)


def asked_chart(
    *, title: str, period: str, lines: Sequence[Drawn], compared: Line | None, zone: ZoneInfo
) -> Chart:
    """The band and the outliers are drawn where there is one line only. Raises Invalid where there is
    nothing to draw."""
    shown = [line for line in lines if len(line.points) >= LEAST]
    if not shown:
        raise Invalid("start", "There are fewer than two points in this period, so there is nothing to draw.")
    alone = shown[0].stretch if len(shown) == 1 else None
    marks = tuple((step.time, step.value) for step in alone.steps if step.is_outlier) if alone else ()
    return Chart(
        title=title,
        subtitle=period,
        unit=shown[0].stretch.unit,
        timezone=zone,
        lines=tuple(Line(label=line.label, points=line.points) for line in shown),
        compared=compared,
        band=_band(alone) if alone else None,
        marks=marks,
        mark_label=MARK if marks else "",
        alt=f"{title}, {period}: {'; '.join(_said(line, zone) for line in shown)}.",
    )


def moved_onto(stretch: Stretch, label: str, since: date, onto: date, zone: ZoneInfo) -> Line | None:
    """The line of another period, moved so that its first day lies on another day."""
    shift = onto - since
    points = tuple(
        ((step.time.astimezone(zone) + shift).astimezone(UTC), step.value) for step in stretch.steps
    )
    return Line(label=label, points=points) if len(points) >= LEAST else None


def _band(stretch: Stretch) -> Band | None:
    points: list[tuple[datetime, float, float]] = [
        (step.time, step.bounds[1], step.bounds[2]) for step in stretch.steps if step.bounds
    ]
    return Band(points=tuple(points)) if points else None


def _said(line: Drawn, zone: ZoneInfo) -> str:
    """`google-ads from $100 to $120, highest $300 on Thu, Nov 12`."""
    points, unit = line.points, line.stretch.unit
    apart = captions.spacing(time for time, _ in points)
    at, highest = max(points, key=lambda point: point[1])
    name = humanized(line.label) if line.label == line.stretch.metric else line.label
    return (
        f"{name} from {number(points[0][1], unit)} to {number(points[-1][1], unit)}, "
        f"highest {number(highest, unit)} on {captions.moment(at, zone, apart)}"
    )
