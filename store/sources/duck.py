"""DuckDB: a folder of CSV and Parquet files as tables, or a DuckDB file.

It may read the files of the tables and nothing else: no other file, no net, no extension, and its
settings are locked before a query comes near it.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from store.sources.cells import Meter
from store.sources.connection import Place
from store.sources.nouns import Limits, Query, Result

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "512MB",
    "threads": 2,
    "temp_directory": "",
    "max_temp_directory_size": "0B",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
}
NOT_A_QUERY = "Only one SELECT at a time."
TABLES = """
    SELECT CASE WHEN table_schema = 'main' THEN table_name ELSE table_schema || '.' || table_name END
    FROM information_schema.tables ORDER BY 1
"""


class DuckConnection:
    """Of a folder, only the tables that are named are looked into, and only when they are."""

    is_kept = False

    def __init__(self, place: Place, limits: Limits) -> None:
        self._files = place.tables
        if self._files is not None:
            self._connection = duckdb.connect(":memory:", config=SETTINGS)
        else:
            locked = {**SETTINGS, "enable_external_access": False, "lock_configuration": True}
            self._connection = duckdb.connect(str(place.path), read_only=True, config=locked)

    def read(self, query: Query, now: datetime, limits: Limits) -> Result:
        """`:now` is a TIMESTAMP in UTC, without a zone as files have them."""
        if self._files is not None:
            self._open_tables(self._files, query.text.lower())
        self._demand_one_select(query.with_now("$now"))
        meter = Meter(limits)
        given = {"now": now.astimezone(UTC).replace(tzinfo=None)} if query.nows else {}
        cursor = self._connection.execute(query.with_now("$now"), given)
        columns = [column[0] for column in cursor.description or ()]
        while rows := cursor.fetchmany(meter.batch):
            if not meter.take(rows):
                break
        return meter.result(columns)

    def tables(self) -> Iterable[str]:
        if self._files is not None:
            return sorted(self._files)
        return [row[0] for row in self._connection.execute(TABLES).fetchall()]

    def is_alive(self) -> bool:
        return True

    def abort(self) -> None:
        with suppress(duckdb.Error):
            self._connection.interrupt()

    def close(self) -> None:
        self._connection.close()

    def _open_tables(self, tables: dict[str, list[Path]], text: str) -> None:
        named = {name: files for name, files in tables.items() if name in text}
        paths = [str(path.resolve()) for files in named.values() for path in files]
        self._connection.execute(f"SET allowed_paths = [{', '.join(map(_quote, paths))}]")
        self._connection.execute("SET enable_external_access = false")
        for name, files in named.items():
            self._connection.execute(_view(name, files))
        self._connection.execute("SET lock_configuration = true")
        self._files = None

    def _demand_one_select(self, text: str) -> None:
        """By DuckDB's own parser: `COPY … TO` could write where it may read."""
        statements = self._connection.extract_statements(text)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise duckdb.PermissionException(NOT_A_QUERY)


def _view(name: str, files: list[Path]) -> str:
    paths = ", ".join(_quote(str(path.resolve())) for path in files)
    is_parquet = files[0].name.lower().endswith(".parquet")
    reader = "read_parquet" if is_parquet else "read_csv"
    quoted = name.replace('"', '""')
    return f'CREATE VIEW "{quoted}" AS FROM {reader}([{paths}], union_by_name = true)'


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
