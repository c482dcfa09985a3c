"""What is a pure query, and what is not: nothing here speaks to a database."""

import pytest

from store.errors import SourceRefused
from store.sources import grammar
from tests.store.sources import analytic, hostile
from tests.store.sources.shops import sources

URLS = {
    "postgres": "postgresql://u:p@db.example.com/shop",
    "mysql": "mysql://u:p@db.example.com/shop",
    "sqlite": "sqlite:///shop.db",
    "duckdb": "duckdb:///shop",
}
DIALECTS = tuple(URLS)


def refusal(dialect: str, sql: str) -> SourceRefused | None:
    try:
        sources().check(URLS[dialect], sql)
    except SourceRefused as error:
        return error
    return None


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_hostile_statement_passes(dialect: str) -> None:
    statements = [*hostile.BY_DIALECT[dialect], *hostile.UNICODE, *hostile.SHAPES]
    refusals = {each: refusal(dialect, each) for each in statements}
    assert [each for each, error in refusals.items() if error is None] == []
    assert all(error.message for error in refusals.values() if error)
    assert all(0 <= (error.where or 0) <= len(each) for each, error in refusals.items() if error)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_analytic_query_passes_as_it_was_written(dialect: str) -> None:
    for sql in analytic.BY_DIALECT[dialect]:
        sent = sources().check(URLS[dialect], sql)
        assert "--" not in sent
        assert "/*" not in sent
        assert all(ours in (theirs, " ") for ours, theirs in zip(sent, sql, strict=False))


def test_there_are_enough_of_both() -> None:
    assert sum(map(len, hostile.BY_DIALECT.values())) >= 400
    assert sum(map(len, analytic.BY_DIALECT.values())) >= 90


@pytest.mark.parametrize(
    ("dialect", "sql", "spot"),
    [
        ("postgres", "SELECT a FROM t; DROP TABLE t", ";"),
        ("postgres", "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", "DELETE"),
        ("postgres", "SELECT a, pg_sleep(5) FROM t", "pg_sleep"),
        ("postgres", "SELECT a FROM public.wipe()", "wipe"),
        ("postgres", "SELECT * FROM pg_authid", "pg_authid"),
        ("postgres", "SELECT a FROM t WHERE b = :other", ":other"),
        ("mysql", "SELECT a FROM t WHERE b = 1 AND SLEEP(5)", "SLEEP"),
        ("mysql", "SELECT * FROM mysql.user", "mysql"),
        ("sqlite", "SELECT * FROM sqlite_dbpage", "sqlite_dbpage"),
        ("duckdb", "SELECT * FROM 'x.csv'", "'x.csv'"),
        ("duckdb", "SELECT slee\u200bp(1)", "\u200b"),
        ("sqlite", "DROP TABLE t", "DROP"),
        ("sqlite", "SELECT a FRM b c d", "b c"),
    ],
)
def test_the_spot_is_named(dialect: str, sql: str, spot: str) -> None:
    with pytest.raises(SourceRefused) as caught:
        sources().check(URLS[dialect], sql)
    where = caught.value.where
    assert where is None or abs(where - sql.index(spot)) <= len(spot)
    assert where is not None or spot.strip(":") in caught.value.message


def test_comments_and_odd_spaces_do_not_reach_the_database() -> None:
    sql = "SELECT\u00a0a /* one; */\n-- two\nFROM\u3000t # not a comment here"
    with pytest.raises(SourceRefused):
        sources().check(URLS["postgres"], sql)
    text = sources().check(URLS["postgres"], sql.partition("#")[0])
    assert text.split() == ["SELECT", "a", "FROM", "t"]
    assert text.count("\n") == 2


def test_now_is_found_where_it_is_meant() -> None:
    query = grammar.read("postgres", "SELECT ':now', :now, a::text FROM t WHERE b < :NOW -- :now")
    assert query.with_now("$1  ") == "SELECT ':now', $1  , a::text FROM t WHERE b < $1  "


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT größe FROM größen",
        'SELECT "größe – neu", "日本" FROM "übersicht"',
        "SELECT updated_at, is_deleted, created, into_stock FROM inserts",
        'SELECT "update", t.delete FROM t',
        "SELECT share, lock, copy, call, load FROM t",
    ],
)
def test_ordinary_names_are_no_offence(sql: str) -> None:
    assert sources().check(URLS["postgres"], sql) == sql


@pytest.mark.parametrize(
    ("url", "sql", "passes"),
    [
        (
            "snowflake://u:p@acme/db",
            "SELECT v:a.b::int FROM t QUALIFY row_number() OVER (ORDER BY a) = 1",
            True,
        ),
        ("snowflake://u:p@acme/db", "SELECT SYSTEM$CANCEL_ALL_QUERIES(1)", False),
        ("snowflake://u:p@acme/db", "PUT file:///etc/passwd @~", False),
        ("snowflake://u:p@acme/db", "SELECT $1 FROM @stage/x.csv", False),
        ("bigquery://project", "SELECT APPROX_QUANTILES(a, 4) FROM `project.data.t` GROUP BY ALL", True),
        ("bigquery://project", "SELECT * FROM EXTERNAL_QUERY('c', 'DELETE FROM t')", False),
        ("bigquery://project", "DECLARE x INT64; SELECT x", False),
        ("clickhouse://u:p@db.example.com/db", "SELECT toStartOfDay(at), count() FROM t GROUP BY 1", True),
        ("clickhouse://u:p@db.example.com/db", "SELECT * FROM url('http://169.254.169.254/', 'CSV')", False),
        ("clickhouse://u:p@db.example.com/db", "SELECT * FROM file('/etc/passwd')", False),
        ("clickhouse://u:p@db.example.com/db", "SELECT sleep(3)", False),
        ("clickhouse://u:p@db.example.com/db", "SELECT * FROM system.users", False),
        ("trino://u@db.example.com/c", "SELECT approx_distinct(a) FROM t", True),
        ("mssql+pymssql://u:p@db.example.com/d", "SELECT TOP 5 a FROM t", True),
        ("mssql+pymssql://u:p@db.example.com/d", "EXEC xp_cmdshell 'dir'", False),
        ("mssql+pymssql://u:p@db.example.com/d", "SELECT * INTO x FROM t", False),
        ("mssql+pymssql://u:p@db.example.com/d", "SELECT * FROM OPENROWSET('x', 'y')", False),
    ],
)
def test_other_databases_are_read_in_their_own_dialect(url: str, sql: str, passes: bool) -> None:
    if passes:
        assert sources().check(url, sql) == sql
    else:
        with pytest.raises(SourceRefused):
            sources().check(url, sql)
