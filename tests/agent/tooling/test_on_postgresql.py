from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.agent.tooling.office import Office, open_office
from tests.agent.tooling.test_tool_scopes import HONEST
from tests.store.databases import fresh_url

pytestmark = pytest.mark.slow

MORE = {"explain_outlier": {"outlier": "1"}, "destinations": {}}


async def test_every_tool_reads_the_same_on_postgresql(tmp_path: Path) -> None:
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
    async with AsyncExitStack() as stack:
        there = await open_office(tmp_path / "there", fresh_url("postgresql", tmp_path))
        stack.push_async_callback(there.store.close)
        here = await open_office(tmp_path / "here")
        stack.push_async_callback(here.store.close)
        for name, arguments in {**HONEST, **MORE}.items():
            offices: tuple[Office, Office] = (here, there)
            one, other = [await office.run(name, **arguments) for office in offices]
            assert _without_ids(one) == _without_ids(other), name


def _without_ids(result: Any) -> Any:
    """PostgreSQL counts on where earlier tests stopped."""
    if isinstance(result, Mapping):
        return {name: _without_ids(value) for name, value in result.items() if name != "id"}
    return [_without_ids(each) for each in result] if isinstance(result, list) else result
