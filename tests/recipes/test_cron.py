from pathlib import Path

import pytest

from tests.recipes.conftest import NOBODY, RECIPES, Ended, Heard, block, run

pytestmark = pytest.mark.slow

SCRIPT = RECIPES / "houston-run.sh"


async def job(heard: Heard, folder: Path, shell: str, name: str = "nightly import", **env: str) -> Ended:
    return await run("sh", SCRIPT, name, "--", "sh", "-c", shell, folder=folder, env=heard.env | env)


async def test_a_job_that_fails_is_told_and_so_is_the_success_that_ends_it(
    heard: Heard, tmp_path: Path
) -> None:
    broken = await job(heard, tmp_path, "echo read; echo 'Disk is full' >&2; exit 7")
    heard.api.clock.forward(minutes=5)
    well = await job(heard, tmp_path, "echo all read")
    assert (broken.code, broken.out, broken.err) == (7, "read\n", "Disk is full\n")
    assert (well.code, well.out, well.err) == (0, "all read\n", "")
    fired, resolved = await heard.events()
    assert (fired.phase, resolved.phase) == ("fired", "resolved")
    assert (fired.subject, fired.payload["error"]) == ("nightly import", "Exit code 7\nDisk is full")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (r"\"quoted\" \\\\ back \$HOME", '"quoted" \\ back $HOME'),
        (r"tab\there\nand\033[31m red\001", "tab here\nand[31m red"),
        (r"gr\303\274n \360\237\232\200", "grün 🚀"),
        (r"broken \377\376 bytes", "broken  bytes"),
        ("", ""),
    ],
)
async def test_whatever_a_job_says_arrives_as_text(
    heard: Heard, tmp_path: Path, written: str, kept: str
) -> None:
    script = tmp_path / "job.sh"
    script.write_text(f'printf "{written}" >&2; exit 1')
    ended = await run("sh", SCRIPT, 'the "x\\y" job', "--", "sh", script, folder=tmp_path, env=heard.env)
    assert ended.code == 1
    [event] = await heard.events()
    assert event.subject == 'the "x\\y" job'
    assert event.payload["error"] == f"Exit code 1\n{kept}".strip()


async def test_much_that_a_job_says_is_cut_between_characters(heard: Heard, tmp_path: Path) -> None:
    await job(heard, tmp_path, "for i in $(seq 1 2000); do printf 'ü€' >&2; done; exit 1")
    [event] = await heard.events()
    assert 500 < len(event.payload["error"]) < 3100
    assert set(event.payload["error"].removeprefix("Exit code 1\n")) == set("ü€")


@pytest.mark.parametrize(
    "env", [{"HOUSTON_URL": NOBODY}, {"HOUSTON_API_KEY": "hk_wrong"}, {"HOUSTON_URL": ""}]
)
async def test_the_job_goes_on_where_houston_cannot_be_told(
    heard: Heard, tmp_path: Path, env: dict[str, str]
) -> None:
    ended = await job(heard, tmp_path, "echo worked; exit 3", **env)
    assert (ended.code, ended.out) == (3, "worked\n")
    assert "Houston was not told how nightly import ended." in ended.err
    assert await heard.told() == []


async def test_the_job_runs_where_there_is_no_room_for_its_words(heard: Heard, tmp_path: Path) -> None:
    ended = await job(heard, tmp_path, "echo worked; echo oh >&2; exit 3", TMPDIR=str(tmp_path / "missing"))
    assert (ended.code, ended.out) == (3, "worked\n")
    assert "oh" in ended.err
    assert (await heard.events())[0].payload["error"] == "Exit code 3"


async def test_a_script_that_stops_at_errors_calls_the_function(heard: Heard, tmp_path: Path) -> None:
    script = tmp_path / "backup"
    script.write_text(
        f"set -eu\n. {SCRIPT}\nhouston_run dump -- true\nhouston_run load -- false\necho never\n"
    )
    ended = await run("sh", script, folder=tmp_path, env=heard.env)
    assert (ended.code, ended.out) == (1, "")
    assert await heard.told() == [("task_failure", "fired", "load", "warning")]


def test_the_key_is_not_among_the_arguments_of_any_program() -> None:
    """printf is built in, so that it shows in no list of processes."""
    script = SCRIPT.read_text()
    assert "printf 'Authorization: Bearer %s\\n' \"$HOUSTON_API_KEY\" |" in script
    assert script.count("$HOUSTON_API_KEY") == 1


async def test_the_plain_request_of_the_docs_arrives(heard: Heard, tmp_path: Path) -> None:
    ended = await run("sh", "-c", block("", "nightly-2026-11-03-1"), folder=tmp_path, env=heard.env)
    assert (ended.code, '"event_id"' in ended.out) == (0, True)
    assert await heard.told() == [("task_failure", "fired", "nightly import", "warning")]
