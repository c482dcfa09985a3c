"""`app.py eval` as a person runs it, over a little agency of its own."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.agent.llm_server import Call, LLMServer, calls, says
from tests.e2e.commands import app, bare, watched

pytestmark = pytest.mark.slow

QUESTIONS = """\
now: 2026-05-20T07:00:00
data: data
questions:
- id: good
  category: one
  client: oak
  turns: [{say: sales yesterday, expect: {numbers: [119], tools: [channel_performance]}}]
- id: bad
  category: two
  client: oak
  turns: [{say: sales yesterday, expect: {numbers: [77]}}]
- id: wall
  category: two
  member: kim
  turns: [{say: sales of Oak yesterday, expect: {refusal: true}}]
members: {kim: {name: Kim Larsen, clients: [elm]}}
"""
YESTERDAY = '{"metric": "sales", "start": "2026-05-19", "end": "2026-05-19"}'


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    for client in ("oak", "elm"):
        folder = tmp_path / "data" / client
        folder.mkdir(parents=True)
        days = [f"{date(2026, 5, 1) + timedelta(days=day)},{100 + day + 1}" for day in range(19)]
        (folder / "sales.csv").write_text("timestamp,value\n" + "\n".join(days) + "\n", encoding="utf-8")
    return written(tmp_path, QUESTIONS)


def written(folder: Path, text: str) -> Path:
    file = folder / "set.yaml"
    file.write_text(text, encoding="utf-8")
    return file


async def test_results_are_lines_of_json_and_nothing_else(tmp_path: Path, questions: Path) -> None:
    ended = await app("eval", "--set", questions, "--repeat", "2", "--json", environment=bare(tmp_path))
    lines = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 0, ended.err
    assert [(line["id"], line["repeat"]) for line in lines] == [
        (id, repeat) for repeat in (1, 2) for id in ("good", "bad", "wall")
    ]
    assert all(set(line) == {"id", "repeat", "passed", "why", "seconds", "tokens"} for line in lines)
    assert [line["why"] for line in lines[:3]] == ["", "the figure 77.0 does not occur", ""]


async def test_any_server_that_speaks_as_openais_does_is_asked_without_a_key(
    tmp_path: Path, questions: Path
) -> None:
    script = [
        calls(Call(name="channel_performance", arguments=YESTERDAY)),
        says("Sales were 119 yesterday."),
    ]
    async with LLMServer(script) as server:
        ended = await app(
            *("eval", "--set", questions, "--only", "good", "--model", "little"),
            *("--base-url", server.url, "--price-in", "1", "--price-out", "10"),
            environment=bare(tmp_path),
        )
    assert ended.code == 0, ended.err
    assert "all            1/1     100.0%" in ended.out
    assert "tokens     240 in, 16 out a question" in ended.out
    assert "cost       $0.00040 a question" in ended.out
    assert {request["model"] for request in server.requests} == {"little"}


async def test_a_set_that_cannot_be_run_is_said_in_one_line(tmp_path: Path, questions: Path) -> None:
    file = written(tmp_path, QUESTIONS.replace("client: oak", "client: ash"))
    ended = await app("eval", "--set", file, environment=bare(tmp_path))
    assert ended.code == 1
    assert ended.err == "good: client: there is no client ash; the data has elm, oak.\n"


async def test_at_a_terminal_a_bar_shows_how_far_it_is(tmp_path: Path, questions: Path) -> None:
    seen = await watched("eval", "--set", questions, "--repeat", "2", environment=bare(tmp_path))
    assert "Asking" in seen
    assert "100%" in seen
