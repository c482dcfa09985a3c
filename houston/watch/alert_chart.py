"""What the picture of an alert shows: a condition's value over its runs, its limit, and where it broke."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from houston.watch import captions
from houston.watch.chart import Breach, Chart, Limit, Line, Points
from houston.watch.figures import number

LIMIT = "Limit"


@dataclass(frozen=True, kw_only=True)
class RunSeen:
    """One run of an alert, as far as one condition goes.

    `value` is None where the run failed or found nothing; `limit` where it has none to compare with. It
    may differ by run: for `drops 20% vs last week` it is 80 % of last week's value.
    """

    time: datetime
    value: float | None
    limit: float | None
    broken: bool


def alert_chart(
    *, alert: str, condition: str, unit: str, zone: ZoneInfo, breach: Breach, runs: Sequence[RunSeen]
) -> Chart | None:
    """None where fewer than two runs have a value. `condition` is as people wrote it, `runs` oldest first."""
    points = tuple((run.time, math.nan if run.value is None else run.value) for run in runs)
    if len(captions.known(points)) < 2:
        return None
    broken = tuple((run.time, run.value) for run in runs if run.broken and run.value is not None)
    limit = tuple((run.time, math.nan if run.limit is None else run.limit) for run in runs)
    limits = (Limit(label=LIMIT, points=limit, breach=breach),) if captions.known(limit) else ()
    return Chart(
        title=alert,
        subtitle=condition,
        unit=unit,
        timezone=zone,
        lines=(Line(label=condition, points=points),),
        limits=limits,
        marks=broken,
        mark_label=f"Broken {captions.times(len(broken))}" if broken else "",
        alt=f"{alert}, {condition}, {captions.shown(points)}: {_said(unit, zone, points, broken)}.",
    )


def _said(unit: str, zone: ZoneInfo, points: Points, broken: Points) -> str:
    """`broken 3 times in 30 runs, last on Tue, Nov 3 at $8,750; now $10,200`."""
    apart = captions.spacing(time for time, _ in points)
    said = f"broken {captions.times(len(broken))} in {len(points):,} runs"
    if not broken:
        said = f"never broken in {len(points):,} runs"
    last_time, last_value = captions.known(points)[-1]
    if broken:
        when = captions.moment(broken[-1][0], zone, apart)
        said += f", last on {when} at {number(broken[-1][1], unit)}"
    if not broken or last_time != broken[-1][0]:
        said += f"; now {number(last_value, unit)}"
    return said
