"""Houston at work in a local Slack, beside a database and a folder that people want watched."""

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
    return FakeModel(said("Zug sold little."))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Where this Houston may read files."""
    folder = tmp_path / "files"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
async def house(local: Slack, tmp_path: Path, model: ChatModel) -> AsyncIterator[House]:
    """Each message goes alone and at once."""
    async with running(local, tmp_path, model, pace=Pace(window=0, most=1)) as house:
        yield house
