import json
from pathlib import Path

import pytest

from houston.watch.backtest import BacktestError, backtest, backtest_folder, read_csv
from houston.watch.outliers.settings import Settings
from tests.unit.outliers.shapes import DAY, daily_orders, series

KEYS = ["timestamp", "value", "expected", "lower", "upper", "score", "severity", "is_outlier"]


def written(folder: Path, *lines: str, name: str = "orders.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(["timestamp,value", *lines]) + "\n", encoding="utf-8")
    return path


def order_lines(spike_at: int) -> list[str]:
    values = daily_orders(8)
    values[spike_at] *= 3
    found = series(values, step=DAY)
    return [f"{time},{value:g}" for time, value in zip(found.times, found.values, strict=True)]


def test_each_row_gets_a_line_with_the_documented_keys(tmp_path: Path) -> None:
    lines = order_lines(spike_at=40)
    rows, problems = read_csv(written(tmp_path, *lines))
    found = list(backtest(rows, Settings()))
    assert not problems
    assert [list(line) for line in found] == [KEYS] * len(lines)
    assert [line["timestamp"] for line in found] == [line.split(",")[0] for line in lines]
    assert found[0]["expected"] is found[0]["lower"] is found[0]["upper"] is found[0]["severity"] is None
    assert found[40]["is_outlier"] is True
    assert found[40]["severity"] == "critical"
    json.dumps(found, allow_nan=False)


def test_all_forms_of_iso_8601_mean_the_same_time(tmp_path: Path) -> None:
    forms = ["2026-01-31T09:00:00Z", "2026-01-31 09:00:00", "2026-01-31T10:00:00+01:00", "2026-01-31 09:00"]
    rows, _ = read_csv(written(tmp_path, *[f"{form},1" for form in forms]))
    assert len({row.time for row in rows}) == 1
    assert [row.timestamp for row in rows] == forms


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("31.01.2026,5", "timestamp '31.01.2026' is not ISO 8601"),
        (",5", "timestamp '' is not ISO 8601"),
        ("2026-02-30,5", "timestamp '2026-02-30'"),
        ("2026-01-02,nan", "value 'nan' is not a finite number"),
        ("2026-01-02,inf", "value 'inf'"),
        ("2026-01-02,1_000", "value '1_000'"),
        ('2026-01-02,"1,5"', "value '1,5'"),
        ("2026-01-02", "value ''"),
    ],
)
def test_bad_rows_are_named_by_line_and_not_guessed(tmp_path: Path, line: str, reason: str) -> None:
    rows, [problem] = read_csv(written(tmp_path, "2026-01-01,1", line, "2026-01-03,3"))
    assert [row.value for row in rows] == [1.0, 3.0]
    assert str(problem).startswith(f"line 3: {reason}")


def test_rows_out_of_order_are_judged_but_teach_nothing(tmp_path: Path) -> None:
    lines = order_lines(spike_at=40)
    muddled = [*lines[:30], f"{lines[10].split(',')[0]},5000", *lines[30:]]
    rows, [problem] = read_csv(written(tmp_path, *muddled))
    found = list(backtest(rows, Settings()))
    assert problem.line == 32
    assert "not learned from" in problem.reason
    assert found[30]["is_outlier"] is True
    ordered, _ = read_csv(written(tmp_path, *lines))
    assert found[:30] + found[31:] == list(backtest(ordered, Settings()))


@pytest.mark.parametrize("content", [b"", b"time,value\n1,2\n", b"\xff\xfe\x00"])
def test_files_of_another_form_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    with pytest.raises(BacktestError, match=r"first line must be timestamp,value|UTF-8"):
        read_csv(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BacktestError, match=r"gone\.csv cannot be read"):
        read_csv(tmp_path / "gone.csv")


def test_a_folder_is_written_file_by_file_and_a_bad_file_stops_no_other(tmp_path: Path) -> None:
    lines = order_lines(spike_at=40)
    written(tmp_path, *lines, name="a.csv")
    (tmp_path / "b.csv").write_text("nothing\n")
    written(tmp_path, "2026-01-01,x", "2026-01-02,2", name="c.csv")
    reports = list(backtest_folder(tmp_path, tmp_path / "out", Settings()))
    assert [(report.name, report.rows, len(report.problems)) for report in reports] == [
        ("a.csv", len(lines), 0),
        ("b.csv", 0, 1),
        ("c.csv", 1, 1),
    ]
    rows, _ = read_csv(tmp_path / "a.csv")
    text = (tmp_path / "out" / "a.jsonl").read_text()
    assert [json.loads(line) for line in text.splitlines()] == list(backtest(rows, Settings()))
    assert not (tmp_path / "out" / "b.jsonl").exists()


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BacktestError, match=r"no \.csv files"):
        list(backtest_folder(tmp_path, tmp_path / "out", Settings()))
