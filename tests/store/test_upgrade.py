"""A database that an older Houston made keeps every row."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Connection, Engine, MetaData, Table, create_engine, insert, select
from sqlalchemy.engine import make_url

from store.database import database_url
from store.migrations import _config, migrate
from store.tables import metadata
from tests.store.databases import KINDS, fresh_url

pytestmark = pytest.mark.slow

RENAMED = {("rule", "created_by"): "owner"}
NEW_FLAGS = {("member", "sees_all"): True, ("member", "active"): True, ("channel", "is_shared"): False}
SAMPLES: dict[type, Any] = {
    str: "Zürich ☃",
    int: 7,
    float: 1.5,
    bool: True,
    datetime: datetime(2026, 11, 14, 12, tzinfo=UTC),
    object: {"deep": ["é", 1.5, None]},
}


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of its own, without tables."""
    if request.param == "sqlite":
        engine = create_engine(database_url(f"sqlite:///{tmp_path / 'old.db'}"))
    else:
        shared = fresh_url("postgresql", tmp_path)
        with psycopg.connect(shared, autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS upgraded")
            connection.execute("CREATE DATABASE upgraded")
        own = make_url(shared).set(database="upgraded").render_as_string(hide_password=False)
        engine = create_engine(database_url(own))
    yield engine
    engine.dispose()


def test_every_row_of_the_first_schema_is_there_after_the_upgrade(engine: Engine) -> None:
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0001")
    with engine.begin() as connection:
        old = filled(connection)
        before = {name: read(connection, table) for name, table in old.tables.items()}
    assert all(len(rows) == 1 for rows in before.values())
    migrate(engine)
    with engine.begin() as connection:
        new = reflected(connection)
        for name, rows in before.items():
            if name != "alembic_version":
                [row] = read(connection, new.tables[name])
                assert {column: row[RENAMED.get((name, column), column)] for column in rows[0]} == rows[0]
        for (name, column), value in NEW_FLAGS.items():
            assert read(connection, new.tables[name])[0][column] is value
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_an_upgrade_leaves_no_reference_hanging(engine: Engine) -> None:
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0001")
    with engine.begin() as connection:
        filled(connection)
    migrate(engine)
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            assert not connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def test_a_second_upgrade_changes_nothing(engine: Engine) -> None:
    migrate(engine)
    migrate(engine)
    with engine.begin() as connection:
        assert set(metadata.tables) < set(reflected(connection).tables)


def filled(connection: Connection) -> MetaData:
    """A row in every table."""
    old = reflected(connection)
    rows: dict[str, dict[str, Any]] = {}
    for table in old.sorted_tables:
        if table.name != "alembic_version":
            rows[table.name] = {column.name: sample(column, rows) for column in table.columns}
            connection.execute(insert(table).values(rows[table.name]))
    return old


def sample(column: Column[Any], rows: dict[str, dict[str, Any]]) -> Any:
    for key in column.foreign_keys:
        return rows[key.column.table.name][key.column.name]
    value = SAMPLES[column.type.python_type]
    no_zone = isinstance(value, datetime) and not getattr(column.type, "timezone", False)
    return value.replace(tzinfo=None) if no_zone else value


def read(connection: Connection, table: Table) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


def reflected(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    return found
