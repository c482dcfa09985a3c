"""MySQL and MariaDB: each query in a read-only transaction that is rolled back."""

import socket
import ssl
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pymysql
from pymysql.constants import CLIENT
from pymysql.cursors import SSCursor

from store.sources.cells import Meter
from store.sources.connection import Place
from store.sources.nouns import Limits, Query, Result
from store.sources.urls import option

CONNECT_SECONDS = 10
SESSION = (
    "SET SESSION sql_mode = ''",  # as sqlglot reads it: "x" and \' are strings' own
    "SET SESSION time_zone = '+00:00'",
    "SET SESSION TRANSACTION READ ONLY",
)
TIMEOUTS = ("SET SESSION max_execution_time = {0:d}", "SET SESSION max_statement_time = {1:.3f}")
"""MySQL's word (milliseconds), and MariaDB's (seconds)."""
TABLES = """
    SELECT CASE WHEN table_schema = database() THEN table_name ELSE CONCAT(table_schema, '.', table_name) END
    FROM information_schema.tables
    WHERE table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')
    ORDER BY 1 LIMIT 500
"""


class MysqlConnection:
    """Reads no option file, sends no local file, and takes one statement at a time."""

    is_kept = True

    def __init__(self, place: Place, limits: Limits) -> None:
        self._socket = _connect(place, limits)
        self._twin = self._socket.dup()
        try:
            self._connection = _shake_hands(place, limits, self._socket)
            for statement in SESSION:
                self._run(statement)
            self._limit(limits)
        except BaseException:
            self._twin.close()
            raise

    def _limit(self, limits: Limits) -> None:
        for statement in TIMEOUTS:
            with suppress(pymysql.MySQLError):  # each server knows one of them
                self._run(statement.format(max(1, int(limits.seconds * 1000)), limits.seconds))

    def _run(self, statement: str) -> tuple[Any, ...]:
        with self._connection.cursor() as cursor:
            cursor.execute(statement)
            return tuple(cursor.fetchall())

    def read(self, query: Query, now: datetime, limits: Limits) -> Result:
        """`:now` is a TIMESTAMP in UTC, as all of the session's times are."""
        moment = now.astimezone(UTC).strftime("(TIMESTAMP'%Y-%m-%d %H:%M:%S')")
        self._run("START TRANSACTION READ ONLY")
        cursor = SSCursor(self._connection)
        try:
            result = _fetch(cursor, query.with_now(moment), Meter(limits))
        except BaseException:
            _leave(cursor)
            raise
        if result.is_cut:
            self.is_kept = False
            _leave(cursor)
        else:
            cursor.close()
            self._run("ROLLBACK")
        return result

    def tables(self) -> Iterable[str]:
        return [str(row[0]) for row in self._run(TABLES)]

    def is_alive(self) -> bool:
        try:
            self._connection.ping(reconnect=False)
        except pymysql.MySQLError:
            return False
        return True

    def abort(self) -> None:
        with suppress(OSError):
            self._twin.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Without a word to the server: it may have a million rows under way."""
        self.abort()
        self._twin.close()
        with suppress(pymysql.MySQLError, OSError):
            self._connection.close()


def _fetch(cursor: SSCursor, text: str, meter: Meter) -> Result:
    cursor.execute(text)
    columns = [column[0] for column in cursor.description or ()]
    while rows := cursor.fetchmany(meter.batch):
        if not meter.take(rows):
            break
    return meter.result(columns)


def _leave(cursor: SSCursor) -> None:
    """Without reading the rows that are still on their way, as pymysql would even on deletion."""
    if cursor._result:
        cursor._result.unbuffered_active = False


def _connect(place: Place, limits: Limits) -> socket.socket:
    """To the very addresses that were looked at. Raises OSError."""
    seconds = min(CONNECT_SECONDS, limits.seconds)
    if place.path:
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        sock.settimeout(seconds)
        sock.connect(str(place.path))
        return sock
    for each in place.addresses:
        try:
            return socket.create_connection((each, place.address.url.port or 3306), timeout=seconds)
        except OSError as error:
            failed = error
    raise failed


def _shake_hands(place: Place, limits: Limits, sock: socket.socket) -> "pymysql.Connection[Any]":
    url = place.address.url
    connection = pymysql.connect(
        host=place.address.host or "localhost",
        user=url.username or "",
        password=url.password or "",
        database=url.database,
        charset="utf8mb4",
        ssl=_tls(place),
        local_infile=False,
        client_flag=0,
        read_timeout=limits.seconds + 1,
        write_timeout=limits.seconds + 1,
        defer_connect=True,
    )
    connection.client_flag &= ~(CLIENT.MULTI_STATEMENTS | CLIENT.LOCAL_FILES)
    connection.connect(sock)
    return connection


def _tls(place: Place) -> ssl.SSLContext | None:
    """`ssl=true` demands TLS, `ssl_verify_identity=true` also the right certificate."""
    url = place.address.url
    if option(url, "ssl_verify_identity").lower() in ("true", "1"):
        return ssl.create_default_context()
    if option(url, "ssl").lower() not in ("true", "1"):
        return None
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
