"""How well the detector does on the suites of a folder with `drive.py`, in one table.

    uv run python tests/bench/accuracy.py ../shared/bench [--jobs 2]

It runs `drive.py nab`, the same scrambled, `drive.py biz` over five seeds, and `drive.py causal`, all through
`app.py backtest`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

APP = Path(__file__).parents[2] / "app.py"
COMMAND = f"{sys.executable} {APP} backtest {{file}} --json"
SEEDS = range(1, 6)

Found = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds drive.py")
    parser.add_argument("--jobs", type=int, default=1, help="files at a time")
    wanted = parser.parse_args()

    def drive(*words: str) -> Found:
        jobs = () if words[0] == "causal" else ("--jobs", str(wanted.jobs))
        return run([sys.executable, str(wanted.folder / "drive.py"), *words, "--cmd", COMMAND, *jobs])

    for label, words in (("NAB", ["nab"]), ("NAB, values ×4, dates +3 years", ["nab", "--scramble"])):
        show(label, of_nab(drive(*words)))
    seeds = {seed: drive("biz", "--seed", str(seed)) for seed in SEEDS}
    for seed, found in seeds.items():
        show(f"business, seed {seed}", of_business(found))
    show(f"business, mean of {len(seeds)}", mean_of([dict(of_business(found)) for found in seeds.values()]))
    show("causal and deterministic", [("passes", drive("causal")["causal_and_deterministic"])])


def run(command: Sequence[str]) -> Found:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: Found = json.loads(done.stdout)
    return found


def of_nab(found: Found) -> Iterator[tuple[str, float]]:
    best, shipped = found["optimal_threshold"], found["alerting_as_shipped"]
    yield "standard", best["standard"][0]
    yield "low FP", best["reward_low_FP_rate"][0]
    yield "low FN", best["reward_low_FN_rate"][0]
    yield "best threshold", best["standard"][1]
    yield "shipped", found["as_shipped(is_outlier)"]["standard"]
    yield "shipped F1", shipped["event_f1"]
    yield "false alerts per series-month", shipped["false_per_series_month"]


def of_business(found: Found) -> Iterator[tuple[str, float]]:
    yield "F1", found["f1"]
    yield "precision", found["precision"]
    yield "recall", found["recall"]
    yield "false alerts per series-month", found["false_per_series_month"]
    for kind, each in found["by_freq"].items():
        yield f"of which {kind}", each["false_per_series_month"]
    yield "alerts per found", found["alerts_per_found"]
    yield "error beside seasonal-naive", found["expected_mae_vs_seasonal_naive"]
    yield "rows in the band", found["band_coverage_clean"]


def mean_of(rows: Sequence[dict[str, float]]) -> Iterator[tuple[str, float]]:
    for name in rows[0]:
        yield name, statistics.fmean(row[name] for row in rows)


def show(label: str, figures: Iterator[tuple[str, float]] | Sequence[tuple[str, Any]]) -> None:
    written = ", ".join(
        f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}" for name, value in figures
    )
    print(f"{label}: {written}", flush=True)


if __name__ == "__main__":
    main()
