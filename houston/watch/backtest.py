"""What the outlier check would have said about each row of a CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from houston.watch.backtest_csv import BacktestError, Problem, Row, Table, read_csv
from houston.watch.backtest_lines import Closed, Line, json_lines, lines
from houston.watch.outliers.bank import Bank
from houston.watch.outliers.settings import Settings
from houston.watch.outliers.verdicts import Verdicts

__all__ = [
    "BacktestError",
    "Closed",
    "FileReport",
    "Line",
    "Problem",
    "Row",
    "backtest",
    "backtest_folder",
    "backtest_json",
    "closed_in",
    "read_csv",
]

#: files, and rows of the longest times files, that are held in memory at once
FILES, CELLS = 256, 8_000_000


@dataclass(frozen=True, kw_only=True)
class FileReport:
    name: str
    rows: int
    problems: list[Problem]


def closed_in(country: str) -> Closed:
    """The public holidays of a country, by its ISO 3166 code."""
    from holidays import country_holidays

    try:
        days = country_holidays(country.upper())
    except NotImplementedError as error:
        raise BacktestError(f"no holidays are known for {country!r}; use a code such as CH or US") from error
    return days.__contains__


def backtest(rows: Table, settings: Settings, closed: Closed | None = None) -> Iterator[Line]:
    """One dict per row, in the order of the file; none depends on a later row.

    A row whose time is not after all earlier ones (a duplicate, or out of order) is judged as if it came
    next, but not learned from.
    """
    return lines(rows, judged([rows], settings)[0], closed)


def backtest_json(rows: Table, settings: Settings, closed: Closed | None = None) -> Iterator[str]:
    """The same as lines of JSON."""
    return json_lines(rows, judged([rows], settings)[0], closed)


def backtest_folder(
    folder: Path, out: Path, settings: Settings, closed: Closed | None = None
) -> Iterator[FileReport]:
    """Writes `<name>.jsonl` for each CSV file; one that cannot be read at all is a problem of its line 1."""
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise BacktestError(f"{folder} holds no .csv files; name a folder that does")
    out.mkdir(parents=True, exist_ok=True)
    for some in chunks(read_files(files)):
        tables = [table for _, table in some if table is not None]
        verdicts = iter(judged(tables, settings))
        for report, table in some:
            if table is not None:
                with (out / f"{report.name.removesuffix('.csv')}.jsonl").open(
                    "w", encoding="utf-8"
                ) as target:
                    target.writelines(json_lines(table, next(verdicts), closed))
            yield report


def read_files(files: Sequence[Path]) -> Iterator[tuple[FileReport, Table | None]]:
    for file in files:
        try:
            table, problems = read_csv(file)
        except BacktestError as error:
            yield FileReport(name=file.name, rows=0, problems=[Problem(line=1, reason=str(error))]), None
        else:
            yield FileReport(name=file.name, rows=len(table), problems=problems), table


Read = tuple[FileReport, Table | None]


def chunks(files: Iterator[Read]) -> Iterator[list[Read]]:
    """As many files at a time as fit into memory side by side."""
    some: list[Read] = []
    longest = 0
    for report, table in files:
        longest = max(longest, report.rows)
        if some and (len(some) == FILES or (len(some) + 1) * longest > CELLS):
            yield some
            some, longest = [], report.rows
        some.append((report, table))
    if some:
        yield some


def judged(tables: Sequence[Table], settings: Settings) -> list[Verdicts]:
    """Verdicts on all tables' rows, one per table: read side by side, which is faster than one by one."""
    bank = Bank([settings] * len(tables))
    found = [list[Verdicts]() for _ in tables]
    runs = [runs_of(table) for table in tables]
    for turn in range(max(map(len, runs), default=0)):
        some = [i for i, each in enumerate(runs) if turn < len(each)]
        series = [tables[i].series(*runs[i][turn][:2]) for i in some]
        for i, verdicts in zip(some, bank.read(series, some), strict=True):
            found[i].append(verdicts)
            for late in range(*runs[i][turn][1:]):
                found[i].append(bank.judge(i, tables[i].series(late, late + 1)))
    return [Verdicts.joined([Verdicts.silent(0), *each]) for each in found]


def runs_of(table: Table) -> list[tuple[int, int, int]]:
    """Where rows that are in order begin, where late ones follow, and where those end."""
    late = table.late
    turns = np.flatnonzero(late[1:] != late[:-1]) + 1
    edges = [0, *turns.tolist(), len(table)]
    if len(edges) % 2 == 0:
        edges.append(len(table))
    return list(zip(edges[:-1:2], edges[1::2], edges[2::2], strict=True))
