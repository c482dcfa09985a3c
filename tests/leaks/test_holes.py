"""The suite notices holes: each of these opens one in the wall, and the cases report it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import true

from bot.answers.audience import Audiences
from houston.agent import conversations
from store import Scope
from tests.leaks.catalogue import SLACK
from tests.leaks.cells import Door, try_all
from tests.leaks.house import open_house

pytestmark = pytest.mark.slow


def _doors(kind: str, *names: str) -> list[Door]:
    return [door for door in SLACK[kind] if door.name in names]


async def _nobody(*_: object) -> int:
    return 0


@pytest.mark.parametrize(
    ("owner", "name", "hole", "doors"),
    [
        pytest.param(
            Scope,
            "holds",
            lambda *_: true(),
            _doors("commands", "/houston outliers"),
            id="queries without a scope",
        ),
        pytest.param(
            Audiences,
            "kept_out",
            _nobody,
            _doors("commands", "/houston ask"),
            id="answers in front of everybody",
        ),
        pytest.param(
            conversations,
            "shows",
            lambda *_: True,
            _doors("events", "event app_mention"),
            id="a thread's history for whoever asks next",
        ),
    ],
)
async def test_a_hole_in_the_wall_is_noticed(
    owner: Any, name: str, hole: Any, doors: Sequence[Door], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doors
    monkeypatch.setattr(owner, name, hole)
    async with open_house(tmp_path) as house:
        await try_all(house, doors)
        assert house.town.watch.leaks
