"""What an earlier turn returned holds for those alone who may see that turn."""

from pathlib import Path

import pytest

from houston.agent.grounding.complaint import MARK
from tests.agent.fakes import FakeModel, called, said, text_of
from tests.agent.kept import office

pytestmark = pytest.mark.slow

TWO = "There are 2 clients."
SUM = ("calculate", '{"expression": "r1.count * 2"}')


async def test_older_results_are_no_evidence_for_eyes_that_see_less(tmp_path: Path) -> None:
    model = FakeModel(called(("list_clients", "{}")), said(TWO), said(TWO), said(TWO), said(TWO))
    async with office(tmp_path, model) as house:
        await house.ask("Which clients are there?")
        assert MARK not in text_of(await house.ask("How often?", ts="1.2"))
        assert MARK in text_of(await house.ask("How often?", ts="1.3", user_id="UBOB")), "Bob sees Acme alone"


async def test_older_results_cannot_be_calculated_with_by_eyes_that_see_less(tmp_path: Path) -> None:
    model = FakeModel(called(("list_clients", "{}")), said("Both."), called(SUM), said("I cannot say."))
    async with office(tmp_path, model) as house:
        await house.ask("Which clients are there?")
        await house.ask("And doubled?", ts="1.2", user_id="UBOB")
        result = model.asked[-1][0][-1].text
        assert "There is no result r1" in result
