"""Houston at work in a local Slack, for what the originals promise of their notifications."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from houston.agent.messages import ChatModel
from houston.notify.lanes import Pace
from tests.agent.fakes import FakeModel, said
from tests.bot.conftest import House, running
from tests.bot.slack import Slack, local_slack


@pytest.fixture
async def local() -> AsyncIterator[Slack]:
    async with local_slack() as slack:
        yield slack


@pytest.fixture
def model() -> ChatModel:
    return FakeModel(said("Spend rose overnight."))


@pytest.fixture
async def house(local: Slack, tmp_path: Path, model: ChatModel) -> AsyncIterator[House]:
    """In New York, where each message goes alone and at once."""
    async with running(local, tmp_path, model, pace=Pace(window=0, most=1)) as house:
        await house.houston.workspaces.set_timezone(house.admin, "America/New_York")
        yield house
