"""Question sets from YAML files, with everything that is wrong in one of them said at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from houston.agent.evals.question import CAST, Asked, Expected, QuestionSet, Saying
from houston.errors import HoustonError

SHIPPED = Path(__file__).parent / "questions"
FIELDS: Mapping[str, type[BaseModel]] = {"expect": Expected, "turns": Saying, "questions": Asked}


class SetError(HoustonError):
    """A question set that cannot be run; the message names file, question, field and the fix."""


def read_set(path: Path) -> QuestionSet:
    """A YAML file, or a folder of them. Raises SetError."""
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise SetError(f"{path}: holds no .yaml files; name a question set or a folder of them.")
    sets = [_read(file) for file in files]
    questions = tuple(question for each in sets for question in each.questions)
    twice = [id for id, times in Counter(question.id for question in questions).items() if times > 1]
    if twice:
        raise SetError(f"{path}: {', '.join(twice)}: the id is used more than once; give each its own.")
    return sets[0].model_copy(update={"questions": questions})


def _read(file: Path) -> QuestionSet:
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError:
        raise SetError(f"{file}: there is no such file, or it cannot be read.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SetError(f"{file}: is not YAML. {_place(error)}") from None
    whole = {"questions": found} if isinstance(found, list) else found
    if not isinstance(whole, dict) or not isinstance(whole.get("questions"), list):
        raise SetError(f"{file}: write a list of questions, or a mapping with `questions:`.")
    return _parsed(file, whole)


def _parsed(file: Path, whole: Mapping[str, Any]) -> QuestionSet:
    try:
        found = QuestionSet.model_validate(whole)
    except ValidationError as error:
        problems = [f"{file}: {_problem(dict(each), whole)}" for each in error.errors()]
        raise SetError("\n".join(dict.fromkeys(problems))) from None
    found = found.model_copy(update={"members": CAST | found.members})
    unknown = [each for each in found.questions if each.member not in found.members]
    if unknown:
        known = ", ".join(found.members)
        raise SetError(
            f"{file}: {unknown[0].id}: member: nobody is called {unknown[0].member}; "
            f"take one of {known}, or add them under `members:`."
        )
    return found.model_copy(update={"data": file.parent / found.data}) if found.data else found


def _problem(error: dict[str, Any], whole: Mapping[str, Any]) -> str:
    """`perf-01: turns.1.expect.number: there is no such field; …`"""
    where = [part for part in error["loc"] if not (isinstance(part, str) and "[" in part)]
    if len(where) < 2 or where[0] != "questions":
        return f"{'.'.join(map(str, where))}: {_fix(error, where)}"
    question = whole["questions"][where[1]]
    id = question.get("id") if isinstance(question, dict) else None
    field = ".".join(str(part + 1) if isinstance(part, int) else part for part in where[2:])
    return f"{id or f'question {where[1] + 1}'}: {field or 'question'}: {_fix(error, where)}"


def _fix(error: dict[str, Any], where: Sequence[Any]) -> str:
    match error["type"]:
        case "missing":
            return "is missing; add it."
        case "extra_forbidden":
            owner = next((part for part in reversed(where[:-1]) if part in FIELDS), None)
            noun: type[BaseModel] = FIELDS.get(owner or "", QuestionSet)
            known = ", ".join(info.alias or name for name, info in noun.model_fields.items())
            return f"there is no such field; known are {known}."
        case "too_short" | "string_too_short":
            return "is empty; write at least one."
    return f"{error['msg'][:1].lower()}{error['msg'][1:]}."


def _place(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"Look at line {mark.line + 1}." if mark else "Save it as UTF-8."
