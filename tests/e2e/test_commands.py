"""The command line as a person meets it: in a process of its own, without tokens."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.e2e.commands import app, bare
from tests.store.databases import Clock, new_store

pytestmark = pytest.mark.slow


async def test_without_credentials_houston_says_what_is_missing_and_what_needs_none(tmp_path: Path) -> None:
    ended = await app(environment=bare(tmp_path))
    assert ended.code == 1
    for words in ("SLACK_APP_TOKEN", "Socket Mode", "app.py demo"):
        assert words in ended.err
    assert "Traceback" not in ended.err


async def test_a_wrong_command_is_wrong_usage(tmp_path: Path) -> None:
    assert (await app("lunch", environment=bare(tmp_path))).code == 2


async def test_metrics_are_imported_with_an_exact_count_and_the_reasons(tmp_path: Path) -> None:
    file = tmp_path / "spend.csv"
    file.write_text("timestamp,value\n2026-11-01,10\nyesterday,11\n2026-11-02,NaN\n2026-11-03,12\n")
    ended = await app("import", "metrics", file, "--client", "acme", environment=bare(tmp_path))
    assert ended.code == 0
    assert "2 rows taken" in ended.out
    assert "2 refused" in ended.out
    assert "spend.csv, line 3" in ended.err
    assert "spend.csv, line 4" in ended.err


async def test_a_file_without_its_columns_is_refused_whole(tmp_path: Path) -> None:
    file = tmp_path / "spend.csv"
    file.write_text("when,how much\n2026-11-01,10\n")
    ended = await app("import", "metrics", file, "--client", "acme", "--json", environment=bare(tmp_path))
    assert ended.code == 1
    report = json.loads(ended.out)
    assert report["taken"] == 0
    assert "timestamp" in report["refused"][0]["why"]


async def test_an_api_key_is_all_that_is_printed(tmp_path: Path) -> None:
    ended = await app("api-key", "create", "--name", "airflow", environment=bare(tmp_path))
    assert ended.code == 0
    assert ended.out.startswith("hk_")
    assert len(ended.out.split()) == 1


async def test_a_key_for_an_unknown_client_is_refused(tmp_path: Path) -> None:
    arguments = ("api-key", "create", "--name", "airflow", "--client", "nobody")
    ended = await app(*arguments, environment=bare(tmp_path))
    assert (ended.code, ended.out) == (1, "")
    assert "nobody" in ended.err


async def test_a_second_running_houston_is_refused_in_one_sentence(tmp_path: Path) -> None:
    first = new_store(f"sqlite:///{tmp_path / 'houston.db'}", Clock())
    first.hold()
    tokens = {"SLACK_APP_TOKEN": "xapp-1", "SLACK_BOT_TOKEN": "xoxb-1"}
    ended = await app(environment=bare(tmp_path, **tokens))
    await first.close()
    assert ended.code == 1
    assert ended.err.startswith("Another Houston is running on")
    assert ended.err.count("\n") == 1


async def test_a_replay_over_nothing_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "spend.csv"
    file.write_text("timestamp,value\n2026-11-01,10\n")
    await app("import", "metrics", file, "--client", "acme", environment=bare(tmp_path))
    span = ("--from", "2026-11-01", "--to", "2026-11-02")
    ended = await app("replay", "--metric", "spend", "--client", "acme", *span, environment=bare(tmp_path))
    assert ended.code == 1
    assert "add one first" in ended.err


async def test_a_backtest_prints_one_line_a_row(tmp_path: Path) -> None:
    file, picture = tmp_path / "spend.csv", tmp_path / "spend.png"
    rows = [f"2026-10-{1 + i // 24:02d}T{i % 24:02d}:00:00,{100 + i % 24}" for i in range(24 * 14)]
    file.write_text("timestamp,value\n" + "\n".join([*rows, "2026-10-15T00:00:00,5000"]) + "\n")
    ended = await app("backtest", file, "--json", "--chart", picture, environment=bare(tmp_path))
    assert ended.code == 0, ended.err
    lines = [json.loads(line) for line in ended.out.splitlines()]
    assert len(lines) == len(rows) + 1
    assert list(lines[-1]) == [
        "timestamp", "value", "expected", "lower", "upper", "score", "severity", "is_outlier",
    ]  # fmt: skip
    assert lines[-1]["is_outlier"] is True
    assert picture.read_bytes().startswith(b"\x89PNG")
    told = await app("backtest", file, environment=bare(tmp_path))
    assert "would have alerted" in told.out


async def test_a_folder_is_backtested_in_one_process(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.csv").write_text("timestamp,value\n2026-11-01,1\n2026-11-02,2\n")
    ended = await app("backtest", folder, "--json", "--out", out, environment=bare(tmp_path))
    assert ended.code == 0, ended.err
    assert sorted(path.name for path in out.iterdir()) == ["a.jsonl", "b.jsonl"]


@pytest.mark.parametrize("country", ["CH", "XX"])
async def test_a_countrys_holidays_are_not_alerted_on(tmp_path: Path, country: str) -> None:
    file = tmp_path / "spend.csv"
    rows = [f"2026-12-{1 + i // 24:02d}T{i % 24:02d}:00:00,{100 + i % 24}" for i in range(24 * 24)]
    file.write_text("timestamp,value\n" + "\n".join([*rows, "2026-12-25T00:00:00,5000"]) + "\n")
    ended = await app("backtest", file, "--json", "--country", country, environment=bare(tmp_path))
    if country == "XX":
        assert ended.code == 1
        assert "such as CH" in ended.err
    else:
        assert json.loads(ended.out.splitlines()[-1])["is_outlier"] is False


async def test_commands_work_beside_each_other(tmp_path: Path) -> None:
    keys = [app("api-key", "create", "--name", f"k{i}", environment=bare(tmp_path)) for i in range(3)]
    assert {ended.code for ended in await asyncio.gather(*keys)} == {0}
