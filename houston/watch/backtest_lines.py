"""What a backtest says of each row, for programs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date
from json.encoder import encode_basestring_ascii as quoted

from houston.watch.backtest_csv import Row, Table
from houston.watch.outliers.severity import SEVERITIES
from houston.watch.outliers.verdicts import Verdicts

Closed = Callable[[date], bool]
"""Whether a day (UTC) is left out: judged and learned from, but never alerted on."""

Line = dict[str, object]


def lines(rows: Table, verdicts: Verdicts, closed: Closed | None) -> Iterator[Line]:
    """One dict per row."""
    for at, (row, columns) in enumerate(zip(rows, cells(verdicts), strict=True)):
        expected, lower, upper, score, grade, is_outlier = columns
        yield {
            "timestamp": row.timestamp,
            "value": row.value,
            "expected": known(expected),
            "lower": known(lower),
            "upper": known(upper),
            "score": score,
            "severity": SEVERITIES[grade] if grade else None,
            "is_outlier": is_outlier and alerts(rows[at], closed),
        }


def json_lines(rows: Table, verdicts: Verdicts, closed: Closed | None) -> Iterator[str]:
    """The same as text, several times faster than dict by dict."""
    severities = ["null", *(f'"{name}"' for name in SEVERITIES[1:])]
    columns = zip(rows.timestamps, rows.values.tolist(), cells(verdicts), strict=True)
    for at, (time, value, (expected, lower, upper, score, grade, is_outlier)) in enumerate(columns):
        bounds = (
            '"expected": null, "lower": null, "upper": null'
            if math.isnan(expected)
            else f'"expected": {expected!r}, "lower": {lower!r}, "upper": {upper!r}'
        )
        alert = "true" if is_outlier and alerts(rows[at], closed) else "false"
        yield (
            f'{{"timestamp": {quoted(time)}, "value": {value!r}, {bounds}, "score": {score!r}, '
            f'"severity": {severities[grade]}, "is_outlier": {alert}}}\n'
        )


def cells(verdicts: Verdicts) -> Iterator[tuple[float, float, float, float, int, bool]]:
    return zip(
        verdicts.expected.tolist(),
        verdicts.lower.tolist(),
        verdicts.upper.tolist(),
        verdicts.score.tolist(),
        verdicts.severity.tolist(),
        verdicts.is_outlier.tolist(),
        strict=True,
    )


def alerts(row: Row, closed: Closed | None) -> bool:
    return closed is None or not closed(row.day)


def known(value: float) -> float | None:
    return None if math.isnan(value) else value
