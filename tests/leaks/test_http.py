"""The leak suite's HTTP side: every route, with every kind of key."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.leaks.catalogue import HTTP
from tests.leaks.cells import cells, try_all, verdict
from tests.leaks.house import open_house
from tests.leaks.rights import rights


@pytest.mark.slow
async def test_no_route_answers_with_what_is_not_the_keys(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    async with open_house(tmp_path) as house:
        before = await rights(house.houston.store)
        assert house.web_doors() == {door.name for door in HTTP}
        tried = await try_all(house, HTTP)
        record_property("leak cells", tried.cells)
        assert not verdict(house, tried)
        assert tried.cells == cells(HTTP)
        assert await rights(house.houston.store) == before
