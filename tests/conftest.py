import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection

# A busy machine is no failure, and a change is judged by the same examples as the one before it.
settings.register_profile(
    "houston", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("houston")


@event.listens_for(Engine, "connect")
def _turn_around(connection: Any, _record: Any) -> None:
    """SQLite gives rows that nobody ordered backwards, so that nothing relies on an order by accident:
    PostgreSQL gives them in any."""
    if isinstance(connection, (sqlite3.Connection, AsyncAdapt_aiosqlite_connection)):
        cursor = connection.cursor()
        cursor.execute("PRAGMA reverse_unordered_selects = ON")
        cursor.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--channels", type=int, default=20, help="In the test of the pace; 5 a workspace.")
    parser.addoption(
        "--pictures", type=Path, help="Keep the browser tests' screenshots in this folder (docs/images)."
    )


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where screenshots go."""
    chosen: Path | None = request.config.getoption("--pictures")
    return chosen or tmp_path


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How much the leak suite tried, in all processes together, and other tests' figures."""
    reports = [each for found in terminalreporter.stats.values() for each in found]
    tried = [
        int(str(value))
        for each in reports
        if getattr(each, "when", "") == "call"
        for name, value in each.user_properties
        if name == "leak cells"
    ]
    if tried:
        terminalreporter.write_line(f"leak suite: {sum(tried):,} door × person × attempt cells tried")
    figures = {
        str(value)
        for each in reports
        if getattr(each, "when", "") == "call"
        for name, value in each.user_properties
        if name == "figures"
    }
    for line in sorted(figures):
        terminalreporter.write_line(line)
