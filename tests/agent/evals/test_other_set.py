"""The other agency's questions against its CSV files."""

from houston.agent.evals.reading import read_set
from tests.agent.evals.other.ledger import OtherLedger
from tests.agent.evals.test_patterns_on_the_sets import OTHER
from tests.agent.evals.test_shipped_set import stated


def test_the_figures_of_the_questions_follow_from_the_files() -> None:
    found = read_set(OTHER)
    names = OtherLedger(today=found.now.date()).names()
    wrong = [
        f"{asked.id}: {expression} = {value}"
        for asked in found.questions
        for turn in asked.turns
        for expression in turn.expect.origin
        if not stated(value := eval(expression, dict(names)), turn.expect)
    ]
    assert not wrong
    assert len(found.questions) >= 120
