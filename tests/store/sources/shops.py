"""The same small shop in every kind of database, and Houston's way to it."""

import functools
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import psycopg
from sqlalchemy.engine import make_url

from store.sources import Limits, Source, Sources
from tests.store.databases import NOON, fresh_url

ROWS = [
    (1, "north", 120.5, "2026-11-12 09:30:00", '{"channel": "web", "clicks": "3", "items": ["a", "b"]}'),
    (2, "south", 80.0, "2026-11-12 18:00:00", '{"channel": "shop", "clicks": "1", "items": ["a"]}'),
    (3, "north", 300.0, "2026-11-13 11:15:00", '{"channel": "web", "clicks": "7", "items": []}'),
    (4, "east", None, "2026-11-14 08:00:00", '{"channel": "web", "clicks": "2", "items": ["c"]}'),
]
QUICK = Limits(seconds=0.3)


def sources(
    *roots: Path,
    own: str = "sqlite:////nowhere/houston.db",
    allow: Sequence[str] = (),
    limits: Limits = Limits(),
    resolve: Callable[[str], Sequence[str]] | None = None,
) -> Sources:
    more = {"resolve": resolve} if resolve else {}
    return Sources(own_url=own, file_roots=roots, allow_hosts=allow, limits=limits, now=lambda: NOON, **more)


def source(url: str, *, id: int = 1, trusts_files: bool = True) -> Source:
    return Source(id=id, url=url, trusts_files=trusts_files)


def sqlite_shop(folder: Path) -> str:
    with sqlite3.connect(folder / "shop.db") as connection:
        connection.execute(
            "CREATE TABLE orders (id INTEGER, region TEXT, amount REAL, created_at TEXT, details TEXT)"
        )
        connection.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?)", ROWS)
    connection.close()
    return f"sqlite:///{folder / 'shop.db'}"


def duckdb_shop(folder: Path) -> str:
    """A folder with one CSV file, and a table of two Parquet files."""
    (folder / "shop" / "visits").mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE orders (id INT, region TEXT, amount DOUBLE, created_at TIMESTAMP, details TEXT)"
        )
        connection.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?)", ROWS)
        connection.execute(f"COPY orders TO '{folder}/shop/orders.csv' (HEADER)")
        for day in (12, 13):
            visits = f"SELECT TIMESTAMP '2026-11-{day} 00:00:00' AS day, {day * 100} AS visits"
            connection.execute(f"COPY ({visits}) TO '{folder}/shop/visits/{day}.parquet'")
    return f"duckdb:///{folder / 'shop'}"


@functools.cache
def postgres_shop() -> str:
    """Over the socket of the test server, in a database beside Houston's."""
    own = make_url(fresh_url("postgresql", Path()))
    with psycopg.connect(own.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute("CREATE DATABASE shop")
    url = own.set(database="shop").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE orders (id int, region text, amount float8, created_at timestamptz, details jsonb)"
        )
        connection.cursor().executemany("INSERT INTO orders VALUES (%s, %s, %s, %s, %s)", ROWS)
        connection.execute("CREATE SEQUENCE order_numbers")
        connection.execute("CREATE FUNCTION wipe() RETURNS void LANGUAGE sql AS 'DELETE FROM orders'")
    return url


def socket_folder(url: str) -> Path:
    return Path(str(make_url(url).query["host"]))
