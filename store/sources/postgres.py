"""PostgreSQL: each query is a cursor in a read-only transaction that is rolled back."""

import os
import socket
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

import psycopg
from psycopg import Connection as Psycopg
from psycopg import RawCursor
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL

from store.sources.cells import Meter
from store.sources.connection import Place
from store.sources.nouns import Limits, Query, Result
from store.sources.own import TABLES as OURS
from store.sources.own import refuse_ours
from store.sources.urls import option

DECLARE = "DECLARE houston NO SCROLL CURSOR FOR "
"""PostgreSQL's own grammar lets nothing but a query follow; a write in its WITH neither."""
ABSENT = "/nonexistent/houston"
CONNECT_SECONDS = 10
OUR_TABLES = "SELECT relname FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p') AND relname = ANY($1)"
TABLES = """
    SELECT CASE WHEN table_schema = 'public' THEN table_name ELSE table_schema || '.' || table_name END
    FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
    ORDER BY 1 LIMIT 500
"""


class PostgresConnection:
    """Everything that libpq would otherwise take from the environment or from files is given here."""

    is_kept = True

    def __init__(self, place: Place, limits: Limits) -> None:
        self._connection: Psycopg[tuple[object, ...]] = psycopg.connect(
            _conninfo(place, limits), autocommit=True, prepare_threshold=None, cursor_factory=RawCursor
        )
        try:
            self._demand_another_database()
        except BaseException:
            self._connection.close()
            raise

    def _demand_another_database(self) -> None:
        found = self._connection.execute(OUR_TABLES, [sorted(OURS)]).fetchall()
        refuse_ours([str(row[0]) for row in found])

    def read(self, query: Query, now: datetime, limits: Limits) -> Result:
        """`:now` is a timestamptz."""
        self._begin(limits)
        result = self._fetch(query, now, limits)
        self._connection.execute("ROLLBACK")  # after an error, hanging up does it
        return result

    def _begin(self, limits: Limits) -> None:
        milliseconds = max(1, int(limits.seconds * 1000))
        self._connection.execute("BEGIN READ ONLY")
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            self._connection.execute(f"SET LOCAL {name} = {milliseconds}")
        self._connection.execute("SET LOCAL standard_conforming_strings = on")

    def _fetch(self, query: Query, now: datetime, limits: Limits) -> Result:
        meter = Meter(limits)
        given = [now] if query.nows else []
        # Binary means the extended protocol, which takes one statement and no more.
        self._connection.execute(DECLARE + query.with_now("$1  "), given, binary=True)
        while True:
            cursor = self._connection.execute(f"FETCH FORWARD {meter.batch} FROM houston")
            rows = cursor.fetchall()
            if not rows or not meter.take(rows):
                return meter.result(column.name for column in cursor.description or ())

    def tables(self) -> Iterable[str]:
        return [str(row[0]) for row in self._connection.execute(TABLES).fetchall()]

    def is_alive(self) -> bool:
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def abort(self) -> None:
        """Hang up. The server notices, or its own statement_timeout does."""
        with (
            suppress(OSError, psycopg.Error),
            socket.socket(fileno=os.dup(self._connection.fileno())) as twin,
        ):
            twin.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._connection.close()


def _conninfo(place: Place, limits: Limits) -> str:
    url = place.address.url
    given: dict[str, Any] = {
        "dbname": url.database or url.username or "postgres",
        "user": url.username or "",
        "password": url.password or "",
        "port": url.port or option(url, "port") or 5432,
        "sslmode": option(url, "sslmode") or "prefer",
        "connect_timeout": max(2, min(CONNECT_SECONDS, int(limits.seconds))),
        "application_name": option(url, "application_name") or "Houston",
        "options": "",
        "client_encoding": "utf8",
        "passfile": ABSENT,
        "sslcert": ABSENT,
        "sslkey": ABSENT,
        "sslcrl": ABSENT,
        "sslcertmode": "disable",
        "sslrootcert": "system" if _is_verified(url) else ABSENT,
        "gssencmode": "disable",
        "target_session_attrs": "any",
    }
    if binding := option(url, "channel_binding"):
        given["channel_binding"] = binding
    return make_conninfo(**given, **_target(place))


def _is_verified(url: URL) -> bool:
    """With the system's certificates, which libpq takes for verify-full alone."""
    return option(url, "sslmode") == "verify-full" or option(url, "sslrootcert") == "system"


def _target(place: Place) -> dict[str, str]:
    """The host's name for the certificate, and the addresses that were looked at to connect to."""
    if place.path:
        return {"host": str(place.path), "hostaddr": ""}
    host = place.address.host
    return {"host": ",".join([host] * len(place.addresses)), "hostaddr": ",".join(place.addresses)}
