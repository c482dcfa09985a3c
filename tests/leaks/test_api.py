"""The leak suite's HTTP side: every route, with every kind of key."""

from collections.abc import Callable
from pathlib import Path

from tests.leaks.api import API
from tests.leaks.cells import cells, try_all, verdict
from tests.leaks.house import open_house


async def test_no_route_answers_with_what_is_not_the_keys(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    async with open_house(tmp_path) as house:
        tried = await try_all(house, API)
        record_property("leak cells", tried.cells)
        Path("/tmp/leaks/verdict-api.txt").write_text(verdict(house, tried))
        assert not verdict(house, tried)
        assert tried.cells == cells(API)
