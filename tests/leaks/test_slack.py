"""The leak suite's Slack side: every command, button, form, option list, event and tool, by everybody."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.leaks.catalogue import ENDINGS, SLACK
from tests.leaks.cells import Door, cells, try_all, verdict
from tests.leaks.doors import strange_elements
from tests.leaks.house import open_house
from tests.leaks.rights import rights

Property = Callable[[str, object], None]


@pytest.mark.slow
@pytest.mark.parametrize("doors", SLACK.values(), ids=SLACK.keys())
async def test_no_door_shows_anybody_what_is_not_theirs(
    doors: Sequence[Door], tmp_path: Path, record_property: Property
) -> None:
    async with open_house(tmp_path) as house:
        before = await rights(house.houston.store)
        tried = await try_all(house, doors)
        record_property("leak cells", tried.cells)
        assert not verdict(house, tried)
        assert tried.cells == cells(doors)
        assert strange_elements(house.town.watch.actions) == []
        assert await rights(house.houston.store) == before


@pytest.mark.slow
@pytest.mark.parametrize("doors", ENDINGS.values(), ids=ENDINGS.keys())
async def test_nothing_leaks_when_people_and_workspaces_go(
    doors: Sequence[Door], tmp_path: Path, record_property: Property
) -> None:
    async with open_house(tmp_path) as house:
        tried = await try_all(house, doors)
        record_property("leak cells", tried.cells)
        assert not verdict(house, tried)
