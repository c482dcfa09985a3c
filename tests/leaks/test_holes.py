"""The suite notices holes: each of these opens one in the wall, and the cases report it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import true

from bot.answers.audience import Audiences
from bot.answers.room import Room
from bot.views import answering, choices
from houston import access
from houston.access import Actor
from houston.agent.conversations import conversations, opinions, past
from houston.notify import wall
from houston.notify.handling import handling
from houston.notify.handling.pressed import Pressed, pressed
from houston.reports import sources
from store import Scope, UnitOfWork, routes
from store.data_sources import DataSources
from store.tables import Channel, DataSource, Member, Workspace
from tests.leaks.announcing import ANNOUNCEMENTS, add_rules
from tests.leaks.catalogue import SLACK
from tests.leaks.cells import Door, try_all
from tests.leaks.conversing import COMERS
from tests.leaks.house import open_house
from tools import writing_notes

pytestmark = pytest.mark.slow


def _doors(kind: str, *names: str) -> list[Door]:
    return [door for door in SLACK[kind] if door.name in names]


def _announcements(type: str, *attempts: str) -> list[Door]:
    """What Houston tells by itself: only these ways of it."""
    [door] = [door for door in ANNOUNCEMENTS if door.name == f"announcement {type}"]
    return [replace(door, attempts=tuple(each for each in door.attempts if each.name in attempts))]


def _tools(tool: str, *attempts: str) -> list[Door]:
    """Only these ways of having the agent call it."""
    return [
        replace(door, attempts=tuple(each for each in door.attempts if each.name in attempts))
        for kind in ("tools that read", "tools that change")
        for door in _doors(kind, f"tool {tool}")
    ]


_seen = access._seen


async def _strangers_see_a_client(
    uow: UnitOfWork, workspace: Workspace, member: Member | None, channel: Channel | None
) -> frozenset[int] | None:
    """As if a stranger were the client's own everywhere."""
    found = await _seen(uow, workspace, member, channel)
    if member is None or not member.is_stranger:
        return found
    return frozenset(each.id or 0 for each in await uow.clients.all(scope=access.everything()))


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
            past,
            "shows",
            lambda *_: True,
            _doors("events", "event app_mention"),
            "zqx",
            id="a thread's history for whoever asks next",
        ),
        pytest.param(
            past,
            "_covered",
            lambda conversation, *_: int(bool(conversation.summary)),
            _doors("going on", "event app_mention"),
            "zqx",
            id="a summary for whoever asks next",
        ),
        pytest.param(
            conversations,
            "shows",
            lambda *_: True,
            _doors("going on", f"action ^{choices.CHOOSE}\\d$"),
            "choice",
            id="a choice that shows what was seen once",
        ),
        pytest.param(
            opinions,
            "shows",
            lambda *_: True,
            _doors("opinions", f"action {answering.OPINIONS}"),
            "opinion",
            id="opinions of answers that may not be seen",
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
            access,
            "_seen",
            _strangers_see_a_client,
            _tools("notes", "by a stranger where no client is in lounge"),
            "zqx",
            id="strangers who see a client where no channel lends it",
        ),
        pytest.param(
            writing_notes,
            "demand_colleague",
            lambda *_: None,
            _tools("create_note", "by a stranger"),
            "it changed",
            id="strangers who propose changes",
        ),
        pytest.param(
            Room,
            "look",
            _whatever,
            [COMERS],
            "zqxb",
            id="no second look at who reads an answer",
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
