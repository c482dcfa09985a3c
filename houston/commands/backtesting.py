"""`app.py backtest`: the outlier detector over a file, or a folder of them."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from houston.watch.backtest import Closed, FileReport, backtest, backtest_json, read_csv
from houston.watch.backtest_report import picture, summary
from houston.watch.chart import Chart
from houston.watch.outliers.settings import Settings


def backtest_file(
    source: Path,
    settings: Settings,
    closed: Closed | None,
    *,
    as_json: bool,
    chart: Path | None,
    draw: Callable[[Chart], bytes],
) -> None:
    rows, problems = read_csv(source)
    for problem in problems:
        print(problem, file=sys.stderr)
    if as_json:
        sys.stdout.writelines(backtest_json(rows, settings, closed))
    if as_json and not chart:
        return
    verdicts = list(backtest(rows, settings, closed))
    if not as_json:
        print(summary(rows, verdicts))
    if chart:
        chart.write_bytes(draw(picture(source.stem, rows, verdicts)))


def print_folder(reports: Iterable[FileReport]) -> None:
    for report in reports:
        print(f"{report.name}: {report.rows} rows", file=sys.stderr)
        for problem in report.problems:
            print(f"{report.name}, {problem}", file=sys.stderr)
