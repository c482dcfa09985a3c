"""Plain words for what databases and their drivers say when something goes wrong.

What they say themselves may hold a password, an address or data, so it is shown only where it is about
the text of the query, one line of it, without anything of the source's own address.
"""

import re
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

import duckdb
import psycopg
import pymysql
from sqlalchemy.exc import SQLAlchemyError

from store.errors import SourceFailed
from store.sources.nouns import Query
from store.sources.postgres import DECLARE
from store.sources.urls import Address

DRIVERS = (
    psycopg.Error, pymysql.MySQLError, sqlite3.Error, duckdb.Error, SQLAlchemyError, OSError, ValueError,
    OverflowError, LookupError,
)  # fmt: skip
"""What a connection may raise. The last three come from drivers that meet a value they cannot turn over."""

LONGEST = 200

SAID = "The database says: {said}. Correct the query."
SLOW = "The query took longer than {seconds:g} seconds. Make it smaller: fewer days, fewer rows, or an index."
BUSY = "This source is busy with other queries. Try again in a minute."
UNREACHABLE = "The database cannot be reached. Check that it is on, and that its firewall lets Houston in."
LOST = "The connection to the database broke. It will be tried again."
PASSWORD = "The database refused the user or the password. Put the right ones into the address."
ABSENT = "There is no database of that name on the server. Check the end of the address."
FORBIDDEN = "The user of this source may not read that. Grant SELECT on it, or query something else."
FULL = "The database lets nobody else in at the moment: it has too many connections."
TLS = "The server and Houston do not agree on TLS. Check sslmode in the address, and its certificate."
READ_ONLY = "The database refused: only what reads may run here."
LOCKED = "What the query reads is locked by somebody else's change at the moment."
VALUE = "The database stopped at a value that it could not turn over: a wrong type, or a division by zero."
MEMORY = "The query needs more memory than it may have. Make it smaller: fewer rows, fewer columns."
DAMAGED = "The file is damaged, or is no database. Check it with the program that wrote it."
UNFIT = "The database gave a value that Houston cannot keep, such as a date beyond the year 9999."
UNKNOWN = "The database did not answer the query, and gave a reason that may not be shown here."

Told = tuple[str, bool]
"""The words, and whether the same may work later."""

POSTGRES: dict[str, Told] = {
    "57014": (SLOW, True), "55P03": (LOCKED, True), "40001": (LOCKED, True), "40P01": (LOCKED, True),
    "28P01": (PASSWORD, False), "28000": (PASSWORD, False), "3D000": (ABSENT, False),
    "42501": (FORBIDDEN, False), "25006": (READ_ONLY, False), "53300": (FULL, True),
    "53200": (MEMORY, False), "22P02": (VALUE, False), "57P01": (LOST, True), "57P02": (LOST, True),
    "57P03": (UNREACHABLE, True), "25P03": (LOST, True), "22": (VALUE, False), "08": (LOST, True),
    "53": (MEMORY, True), "42": (SAID, False), "0A": (SAID, False), "21": (SAID, False),
}  # fmt: skip
"""By SQLSTATE, and by its first two letters (the class)."""

MYSQL: dict[str, Told] = {
    "1044": (FORBIDDEN, False), "1045": (PASSWORD, False), "1698": (PASSWORD, False),
    "1049": (ABSENT, False), "1142": (FORBIDDEN, False), "1143": (FORBIDDEN, False),
    "1227": (FORBIDDEN, False), "1370": (FORBIDDEN, False), "1040": (FULL, True), "1203": (FULL, True),
    "1226": (FULL, True), "1792": (READ_ONLY, False), "1290": (READ_ONLY, False), "1205": (LOCKED, True),
    "1213": (LOCKED, True), "1317": (SLOW, True), "1969": (SLOW, True), "3024": (SLOW, True),
    "2003": (UNREACHABLE, True), "2002": (UNREACHABLE, True), "2005": (UNREACHABLE, True),
    "2006": (LOST, True), "2013": (LOST, True), "2014": (LOST, True), "2026": (TLS, False),
    "3159": (TLS, False), "1064": (SAID, False), "1054": (SAID, False), "1146": (SAID, False),
    "1052": (SAID, False), "1055": (SAID, False), "1066": (SAID, False), "1140": (SAID, False),
    "1305": (SAID, False), "1630": (SAID, False), "1111": (SAID, False), "1222": (SAID, False),
    "1241": (SAID, False), "1248": (SAID, False), "1292": (VALUE, False), "1365": (VALUE, False),
    "1690": (VALUE, False), "1038": (MEMORY, False),
}  # fmt: skip
"""By error number."""

WORDS: tuple[tuple[str, Told], ...] = (
    (r"interrupt", (SLOW, True)),
    (r"not authorized|prohibited|unsafe use|attempt to write|read-only mode", (READ_ONLY, False)),
    (r"Only one SELECT|one statement at a time", (READ_ONLY, False)),
    (r"database (table )?is locked|Could not set lock|Conflicting lock", (LOCKED, True)),
    (r"not a database|malformed|is not a valid|No magic bytes|sniffing", (DAMAGED, False)),
    (r"password|authentication|no pg_hba", (PASSWORD, False)),
    (r'database "[^"]*" does not exist', (ABSENT, False)),
    (r"\bSSL\b|\bTLS\b|certificate", (TLS, False)),
    (r"[Oo]ut of [Mm]emory|too big|failed to (allocate|pin)", (MEMORY, False)),
    (r"unable to open|timeout|timed out|refused|unreachable|resolve|reset|No such file", (UNREACHABLE, True)),
    (r"no such (column|table|function)|near \"|ambiguous|syntax error|misuse of|wrong number", (SAID, False)),
    (r"^(Binder|Catalog|Parser) Error", (SAID, False)),
    (r"^(Conversion|Out of Range|Invalid Input) Error", (VALUE, False)),
    (r"closed|EOF|broken|lost", (LOST, True)),
)
"""By what they say, where there is no number. The first that fits counts."""


@dataclass(frozen=True, kw_only=True)
class Failures:
    address: Address
    seconds: float

    def told(self, error: Exception, query: Query | None = None) -> SourceFailed:
        words, is_temporary = _told(error)
        said = self._said(error)
        where = _where(error, said, query) if query and words == SAID else None
        message = words.format(said=said, seconds=self.seconds)
        return SourceFailed(message, where=where, is_temporary=is_temporary)

    def _said(self, error: Exception) -> str:
        """One line, without what the address holds."""
        line = re.sub(r"\w+://\S+", "…", _text(error).strip().partition("\n")[0])
        url = self.address.url
        for secret in (str(url.password or ""), url.host or "", url.username or ""):
            line = line.replace(secret, "…") if len(secret) > 2 else line
        line = re.sub(r"^\w[\w ]* Error: |; check the manual .* to use(?= near)", "", line)
        return line[:LONGEST].rstrip(". ")


def _told(error: Exception) -> Told:
    if isinstance(error, UnicodeError | psycopg.DataError) and not getattr(error, "sqlstate", None):
        return UNFIT, False
    if isinstance(error, psycopg.Error) and error.sqlstate:
        return _by_code(POSTGRES, error.sqlstate, error.sqlstate[:2])
    if isinstance(error, pymysql.MySQLError) and error.args:
        return _by_code(MYSQL, str(error.args[0]))
    text = _text(error)
    found = next((told for pattern, told in WORDS if re.search(pattern, text)), None)
    if found is None and isinstance(error, OSError):
        return UNREACHABLE, True
    return found or (UNKNOWN, False)


def _by_code(table: dict[str, Told], *codes: str) -> Told:
    return next((table[code] for code in codes if code in table), (UNKNOWN, False))


def _text(error: Exception) -> str:
    if isinstance(error, psycopg.Error) and error.diag.message_primary:
        return error.diag.message_primary
    if isinstance(error, pymysql.MySQLError) and len(error.args) > 1:
        return str(error.args[1])
    return str(getattr(error, "orig", None) or error)


def _where(error: Exception, said: str, query: Query) -> int | None:
    if isinstance(error, psycopg.Error) and error.diag.statement_position:
        return _within(int(error.diag.statement_position) - 1 - len(DECLARE), query)
    return _place_of(re.findall(r"[\"'“`]([^\"'”`]+)[\"'”`]|(?:column|table|function): (\S+)", said), query)


def _place_of(names: Collection[tuple[str, str]], query: Query) -> int | None:
    """Of the first name that stands once in the query."""
    for quoted, plain in names:
        found = [
            match.start() for match in re.finditer(re.escape(quoted or plain), query.text, re.IGNORECASE)
        ]
        if len(found) == 1:
            return found[0]
    return None


def _within(place: int, query: Query) -> int | None:
    return place if 0 <= place < len(query.text) else None
