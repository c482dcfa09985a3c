from datetime import UTC, datetime
from pathlib import Path

import pytest

from houston.agent.evals.question import CAST
from houston.agent.evals.reading import SetError, read_set

ONE = "{id: a, category: c, turns: [{say: hello}]}"


def written(folder: Path, text: str) -> Path:
    file = folder / "set.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_list_is_a_set_and_a_mapping_says_when_and_over_what(tmp_path: Path) -> None:
    assert len(read_set(written(tmp_path, f"- {ONE}")).questions) == 1
    found = read_set(
        written(
            tmp_path,
            f"now: 2026-05-01T08:00:00\nseed: 3\ndata: files\n"
            f"members: {{kim: {{name: Kim, clients: [acme]}}}}\nquestions:\n- {ONE}",
        )
    )
    assert found.now == datetime(2026, 5, 1, 8, tzinfo=UTC)
    assert found.data == tmp_path / "files"
    assert set(found.members) == {*CAST, "kim"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {id: a, turns: [{say: x}]}", "a: category: is missing; add it."),
        ("- {id: a, category: c, turns: []}", "a: turns: is empty; write at least one."),
        ("- {category: c, turns: [{say: x}]}", "question 1: id: is missing; add it."),
        (
            "- {id: a, category: c, turns: [{say: x}, {say: y, expect: {number: [1]}}]}",
            "a: turns.2.expect.number: there is no such field; known are contains, not_contains, numbers,",
        ),
        (
            "- {id: a, category: c, member: zoe, turns: [{say: x}]}",
            "a: member: nobody is called zoe; take one of admin,",
        ),
        (f"- {ONE}\n- {ONE}", "a: the id is used more than once"),
        ("now: yesterday\nquestions: []", "now: "),
        ("hello", "write a list of questions, or a mapping with `questions:`."),
        ("- {id: [", "is not YAML. Look at line 1."),
    ],
)
def test_what_is_wrong_names_file_question_field_and_fix(tmp_path: Path, text: str, told: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(SetError) as raised:
        read_set(file)
    assert raised.value.message.startswith(f"{file}: ")
    assert told in raised.value.message


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetError, match="there is no such file"):
        read_set(tmp_path / "none.yaml")
    with pytest.raises(SetError, match=r"holds no \.yaml files"):
        read_set(tmp_path)
