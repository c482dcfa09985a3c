from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.agent.tooling.office import Office, open_office


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """Planted once: the tests only read it."""
    office = await open_office(tmp_path_factory.mktemp("office"))
    yield office
    await office.store.close()
