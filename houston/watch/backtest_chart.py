"""What a backtest's picture shows: what would have been told of, and what a change takes away."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from houston.watch import captions
from houston.watch.chart import Band, Chart, Line, Points, Stretch
from houston.watch.figures import humanized, number


def backtest_chart(
    *,
    name: str,
    unit: str,
    zone: ZoneInfo,
    points: Points,
    band: Sequence[tuple[datetime, float, float]],
    fired: Points,
    no_longer: Points = (),
    left_out: Sequence[Stretch] = (),
) -> Chart:
    """`fired` is what the settings shown would tell of; `no_longer` what those of today would, besides.

    `points` is all that is shown, oldest first. Bounds of the band that are nan are left out.
    """
    known = tuple(each for each in band if math.isfinite(each[1]) and math.isfinite(each[2]))
    stretch, name = captions.shown(points), humanized(name)
    return Chart(
        title=name,
        subtitle=stretch,
        unit=unit,
        timezone=zone,
        lines=(Line(label=name, points=points),),
        band=Band(points=known) if known else None,
        marks=fired,
        mark_label=f"Would have fired {captions.times(len(fired))}" if fired else "",
        gone=no_longer,
        gone_label=f"No longer {captions.times(len(no_longer))}" if no_longer else "",
        left_out=tuple(left_out),
        alt=f"{name}{f', {stretch}' if stretch else ''}: {_said(unit, zone, points, fired, no_longer)}.",
    )


def _said(unit: str, zone: ZoneInfo, points: Points, fired: Points, no_longer: Points) -> str:
    """`would have fired twice: $5,100 on Tue, Nov 3, …; no longer: $9,000 on …`."""
    apart = captions.spacing(time for time, _ in points)
    said = f"would {'never have' if not fired else 'have'} fired"
    if fired:
        said += f" {captions.times(len(fired))}: {_list(unit, zone, apart, fired)}"
    if no_longer:
        said += f"; no longer: {_list(unit, zone, apart, no_longer)}"
    return said


def _list(unit: str, zone: ZoneInfo, apart: timedelta, marks: Points) -> str:
    """The newest first."""
    return captions.listed(
        f"{number(value, unit)} on {captions.moment(time, zone, apart)}" for time, value in reversed(marks)
    )
