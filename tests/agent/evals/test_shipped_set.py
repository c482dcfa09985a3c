"""The shipped questions against the sample agency itself, so that the set cannot rot."""

from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import pytest

from houston.agent.evals.question import CAST, Asked, Expected, QuestionSet
from houston.agent.evals.reading import SHIPPED, read_set
from houston.samples import agency
from tests.agent.evals.ledger import Ledger

CATEGORIES = sorted(file.stem for file in SHIPPED.glob("*.yaml"))


@cache
def shipped() -> QuestionSet:
    return read_set(SHIPPED)


@cache
def names(zone: str) -> dict[str, Any]:
    found = shipped()
    return Ledger(agency(found.seed, found.now), seed=found.seed, now=found.now, zone=zone).names()


def stated(value: Any, expected: Expected) -> bool:
    """Whether what was worked out is what the question holds an answer to."""
    if isinstance(value, date):
        return value in expected.dates
    if isinstance(value, str):
        return value in expected.contains
    wanted = value if isinstance(value, tuple) else (value,)
    return any(
        len(wanted) == len(options := number if isinstance(number, tuple) else (number,))
        and all(
            float(told) == pytest.approx(each, rel=1e-5, abs=0.00501)
            for told, each in zip(options, wanted, strict=True)
        )
        for number in expected.numbers
    )


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_figures_of_the_questions_follow_from_the_sample_agency(category: str) -> None:
    wrong = [
        f"{asked.id}: {expression} = {value}"
        for asked in shipped().questions
        if asked.category == category
        for turn in asked.turns
        for expression in turn.expect.origin
        if not stated(value := eval(expression, dict(names(CAST[asked.member].timezone))), turn.expect)
    ]
    assert not wrong


def test_every_category_has_a_file_of_its_own() -> None:
    assert {asked.category for asked in shipped().questions} == set(CATEGORIES)


def test_there_are_questions_of_every_kind() -> None:
    kinds = Counter(asked.kind for asked in shipped().questions)
    assert kinds["answerable"] >= 150
    assert kinds["refusal"] >= 40
    assert kinds["asks"] >= 10
    assert sum(len(asked.turns) > 1 for asked in shipped().questions) >= 15


def test_no_question_is_asked_twice() -> None:
    def wording(asked: Asked) -> tuple[object, ...]:
        said = tuple(turn.say.lower() for turn in asked.turns)
        return (said, asked.workspace, asked.member, asked.client, asked.channel, asked.alert)

    times = Counter(map(wording, shipped().questions))
    assert not [said for said, count in times.items() if count > 1]
