"""The same hostile statements without the parser in their way, on real databases."""

import os
import sqlite3
from pathlib import Path

import psycopg
import pytest

from store.errors import SourceError, SourceFailed
from store.sources.failures import DRIVERS
from store.sources.nouns import Query
from store.sources.urls import read_url
from tests.store.databases import NOON
from tests.store.sources import hostile
from tests.store.sources.shops import (
    QUICK,
    duckdb_shop,
    postgres_shop,
    socket_folder,
    source,
    sources,
    sqlite_shop,
)

pytestmark = pytest.mark.slow

PARSER_ALONE = {
    "sqlite": {
        "REINDEX",  # nothing to do: it has no index of its own, and could not write one
        "EXPLAIN SELECT 1",
        "EXPLAIN QUERY PLAN SELECT 1",
        "SELECT * FROM dbstat",  # the sizes of its pages
    },
    "duckdb": {
        "DESCRIBE orders",
        "SUMMARIZE orders",
        "SHOW TABLES",
        "SELECT * FROM '{folder}/orders.csv'",  # the file of a table, which it may read anyway
        "SELECT * FROM query('SELECT 1')",
        "SELECT * FROM query_table('orders')",
        "SELECT * FROM duckdb_secrets()",  # there are none
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM which_secret('s3://x', 's3')",
        "SELECT * FROM pragma_table_info('orders')",
        "SELECT * FROM test_all_types()",
        "SELECT getvariable('a')",
        "SELECT current_setting('memory_limit')",
        "SELECT setseed(0.5)",
        "SELECT pg_sleep(60)",  # sleeps through an interrupt, in a thread that holds up its source alone
        "SELECT sleep_ms(60000)",
        "SELECT write_log('x')",  # into a log that is off
        "SELECT '\x00'",
        "SELECT 5 --\u2003'\n , pg_sleep(60) -- '",
    },
    "postgres": {
        # of the server's files and of its superuser's secrets: refused by the server itself to a user
        # that is no superuser (docs/sources.md)
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_read_binary_file('/etc/passwd')",
        "SELECT pg_ls_dir('/')",
        "SELECT pg_stat_file('/etc/passwd')",
        "SELECT pg_cancel_backend(1)",
        "SELECT pg_reload_conf()",
        "SELECT pg_rotate_logfile()",
        "SELECT pg_switch_wal()",
        "SELECT pg_create_restore_point('x')",
        "SELECT pg_logical_emit_message(true, 'a', 'b')",
        "SELECT pg_current_logfile()",
        "SELECT current_setting('data_directory')",
        "SELECT * FROM pg_authid",
        "SELECT rolpassword FROM pg_catalog.pg_authid",
        "SELECT * FROM pg_shadow",
        "SELECT * FROM pg_user_mapping",
        "SELECT * FROM pg_hba_file_rules",
        "SELECT * FROM pg_file_settings",
        "SELECT * FROM pg_largeobject",
        "SELECT query FROM pg_stat_activity",
        # gone with the transaction or the connection
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_advisory_xact_lock(1)",
        "SELECT pg_try_advisory_lock_shared(1)",
        "SELECT pg_notify('houston', 'x')",
        "SELECT pg_export_snapshot()",
        "SELECT set_config('statement_timeout', '0', false)",
        "SELECT txid_current()",
        # only tell something
        "SELECT inet_server_addr()",
        "SELECT has_table_privilege('orders', 'DELETE')",
        "SELECT OPERATOR(pg_catalog.+) 1",
        "SELECT * FROM orders pg_sleep(id)",  # only a name for the table
        # the text ends at the null byte
        "SELECT 1\x00; DROP TABLE orders",
        "SELECT",
    },
}
"""What the connection alone lets through. None of it changes anything that stays."""


class Scene:
    """A shop, with an empty folder beside it that a thief would like to write to."""

    def __init__(self, dialect: str, folder: Path) -> None:
        self.dialect, self.folder = dialect, folder
        self.out = folder / "out"
        self.out.mkdir(mode=0o777)
        self.url = {"sqlite": sqlite_shop, "duckdb": duckdb_shop}.get(dialect, lambda _: postgres_shop())(
            folder
        )
        roots = [folder, socket_folder(self.url)] if dialect == "postgres" else [folder]
        self.sources = sources(*roots, limits=QUICK)

    def runs(self, statement: str) -> bool:
        """Straight at the connection, as if the parser had let it pass."""
        text = statement.replace("{out}", str(self.out)).replace("{folder}", str(self.folder / "shop"))
        connection = self.sources._open(read_url(self.url), True)
        try:
            connection.read(Query(text=text.replace("(60)", "(1)").replace("60000", "1000")), NOON, QUICK)
        except (SourceError, *DRIVERS):
            return False
        finally:
            connection.close()
        return True

    def state(self) -> object:
        if self.dialect == "postgres":
            return postgres_state(self.url)
        return [(each, each.read_bytes()) for each in sorted(self.folder.rglob("*")) if each.is_file()]


def postgres_state(url: str) -> list[object]:
    questions = (
        "SELECT * FROM orders ORDER BY id",
        "SELECT relname, relacl, relhasindex FROM pg_class WHERE relname NOT LIKE 'pg_%' ORDER BY 1",
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
        "SELECT last_value, is_called FROM order_numbers",
        "SELECT count(*) FROM pg_largeobject_metadata",
        "SELECT extname FROM pg_extension",
        "SELECT setconfig FROM pg_db_role_setting",
        "SELECT objid FROM pg_locks WHERE locktype = 'advisory'",
        "SELECT slot_name FROM pg_replication_slots",
    )
    with psycopg.connect(url) as connection:
        return [connection.execute(each.encode()).fetchall() for each in questions]


@pytest.fixture(params=["sqlite", "duckdb", "postgres"])
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Scene:
    return Scene(request.param, tmp_path)


def test_hostile_statements_change_nothing_even_without_the_parser(scene: Scene) -> None:
    before = scene.state()
    statements = [*hostile.BY_DIALECT[scene.dialect], *hostile.UNICODE]
    ran = {each for each in statements if scene.runs(each)}
    assert scene.state() == before
    assert os.listdir(scene.out) == []
    assert ran == PARSER_ALONE[scene.dialect] & set(statements)


async def test_a_view_that_calls_a_forbidden_function_is_not_run(tmp_path: Path) -> None:
    url = sqlite_shop(tmp_path)
    with sqlite3.connect(tmp_path / "shop.db") as connection:
        connection.execute("CREATE VIEW trap AS SELECT load_extension('/x') AS a")
    connection.close()
    found = sources(tmp_path)
    with pytest.raises(SourceFailed, match="only what reads"):
        await found.run(source(url), "SELECT * FROM trap", now=NOON)
