"""CSV files `timestamp,value`: their rows, and what is wrong with the lines that are not rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from houston.watch.outliers.series import LARGEST, Series, seconds

COLUMNS = ("timestamp", "value")
#: characters of a time such as 2026-01-31T09:00:00, of which numpy reads many at once
PLAIN_TIME = 19


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
class Table(Sequence[Row]):
    """The rows of a file, by column."""

    lines: list[int]
    #: as the file has them
    timestamps: list[str]
    #: seconds since 1970, UTC
    times: NDArray[np.int64]
    values: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Table: ...
    def __getitem__(self, at: int | slice) -> Row | Table:
        if isinstance(at, slice):
            return Table(
                lines=self.lines[at],
                timestamps=self.timestamps[at],
                times=self.times[at],
                values=self.values[at],
            )
        return Row(
            line=self.lines[at],
            timestamp=self.timestamps[at],
            time=int(self.times[at]),
            value=float(self.values[at]),
        )

    @property
    def late(self) -> NDArray[np.bool_]:
        """Which rows do not come after all rows before them."""
        found = np.zeros(len(self), np.bool_)
        found[1:] = self.times[1:] <= np.maximum.accumulate(self.times)[:-1]
        return found

    def series(self, start: int, end: int) -> Series:
        """Rows that are in order."""
        return Series(times=self.times[start:end].astype("datetime64[s]"), values=self.values[start:end])

    @staticmethod
    def of(rows: Sequence[Row]) -> Table:
        return Table(
            lines=[row.line for row in rows],
            timestamps=[row.timestamp for row in rows],
            times=np.array([row.time for row in rows], np.int64),
            values=np.array([row.value for row in rows], np.float64),
        )


Record = tuple[int, str, str]
"""A line's number, its timestamp and its value, as text."""


def read_csv(path: Path) -> tuple[Table, list[Problem]]:
    """The rows of a file `timestamp,value`, and what is wrong with the lines that are not rows."""
    found = list(records(path))
    table, problems = read_plain(found), list[Problem]()
    if table is None:
        parsed = [parse(*record) for record in found]
        table = Table.of([each for each in parsed if isinstance(each, Row)])
        problems = [each for each in parsed if isinstance(each, Problem)]
    late = np.flatnonzero(table.late)
    if late.size:
        problems.append(Problem(line=table.lines[late[0]], reason=lateness(late.size)))
    return table, sorted(problems, key=lambda problem: problem.line)


def read_plain(found: Sequence[Record]) -> Table | None:
    """All at once; None unless all times are of the plain form and all values are numbers."""
    if not found:
        return None
    lines, timestamps, values = map(list, zip(*found, strict=True))
    if any(len(time) != PLAIN_TIME for time in timestamps) or any("_" in value for value in values):
        return None
    try:
        times = np.array(timestamps, "datetime64[s]").astype(np.int64)
        numbers = np.array(list(map(float, values)))
    except ValueError:
        return None
    if not (np.abs(numbers) <= LARGEST).all():
        return None
    return Table(lines=lines, timestamps=timestamps, times=times, values=numbers)


def records(path: Path) -> Iterator[Record]:
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
            missing_cells = [""] * len(header)
            for cells in reader:
                if cells:
                    cells += missing_cells
                    yield reader.line_num, cells[time], cells[value]
    except OSError as error:
        raise BacktestError(f"{path} cannot be read ({error.strerror}); check its name and rights") from error
    except UnicodeDecodeError as error:
        raise BacktestError("not UTF-8 text; save the file as CSV in UTF-8") from error
    except csv.Error as error:
        raise BacktestError("not a CSV file; save it as comma-separated text in UTF-8") from error


def parse(line: int, timestamp: str, value: str) -> Row | Problem:
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
