import asyncio
import fcntl
import random
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from store.crypto import Keyring
from store.erasure import scrub
from store.errors import Conflict, DatabaseBusy, DatabaseUnusable
from store.ids import Ids
from store.ledger import Ledger
from store.migrations import migrate
from store.unit_of_work import UnitOfWork

BUSY_SECONDS = 30
FORMS = "write sqlite:///folder/file.db or postgresql://user:password@host/database."
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA mmap_size=268435456",
    "PRAGMA wal_autocheckpoint=4000",
)


class Store:
    """One database, opened, migrated and ready."""

    def __init__(
        self, url: str, *, now: Callable[[], datetime], rng: random.Random, keyring: Keyring
    ) -> None:
        self._url = database_url(url)
        self.ids = Ids(now, rng)
        self.keyring = keyring
        self._engine = _async_engine(self._url)
        self._writing = self._engine.execution_options(houston_writes=True)
        self._sync = _sync_engine(self._url)
        self.ledger = Ledger(self._sync, owner=f"{rng.getrandbits(48):012x}", ids=self.ids)
        self._lock: IO[str] | None = None

    async def open(self) -> None:
        """Bring the schema up to date. Raises DatabaseUnusable with the mend."""
        try:
            await asyncio.to_thread(migrate, self._sync)
        except SQLAlchemyError as error:
            raise DatabaseUnusable(
                f"The database {self._where} cannot be opened: {_first_line(error)}. "
                "Check HOUSTON_DATABASE_URL and that the server runs."
            ) from error
        except CommandError as error:
            raise DatabaseUnusable(
                f"The database {self._where} was made by a newer Houston: start that one instead."
            ) from error

    def hold(self) -> None:
        """Keep a SQLite file for this running Houston alone. Raises DatabaseBusy."""
        if self._url.get_backend_name() != "sqlite":
            return
        lock = _open_lock(Path(f"{self._url.database}.lock"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise DatabaseBusy(
                f"Another Houston is running on {self._url.database}: stop it first, or set "
                "HOUSTON_DATABASE_URL to PostgreSQL to run several."
            ) from error
        self._lock = lock

    @property
    def is_alone(self) -> bool:
        """Whether no other running Houston can have this database."""
        return self._lock is not None

    @property
    def _where(self) -> str:
        return self._url.render_as_string(hide_password=True)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work that only looks."""
        async with AsyncSession(self._engine, expire_on_commit=False) as session:
            yield UnitOfWork(session, self.ids, self.keyring)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work that writes; without `await uow.commit()` nothing of it stays.

        Raises Conflict where another writer was first.
        """
        async with AsyncSession(self._writing, expire_on_commit=False) as session:
            try:
                yield UnitOfWork(session, self.ids, self.keyring)
            except IntegrityError as error:
                raise Conflict(
                    "Somebody saved the same thing at this moment. Look again, then retry."
                ) from error

    async def scrub(self) -> bool:
        """Leave nothing of deleted rows in a SQLite file and its journal; False where that must wait."""
        return await asyncio.to_thread(scrub, self._sync)

    async def close(self) -> None:
        await self._engine.dispose()
        await asyncio.to_thread(self._sync.dispose)
        if self._lock:
            self._lock.close()


class Closing(sqlite3.Connection):
    """A connection to SQLite that gives its locks back whenever it is closed."""

    def close(self) -> None:
        """A cancelled task leaves its statement unread. SQLite keeps a connection, and the write lock
        with it, open behind the scenes as long as such a statement is there, and its cursor hangs on the
        exception's traceback until Python happens to collect it: meanwhile every other writer waits."""
        if self.in_transaction:
            self.rollback()
        super().close()


def database_url(url: str) -> URL:
    """The address as SQLAlchemy wants it. `postgres://` and `postgresql://` mean psycopg."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUnusable(f"HOUSTON_DATABASE_URL is not a database address; {FORMS}") from error
    backend = parsed.drivername.split("+")[0]
    if backend in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and not parsed.database:
        raise DatabaseUnusable(f"HOUSTON_DATABASE_URL names no file; {FORMS}")
    if backend == "sqlite":
        return parsed.set(drivername="sqlite")
    raise DatabaseUnusable(f"HOUSTON_DATABASE_URL names {backend}; Houston keeps to SQLite or PostgreSQL.")


def _async_engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_size=8, pool_pre_ping=True)
    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        connect_args={"timeout": BUSY_SECONDS, "factory": Closing},
        pool_size=8,
    )
    _listen(engine.sync_engine)
    return engine


def _sync_engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_size=2, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    _listen(engine)
    return engine.execution_options(houston_writes=True)


def _listen(engine: Engine) -> None:
    """SQLite begins transactions when we say so: writers take the write lock at once, so that none
    has to upgrade a stale snapshot and fail."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in SQLITE_PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("houston_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _open_lock(path: Path) -> IO[str]:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise DatabaseUnusable(
            f"The folder of {path} cannot be written to: {error.strerror}. Check HOUSTON_DATABASE_URL "
            "and HOUSTON_DATA_DIR."
        ) from error


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", error)).strip().splitlines()[0]
