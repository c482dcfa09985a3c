"""SQLite files: opened to be read, by an engine that is told to do nothing but read."""

import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import quote

from store.sources.cells import Meter
from store.sources.connection import Place
from store.sources.nouns import Limits, Query, Result
from store.sources.own import refuse_ours
from store.sources.vocabulary import functions

STEPS = 10_000
"""Between two looks at the clock; well under a millisecond."""
CACHE_KB = 16_384
PRAGMAS = (
    "PRAGMA query_only=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA mmap_size=0",
    f"PRAGMA cache_size=-{CACHE_KB}",
)
TABLES = (
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"
)
READING = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE)
BUSY_SECONDS = 5
MOST_BYTES = 16_000_000
"""Of one value; a query may put larger things together than it gives back."""


class SqliteConnection:
    """`immutable` is not asked for: others may write to the file while we read it."""

    is_kept = False

    def __init__(self, place: Place, limits: Limits) -> None:
        self._ends = time.monotonic() + limits.seconds
        address = f"file:{quote(str(place.path))}?mode=ro"
        self._connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        for pragma in PRAGMAS:
            self._connection.execute(pragma)
        self._connection.text_factory = _text
        self._connection.set_progress_handler(self._is_late, STEPS)
        refuse_ours(list(self.tables()))
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
        self._connection.set_authorizer(_permit)

    def read(self, query: Query, now: datetime, limits: Limits) -> Result:
        """`:now` is text in UTC, as SQLite's own date functions write it."""
        meter = Meter(limits)
        given = {"now": now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")} if query.nows else {}
        cursor = self._connection.execute(query.with_now(":now"), given)
        while rows := cursor.fetchmany(meter.batch):
            if not meter.take(rows):
                break
        return meter.result(column[0] for column in cursor.description or ())

    def tables(self) -> Iterable[str]:
        return [row[0] for row in self._connection.execute(TABLES)]

    def is_alive(self) -> bool:
        return True

    def abort(self) -> None:
        with suppress(sqlite3.Error):
            self._connection.interrupt()

    def close(self) -> None:
        self._connection.close()

    def _is_late(self) -> bool:
        return time.monotonic() > self._ends


def _permit(
    action: int, first: str | None, second: str | None, _database: str | None, _by: str | None
) -> int:
    """SQLite's authorizer: asked for each thing that a statement would do, views' insides too."""
    if action == sqlite3.SQLITE_FUNCTION:
        allowed = (second or "").lower() in functions("sqlite") or second in ("->", "->>")
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_READ and (first or "").lower().startswith("pragma_"):
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        return sqlite3.SQLITE_OK  # json_each declares itself so; the file is read-only all the same
    return sqlite3.SQLITE_OK if action in READING else sqlite3.SQLITE_DENY


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
