"""How many rows a second the detector judges on one core, beside two things that one would take instead.

    OMP_NUM_THREADS=1 uv run --no-sync --with statsmodels --with pyod python -m tests.bench.speed

- STL (statsmodels) refitted once a day on the last two weeks, with a robust band around its remainder
- PCA and KNN (pyod) on the last 12 values, refitted once a day on the last two weeks

Both judge a day's rows by the fit of the day before. They are left out where they are not installed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from houston.watch.outliers.bank import Bank
from houston.watch.outliers.series import Series
from houston.watch.outliers.settings import Settings

ROOT = Path(__file__).parents[2]
DAY, HOUR = 86_400, 3_600
STEPS = {"5-minute": 300, "hourly": HOUR, "daily": DAY}
TOGETHER = (1, 30, 1_000)
#: what the others learn from, in days
LEARNED = 14
LAGS = 12
FILES = 31

Floats = NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000, help="rows per series")
    rows = parser.parse_args().rows
    for name, step in STEPS.items():
        for members in TOGETHER:
            show(
                f"Houston in process, {members} {name} series",
                members * rows,
                partial(read, members, rows, step),
            )
    show(
        f"app.py backtest FOLDER, {FILES} 5-minute files, with its start",
        FILES * rows,
        partial(command, rows),
    )
    for name, judge in (("STL refitted per day", stl), ("PCA + KNN on lags", lags)):
        values = series(0, LEARNED * 288 + rows, 300).values
        try:
            show(f"{name}, one 5-minute series", rows, partial(judge, values))
        except ImportError as error:
            print(f"{name}: left out, {error.name} is not installed")


def show(label: str, rows: int, work: Callable[[], object]) -> None:
    """By the processor's seconds of this process and its children, which other work on the machine changes
    less than the time of day."""
    before, began = sum(os.times()[:4]), time.perf_counter()
    work()
    spent, passed = sum(os.times()[:4]) - before, time.perf_counter() - began
    print(
        f"{label}: {rows / spent:,.0f} rows/s ({rows:,} rows, {spent:.2f} s of a core, {passed:.2f} s)",
        flush=True,
    )


def series(seed: int, rows: int, step: int) -> Series:
    random = np.random.default_rng(seed)
    times = np.datetime64("2025-03-03T00:00:00", "s") + step * np.arange(rows)
    wave = np.sin(2 * np.pi * np.arange(rows) * step / (DAY if step < DAY else 7 * DAY))
    return Series(
        times=times, values=random.uniform(50, 5_000) * (1 + 0.4 * wave + random.normal(0, 0.05, rows))
    )


def read(members: int, rows: int, step: int) -> None:
    Bank([Settings()] * members).read([series(seed, rows, step) for seed in range(members)])


def command(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(FILES):
            made = series(seed, rows, 300)
            lines = [f"{t},{v!r}\n" for t, v in zip(made.times, made.values.tolist(), strict=True)]
            (Path(folder) / f"{seed}.csv").write_text("timestamp,value\n" + "".join(lines))
        words = [sys.executable, str(ROOT / "app.py"), "backtest", folder, "--json", "--out", f"{folder}/out"]
        subprocess.run(words, check=True, capture_output=True)


def stl(values: Floats) -> Floats:
    STL = import_module("statsmodels.tsa.seasonal").STL

    found = np.empty(len(values) - LEARNED * 288)
    for start in range(0, len(found), 288):
        past = values[start : start + LEARNED * 288]
        fit = STL(past, period=288, robust=False).fit()
        noise = 1.4826 * np.median(np.abs(fit.resid))
        expected = fit.trend[-1] + fit.seasonal[-288:]
        new = values[start + LEARNED * 288 :][:288]
        found[start : start + 288] = np.abs(new - expected[: len(new)]) / noise
    return found


def lags(values: Floats) -> Floats:
    KNN, PCA = import_module("pyod.models.knn").KNN, import_module("sklearn.decomposition").PCA

    windows = np.lib.stride_tricks.sliding_window_view(values, LAGS)[-(len(values) - LAGS + 1) :]
    learned = LEARNED * 288 - LAGS + 1
    found = np.empty(len(values) - LEARNED * 288)
    for start in range(0, len(found), 288):
        past = windows[start : start + learned]
        reduced = PCA(n_components=4).fit(past)
        model = KNN(n_neighbors=5).fit(reduced.transform(past))
        new = windows[start + learned :][:288]
        found[start : start + len(new)] = model.decision_function(reduced.transform(new))
    return found


if __name__ == "__main__":
    main()
