"""A long conversation that a model behind a real connection sums up, and who reads the summary."""

from pathlib import Path

import pytest

from houston.agent.conversations.past import KEPT, MOST_TURNS
from houston.agent.llm.model import OpenAIModel
from store.tables import Conversation
from tests.agent.kept import Office, office
from tests.agent.llm_server import LLMServer, says

pytestmark = pytest.mark.slow

UP, SUMMARY = says("It is up."), "They spoke of Globex."


async def _conversation(house: Office) -> Conversation:
    async with house.store.read() as uow:
        found = await uow.conversations.find(workspace_id="T1", channel="C1", thread_ts="1.0")
    assert found is not None
    return found


def _said(request: dict[str, object]) -> str:
    return str(request["messages"])


async def test_what_was_summed_up_with_a_client_is_kept_from_who_may_not_see_it(tmp_path: Path) -> None:
    async with LLMServer([UP]) as llm:
        model = OpenAIModel(api_key="sk-test", model="scripted", base_url=llm.url)
        async with office(tmp_path, model) as house:
            for number in range(MOST_TURNS + 1):
                await house.ask(f"How is spend of Globex {number:02}?", ts=f"1.{number:02}")
            llm.play(says(SUMMARY), UP)
            await house.ask("And now?", ts="1.50")
            summing, answering = map(_said, llm.requests)
            assert "How is spend of Globex 00?" in summing
            assert SUMMARY in answering
            assert "How is spend of Globex 00?" not in answering
            assert answering.count("How is spend of Globex") == KEPT
            kept = await _conversation(house)
            assert (kept.summary, kept.summary_seen) == (SUMMARY, None)
            llm.play(UP)
            await house.ask("And mine?", ts="1.60", user_id="UBOB")
            assert "Globex" not in _said(llm.requests[0])
            assert (await _conversation(house)).summary == SUMMARY
        await model.close()
