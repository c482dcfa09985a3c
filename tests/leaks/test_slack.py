"""The leak suite's Slack side: every command, button, form, option list and event, by everybody."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.leaks.cells import Door, cells, try_all, verdict
from tests.leaks.commands import COMMANDS
from tests.leaks.buttons import BUTTONS
from tests.leaks.happenings import HAPPENINGS
from tests.leaks.modals import MODALS
from tests.leaks.peopling import PEOPLE
from tests.leaks.tooling import TOOLS
from tests.leaks.house import open_house


@pytest.mark.slow
@pytest.mark.parametrize("doors", [
        pytest.param(COMMANDS, id="commands"),
        pytest.param(BUTTONS, id="buttons"),
        pytest.param((*MODALS, *HAPPENINGS), id="forms and events"),
        pytest.param(PEOPLE, id="people"),
        pytest.param(TOOLS, id="tools"),
    ],)
async def test_no_door_shows_anybody_what_is_not_theirs(
    doors: Sequence[Door], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    async with open_house(tmp_path) as house:
        tried = await try_all(house, doors)
        record_property("leak cells", tried.cells)
        Path('/tmp/leaks/verdict-' + doors[0].name.replace('/', '').replace(' ', '-') + '.txt').write_text(verdict(house, tried))
        assert not verdict(house, tried)
        assert tried.cells == cells(doors)
