from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.store.databases import fresh_url
from tests.unit.reports.desk import Desk, open_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    folder = tmp_path / "sources"
    folder.mkdir()
    desk = await open_desk(fresh_url("sqlite", tmp_path), folder)
    yield desk
    await desk.close()
