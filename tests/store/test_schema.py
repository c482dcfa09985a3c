import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, text

from store import Store
from store.database import database_url
from store.errors import DatabaseUnusable
from store.tables import metadata
from tests.store.databases import Clock, new_store


def engine_of(url: str) -> Engine:
    return create_engine(database_url(url))


def test_the_migrations_make_exactly_the_tables(url: str) -> None:
    engine = engine_of(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_every_foreign_key_and_unique_rule_of_the_tables_is_in_the_database(url: str) -> None:
    """What compare_metadata overlooks on SQLite: partial indexes keep their condition."""
    engine = engine_of(url)
    with engine.connect() as connection:
        catalogue = "pg_indexes" if engine.dialect.name == "postgresql" else "sqlite_master"
        column = "indexdef" if engine.dialect.name == "postgresql" else "sql"
        name = "indexname" if engine.dialect.name == "postgresql" else "name"
        found = connection.execute(
            text(f"SELECT {column} FROM {catalogue} WHERE {name} = 'ix_delivery_due'")
        ).scalar_one()
    engine.dispose()
    assert "state = 0" in found


async def test_opening_again_changes_nothing(store: Store) -> None:
    await store.open()


async def test_two_replicas_may_open_at_once(url: str, clock: Clock) -> None:
    engine = engine_of(url)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    engine.dispose()
    stores = [new_store(url, clock, seed) for seed in (1, 2)]
    await asyncio.gather(*(store.open() for store in stores))
    await asyncio.gather(*(store.close() for store in stores))


async def test_a_database_of_a_newer_houston_is_refused_in_plain_words(url: str, clock: Clock) -> None:
    engine = engine_of(url)
    with engine.begin() as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store = new_store(url, clock)
    with pytest.raises(DatabaseUnusable, match="newer Houston"):
        await store.open()
    await store.close()
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    engine.dispose()
