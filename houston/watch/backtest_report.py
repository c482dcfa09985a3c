"""A backtest for people: what it found in a sentence, and in a picture."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from houston.watch.backtest import Line as Verdict
from houston.watch.backtest import Row
from houston.watch.backtest_chart import backtest_chart
from houston.watch.chart import Chart

LISTED = 20


def summary(rows: Sequence[Row], verdicts: Sequence[Verdict]) -> str:
    """How often it would have alerted, and when."""
    found = [verdict for verdict in verdicts if verdict["is_outlier"]]
    if not rows:
        return "No rows to judge."
    told = "never" if not found else "once" if len(found) == 1 else f"{len(found)} times"
    lines = [f"{len(rows):,} rows: Houston would have alerted {told}."]
    lines += [f"  {each['timestamp']}  {each['value']:g}  {each['severity']}" for each in found[:LISTED]]
    lines += [f"  and {len(found) - LISTED} more"] if len(found) > LISTED else []
    return "\n".join(lines)


def picture(name: str, rows: Sequence[Row], verdicts: Sequence[Verdict]) -> Chart:
    """The series, its expected band, and what would have been alerted on."""
    times = [datetime.fromtimestamp(row.time, UTC) for row in rows]
    band = tuple(
        (time, lower, upper)
        for time, verdict in zip(times, verdicts, strict=True)
        if isinstance(lower := verdict["lower"], float) and isinstance(upper := verdict["upper"], float)
    )
    marks = tuple(
        (time, row.value)
        for time, row, verdict in zip(times, rows, verdicts, strict=True)
        if verdict["is_outlier"]
    )
    points = tuple((time, row.value) for time, row in zip(times, rows, strict=True))
    return backtest_chart(name=name, unit="", zone=ZoneInfo("UTC"), points=points, band=band, fired=marks)
