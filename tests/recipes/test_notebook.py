import asyncio
from pathlib import Path

import pytest

from tests.recipes.conftest import NOBODY, Heard, block

pytestmark = pytest.mark.slow

TOLD_AT_ONCE = "import houston_client; houston_client.WAITS = (0, 0, None); houston_client.SECONDS = 0.2\n"


async def test_two_lines_of_python_tell_a_notebooks_message(heard: Heard, tmp_path: Path) -> None:
    lines = block("python", "import json, os").strip()
    assert lines.count("\n") == 1
    assert (await heard.python(tmp_path, lines)).code == 0
    [event] = await heard.events()
    assert (event.type, event.severity, event.subject) == ("notebook_alert", "info", "Data Processing Update")
    assert event.payload["message"].endswith("1,247 records processed.")


async def test_a_cell_tells_how_it_went(heard: Heard, tmp_path: Path) -> None:
    cell = block("python", "records = process()")
    well = await heard.python(tmp_path, "def process(): return 1247\n" + cell)
    broken = await heard.python(tmp_path, "def process(): raise OSError('Disk is full')\n" + cell)
    assert (well.code, broken.code) == (0, 1)
    assert "Disk is full" in broken.err
    assert [event.severity for event in await heard.events()] == ["info", "critical"]
    assert (await heard.events())[1].payload["message"] == "OSError('Disk is full')"


async def test_a_notebook_goes_on_where_houston_is_away(heard: Heard, tmp_path: Path) -> None:
    cell = "def process(): return 1247\n" + block("python", "records = process()") + "print('went on')"
    ended = await heard.python(tmp_path, TOLD_AT_ONCE + cell, HOUSTON_URL=NOBODY)
    assert (ended.code, ended.out) == (0, "went on\n")
    assert "Houston was not told" in ended.err


async def test_a_notebook_waits_only_so_long_for_a_houston_that_says_nothing(
    heard: Heard, tmp_path: Path
) -> None:
    tries: list[bytes] = []

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tries.append(await reader.readuntil(b"\r\n\r\n"))
        await reader.read()
        writer.close()

    async with await asyncio.start_server(swallow, "127.0.0.1", 0) as silent:
        port = silent.sockets[0].getsockname()[1]
        tell = "print(houston_client.tell('task-runs', {}))"
        ended = await heard.python(tmp_path, TOLD_AT_ONCE + tell, HOUSTON_URL=f"http://127.0.0.1:{port}")
    assert (ended.code, ended.out) == (0, "False\n")
    keys = {
        line for head in tries for line in head.lower().splitlines() if line.startswith(b"idempotency-key")
    }
    assert (len(tries), len(keys)) == (3, 1)


@pytest.mark.parametrize("missing", ["HOUSTON_URL", "HOUSTON_API_KEY"])
async def test_what_is_not_set_up_is_said_and_nothing_is_raised(
    heard: Heard, tmp_path: Path, missing: str
) -> None:
    tell = f"import os; del os.environ['{missing}']; print(houston_client.tell('task-runs', {{}}))"
    ended = await heard.python(tmp_path, TOLD_AT_ONCE + tell)
    assert ended.out == "False\n"
    assert missing in ended.err


async def test_a_refusal_is_said_in_houstons_words(heard: Heard, tmp_path: Path) -> None:
    tell = "print(houston_client.tell('task-runs', {'job': 'x', 'run_id': '1', 'state': 'broken'}))"
    ended = await heard.python(tmp_path, TOLD_AT_ONCE + tell)
    assert ended.out == "False\n"
    assert '"field": "state"' in ended.err
