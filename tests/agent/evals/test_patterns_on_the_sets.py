"""Patterns on the shipped questions, on those of another agency, and in other people's words.

The floors lie a little below what docs/evals.md reports: what gets worse is seen, what wobbles is not.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from houston.agent.evals.opening import opened
from houston.agent.evals.reading import SHIPPED, read_set
from houston.agent.evals.report import failures
from houston.agent.evals.running import Result, results
from houston.agent.patterns.model import PatternsModel
from tools import ALL_TOOLS

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
OTHER, TRADES, WORDINGS = HERE / "other" / "questions.yaml", HERE / "trades", HERE / "wordings"
FLOORS = [
    (SHIPPED, 0.97, 1.0),
    (OTHER, 0.97, 1.0),
    (WORDINGS / "idioms.yaml", 0.85, 1.0),
    (WORDINGS / "colleagues.yaml", 0.97, 1.0),
    (WORDINGS / "plain.yaml", 0.95, 1.0),
    (WORDINGS / "marketers.yaml", 0.93, 1.0),
    (WORDINGS / "analysts.yaml", 0.9, 1.0),
    (WORDINGS / "everyday.yaml", 0.92, 1.0),
    (WORDINGS / "newcomers.yaml", 0.87, 1.0),
    (TRADES / "podcasts.yaml", 0.9, 1.0),
    (TRADES / "theatre.yaml", 0.9, 1.0),
    (TRADES / "storage.yaml", 0.93, 1.0),
    (TRADES / "coworking.yaml", 0.87, 1.0),
]
"""Set, and the rates of answerable questions and of refusals."""


async def asked(path: Path) -> list[Result]:
    found = read_set(path)
    async with opened(found, model=PatternsModel(), tools=ALL_TOOLS) as world:
        return [result async for result in results(world, found, repeats=1)]


def rate(found: Sequence[Result], kind: str) -> float:
    meant = [result for result in found if result.asked.kind == kind]
    return sum(result.passed for result in meant) / len(meant)


@pytest.mark.parametrize(("path", "answered", "declined"), FLOORS)
async def test_patterns_answer_what_can_be_answered_and_decline_the_rest(
    path: Path, answered: float, declined: float
) -> None:
    found = await asked(path)
    assert rate(found, "answerable") >= answered, failures(found)
    assert rate(found, "refusal") >= declined, failures(found)
