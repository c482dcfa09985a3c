"""The suite notices holes: each of these opens one in the wall, and the cases report it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import true

from bot.answers.audience import Audiences
from houston import access
from houston.access import Actor
from houston.agent import conversations
from houston.notify import wall
from houston.notify.handling import handling
from houston.notify.handling.pressed import Pressed, pressed
from houston.reports import sources
from store import Scope, UnitOfWork, routes
from store.data_sources import DataSources
from store.tables import DataSource
from tests.leaks.announcing import ANNOUNCEMENTS, add_rules
from tests.leaks.catalogue import SLACK
from tests.leaks.cells import Door, try_all
from tests.leaks.house import open_house

pytestmark = pytest.mark.slow


def _doors(kind: str, *names: str) -> list[Door]:
    return [door for door in SLACK[kind] if door.name in names]


def _announcements(type: str, *attempts: str) -> list[Door]:
    """What Houston tells by itself: only these ways of it."""
    [door] = [door for door in ANNOUNCEMENTS if door.name == f"announcement {type}"]
    return [replace(door, attempts=tuple(each for each in door.attempts if each.name in attempts))]


async def _nobody(*_: object) -> int:
    return 0


async def _whatever(*_: object) -> None:
    return None


async def _of_anybody(uow: UnitOfWork, actor: Actor, delivery_id: int) -> Pressed:
    """As if a button proved that its presser may see what it is under."""
    return await pressed(
        uow, replace(actor, scope=access.itself(actor.scope.workspace_id or "").scope), delivery_id
    )


async def _any_source(repository: DataSources, *, scope: Scope, id: int) -> DataSource | None:
    """As if a query's own person could name any."""
    return await repository._session.get(DataSource, id)


@pytest.mark.parametrize(
    ("owner", "name", "hole", "doors", "noticed"),
    [
        pytest.param(
            Scope,
            "holds",
            lambda *_: true(),
            _doors("commands", "/houston outliers"),
            "zqxb",
            id="queries without a scope",
        ),
        pytest.param(
            Audiences,
            "kept_out",
            _nobody,
            _doors("commands", "/houston ask"),
            "zqxb",
            id="answers in front of everybody",
        ),
        pytest.param(
            conversations,
            "shows",
            lambda *_: True,
            _doors("events", "event app_mention"),
            "zqx",
            id="a thread's history for whoever asks next",
        ),
        pytest.param(
            wall,
            "check",
            _whatever,
            _announcements("outlier", "as nobody takes it"),
            "zqxboutlier",
            id="no look at the last moment",
        ),
        pytest.param(
            routes,
            "_both",
            lambda wanted, _: None if wanted is None else frozenset(wanted),
            _announcements("note_created", "to every place"),
            "routed to who may not see it",
            id="preferences beyond what their members may see",
        ),
        pytest.param(
            handling,
            "pressed",
            _of_anybody,
            _doors("alerts", "action unacknowledge"),
            "it changed what is another client's",
            id="buttons for whoever forges their ids",
        ),
        pytest.param(
            DataSources,
            "find",
            _any_source,
            _doors("forms of what is watched", "action preview_report"),
            "a database was asked that is none of theirs",
            id="queries of any data source",
        ),
        pytest.param(
            sources,
            "is_the_querys",
            lambda _: True,
            _doors("what is watched", "action check_alert"),
            "zqxgsourcehost",
            id="what is wrong with the agency's data sources",
        ),
    ],
)
async def test_a_hole_in_the_wall_is_noticed(
    owner: Any,
    name: str,
    hole: Any,
    doors: Sequence[Door],
    noticed: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert doors
    monkeypatch.setattr(owner, name, hole)
    async with open_house(tmp_path) as house:
        await add_rules(house)
        tried = await try_all(house, doors)
        assert noticed in "\n".join([*map(str, house.town.watch.leaks), *tried.failures])
