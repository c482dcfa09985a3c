"""What Houston tells by itself reaches everybody whom it concerns, and nobody else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.leaks.announcing import ANNOUNCEMENTS, add_rules
from tests.leaks.cells import try_all, verdict
from tests.leaks.house import open_house


@pytest.mark.slow
async def test_each_event_is_told_only_where_its_client_may_be_known(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    async with open_house(tmp_path) as house:
        await add_rules(house)
        tried = await try_all(house, ANNOUNCEMENTS)
        record_property("leak cells", tried.cells)
        assert not verdict(house, tried)
