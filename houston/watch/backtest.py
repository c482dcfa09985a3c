"""What the outlier check would have said about each row of a CSV file."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

import numpy as np

from houston.watch.outliers.detector import Detector, Verdicts
from houston.watch.outliers.series import LARGEST, Series, seconds
from houston.watch.outliers.settings import Settings
from houston.watch.outliers.severity import SEVERITIES

COLUMNS = ("timestamp", "value")


class BacktestError(ValueError):
    """This file or folder cannot be backtested; the message says what to change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    line: int
    #: as the file has it
    timestamp: str
    #: seconds since 1970, UTC
    time: int
    value: float

    @property
    def day(self) -> date:
        return datetime.fromtimestamp(self.time, UTC).date()


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class FileReport:
    name: str
    rows: int
    problems: list[Problem]


Closed = Callable[[date], bool]
"""Whether a day (UTC) is left out: judged and learned from, but never alerted on."""

Line = dict[str, object]


def open_always(_: date) -> bool:
    return False


def closed_in(country: str) -> Closed:
    """The public holidays of a country, by its ISO 3166 code."""
    from holidays import country_holidays

    try:
        days = country_holidays(country.upper())
    except NotImplementedError as error:
        raise BacktestError(f"no holidays are known for {country!r}; use a code such as CH or US") from error
    return days.__contains__


def backtest(rows: Iterable[Row], settings: Settings, closed: Closed = open_always) -> Iterator[Line]:
    """One dict per row, in the order of the file; none depends on a later row.

    A row whose time is not after all earlier ones (a duplicate, or out of order) is judged as if it came
    next, but not learned from.
    """
    detector = Detector(settings)
    for on_time, run in groupby(with_timeliness(rows), key=lambda pair: pair[0]):
        group = [row for _, row in run]
        if on_time:
            yield from lines(group, detector.read(series_of(group)), closed)
        else:
            for row in group:
                yield from lines([row], detector.judge(series_of([row])), closed)


def backtest_folder(
    folder: Path, out: Path, settings: Settings, closed: Closed = open_always
) -> Iterator[FileReport]:
    """Writes `<name>.jsonl` for each CSV file; one that cannot be read at all is a problem of its line 1."""
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise BacktestError(f"{folder} holds no .csv files; name a folder that does")
    out.mkdir(parents=True, exist_ok=True)
    for file in files:
        try:
            rows, problems = read_csv(file)
        except BacktestError as error:
            yield FileReport(name=file.name, rows=0, problems=[Problem(line=1, reason=str(error))])
            continue
        with (out / f"{file.stem}.jsonl").open("w", encoding="utf-8") as target:
            target.writelines(json.dumps(line) + "\n" for line in backtest(rows, settings, closed))
        yield FileReport(name=file.name, rows=len(rows), problems=problems)


def read_csv(path: Path) -> tuple[list[Row], list[Problem]]:
    """The rows of a file `timestamp,value`, and what is wrong with the lines that are not rows."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for line, fields in records(path):
        parsed = parse(line, fields)
        if isinstance(parsed, Row):
            rows.append(parsed)
        else:
            problems.append(parsed)
    late = [row for on_time, row in with_timeliness(rows) if not on_time]
    if late:
        problems.append(Problem(line=late[0].line, reason=lateness(len(late))))
    return rows, sorted(problems, key=lambda problem: problem.line)


def records(path: Path) -> Iterator[tuple[int, tuple[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = [name.strip().lower() for name in next(reader, [])]
            missing = [name for name in COLUMNS if name not in header]
            if missing:
                raise BacktestError(
                    f"no column {' or '.join(missing)}; the first line must be timestamp,value"
                )
            time, value = (header.index(name) for name in COLUMNS)
            for cells in reader:
                if cells:
                    padded = cells + [""] * len(header)
                    yield reader.line_num, (padded[time], padded[value])
    except OSError as error:
        raise BacktestError(f"{path} cannot be read ({error.strerror}); check its name and rights") from error
    except UnicodeDecodeError as error:
        raise BacktestError("not UTF-8 text; save the file as CSV in UTF-8") from error
    except csv.Error as error:
        raise BacktestError("not a CSV file; save it as comma-separated text in UTF-8") from error


def parse(line: int, fields: tuple[str, str]) -> Row | Problem:
    timestamp, value = fields
    time = parse_time(timestamp.strip())
    if time is None:
        return Problem(
            line=line, reason=f"timestamp {timestamp!r} is not ISO 8601, like 2026-01-31T09:00:00Z"
        )
    parsed = parse_value(value.strip())
    if parsed is None:
        return Problem(line=line, reason=f"value {value!r} is not a finite number, like 12.5")
    return Row(line=line, timestamp=timestamp, time=time, value=parsed)


def parse_time(text: str) -> int | None:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return seconds(time if time.tzinfo else time.replace(tzinfo=UTC))


def parse_value(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    # Python alone reads 1_000 as a number
    return value if abs(value) <= LARGEST and "_" not in text else None


def lateness(count: int) -> str:
    rows = "this row is" if count == 1 else f"this row and {count - 1} further down are"
    return f"{rows} not after all rows above, so judged but not learned from; sort the file by timestamp"


def with_timeliness(rows: Iterable[Row]) -> Iterator[tuple[bool, Row]]:
    """Each row with whether it comes after all rows before it."""
    latest = -math.inf
    for row in rows:
        yield row.time > latest, row
        latest = max(latest, row.time)


def series_of(rows: list[Row]) -> Series:
    return Series(
        times=np.array([row.time for row in rows], dtype=np.int64).astype("datetime64[s]"),
        values=np.array([row.value for row in rows], dtype=np.float64),
    )


def lines(rows: list[Row], verdicts: Verdicts, closed: Closed) -> Iterator[Line]:
    columns = (
        verdicts.expected.tolist(),
        verdicts.lower.tolist(),
        verdicts.upper.tolist(),
        verdicts.score.tolist(),
        verdicts.severity.tolist(),
        verdicts.is_outlier.tolist(),
    )
    for row, expected, lower, upper, score, grade, is_outlier in zip(rows, *columns, strict=True):
        alerts = is_outlier and not closed(row.day)
        yield {
            "timestamp": row.timestamp,
            "value": row.value,
            "expected": None if math.isnan(expected) else expected,
            "lower": None if math.isnan(lower) else lower,
            "upper": None if math.isnan(upper) else upper,
            "score": score,
            "severity": SEVERITIES[grade] if grade else None,
            "is_outlier": alerts,
        }
