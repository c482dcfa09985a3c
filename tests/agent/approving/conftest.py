from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.agent.approving.office import Office, open_office
from tests.store.databases import KINDS, fresh_url


@pytest.fixture(params=KINDS)
async def office(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Office]:
    office = await open_office(fresh_url(request.param, tmp_path), tmp_path)
    yield office
    await office.close()
