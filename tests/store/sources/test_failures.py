"""What people read when a database does not answer."""

import math
import sqlite3
import uuid
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pymysql
import pytest

from store.errors import SourceFailed
from store.sources.cells import cell
from store.sources.failures import Failures
from store.sources.nouns import Query
from store.sources.urls import read_url
from tests.store.databases import NOON
from tests.store.sources.shops import source, sources, sqlite_shop

FAILURES = Failures(address=read_url("mysql://ann:hunter2@db.example.com/shop"), seconds=30)
QUERY = Query(text="SELECT reveneu FROM orders")


@pytest.mark.parametrize(
    ("error", "words", "is_temporary"),
    [
        (psycopg.errors.QueryCanceled("x"), "longer than 30 seconds", True),
        (psycopg.errors.InvalidPassword("hunter2"), "password", False),
        (psycopg.errors.InsufficientPrivilege("x"), "may not read", False),
        (psycopg.errors.ReadOnlySqlTransaction("x"), "only what reads", False),
        (psycopg.errors.TooManyConnections("x"), "too many connections", True),
        (psycopg.errors.InvalidTextRepresentation('"4111 1111"'), "a value", False),
        (psycopg.OperationalError('password authentication failed for user "ann"'), "password", False),
        (psycopg.OperationalError("connection timeout expired"), "cannot be reached", True),
        (psycopg.OperationalError('database "x" does not exist'), "no database of that name", False),
        (psycopg.DataError("timestamp too large: 'infinity'"), "cannot keep", False),
        (pymysql.err.OperationalError(1045, "Access denied for 'ann'@'h' hunter2"), "password", False),
        (pymysql.err.OperationalError(2003, "Can't connect to 'db.example.com'"), "cannot be reached", True),
        (pymysql.err.OperationalError(3024, "maximum statement execution time"), "longer than", True),
        (pymysql.err.OperationalError(1054, "Unknown column 'reveneu' in 'SELECT'"), "reveneu", False),
        (pymysql.err.InternalError(9999, "hunter2 and 4111 1111"), "may not be shown", False),
        (sqlite3.OperationalError("no such column: reveneu"), "reveneu", False),
        (sqlite3.OperationalError("interrupted"), "longer than", True),
        (sqlite3.DatabaseError("file is not a database"), "damaged", False),
        (duckdb.OutOfMemoryException("Out of Memory Error: failed to pin block"), "more memory", False),
        (duckdb.ConversionException("Conversion Error: Could not convert '4111'"), "a value", False),
        (TimeoutError("timed out"), "cannot be reached", True),
        (ConnectionResetError("reset"), "cannot be reached", True),
        (ValueError("4111 1111"), "may not be shown", False),
    ],
)
def test_each_failure_has_plain_words(error: Exception, words: str, is_temporary: bool) -> None:
    told = FAILURES.told(error, QUERY)
    assert words in told.message
    assert told.is_temporary == is_temporary
    for secret in ("hunter2", "4111", "example.com"):
        assert secret not in told.message


def test_what_a_database_says_of_the_query_is_shown_without_the_address() -> None:
    said = "Unknown column 'reveneu' in 'x' at mysql://ann:hunter2@db.example.com/shop hunter2 db.example.com"
    told = FAILURES.told(pymysql.err.OperationalError(1054, said), QUERY)
    assert "reveneu" in told.message
    assert told.where == len("SELECT ")
    assert not any(each in told.message for each in ("hunter2", "example", "ann"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (7, 7),
        (Decimal("7.00"), 7),
        (Decimal("7.25"), 7.25),
        (Decimal(2**60), float(2**60)),
        (Decimal("NaN"), None),
        (math.nan, None),
        (math.inf, "inf"),
        (b"abc", "abc"),
        (b"\xff\x00", "ff00"),
        ([1, {"a": Decimal(1)}], '[1, {"a": "1"}]'),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (timedelta(hours=1), "1:00:00"),
        (datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=2))), datetime(2026, 1, 1, 10, tzinfo=UTC)),
    ],
)
def test_values_become_cells(value: Any, expected: object) -> None:
    assert cell(value) == expected
    assert type(cell(value)) is type(expected)


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "shop.db").write_text("hello " * 1000)
    with pytest.raises(SourceFailed, match="damaged"):
        await sources(tmp_path).trial("sqlite:///shop.db", trusts_files=True)


async def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    found, url = sources(tmp_path), sqlite_shop(tmp_path)
    with pytest.raises(SourceFailed, match="no such table: ghosts") as caught:
        await found.run(source(url), "SELECT * FROM ghosts", now=NOON)
    assert caught.value.where == len("SELECT * FROM ")
