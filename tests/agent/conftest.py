from collections.abc import AsyncIterator, Mapping

import pytest
import pytest_asyncio

from houston.agent.desk import Desk
from store.tables import Client
from tests.agent.sample import open_desk


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def agency(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[Desk, Mapping[str, Client]]]:
    """The sample agency, planted once: the tests only read it."""
    store, desk, clients = await open_desk(tmp_path_factory.mktemp("agency"))
    yield desk, clients
    await store.close()
