"""The leak suite knows every door of Houston: a new one fails here, by its name, until it has a case."""

from tests.leaks import doors
from tests.leaks.catalogue import ALL
from tests.leaks.cells import cells

CASES = [door.name for door in ALL]
FOUND = [
    *doors.listeners(),
    *doors.subcommands(),
    *doors.tools(),
    *doors.endpoints(),
    *doors.announcements(),
]
PAGES = {
    "GET /",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /api/v1/openapi.json",
    "GET /slack/install",
    "POST /slack/install",
    "GET /slack/oauth_redirect",
}
"""The web server's pages beside the API: test_http.py compares them with those of a running server."""

LISTENER = "command /houston"
"""Entered by each of its subcommands."""


def test_every_door_has_a_case() -> None:
    assert sorted(set(FOUND) - set(CASES) - {LISTENER}) == []


def test_every_case_has_a_door() -> None:
    assert sorted(set(CASES) - set(FOUND) - PAGES) == []


def test_every_module_with_listeners_is_asked_for_them() -> None:
    assert doors.unlisted() == []


def test_every_table_of_subcommands_is_known() -> None:
    assert doors.unknown_tables() == []


def test_each_door_is_tried_by_all_who_could_come_to_it() -> None:
    """Somebody of each kind: an agency's, a client's, and somebody without rights."""
    narrow = [door.name for door in ALL if len({who for attempt in door.attempts for who in attempt.who}) < 2]
    assert narrow == []


def test_at_least_five_hundred_cells_are_tried() -> None:
    assert cells(ALL) >= 500
