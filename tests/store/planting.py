"""A row in every table for a client, with its canary in every column that holds text."""

import itertools
from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    Table,
    insert,
    select,
)
from sqlmodel import AutoString

from store.belongings import KEPT
from store.columns import UtcTime
from store.tables import metadata
from tests.store.databases import NOON

AGENCY = "TAGENCY"
PADDING = "." * 6000
"""Long enough for pages of its own."""
IN_AGENCY = (
    "channel", "destination", "rule", "rule_destination", "outlier_definition", "occurrence",
    "event", "delivery", "post", "escalation", "conversation", "turn", "approval",
    "data_source", "report", "report_run", "alert", "metric_feed",
)  # fmt: skip
"""What an agency's workspace has of a client, besides what is in no workspace."""
FIXED = {
    ("workspace", "kind"): "client",
    ("destination", "kind"): "channel",
    ("channel", "approved_by"): "U1",
}

_numbers = itertools.count(1000)
Rows = dict[str, Mapping[str, Any]]


def plant(connection: Connection, canary: str) -> Rows:
    """Rows in every table, then again in the agency's workspace where a table has a workspace."""
    theirs: Rows = {}
    for table in _tables():
        theirs[table.name] = _insert(connection, table, theirs, canary)
    agency: Rows = {**theirs, "workspace": {**theirs["workspace"], "id": AGENCY}}
    for table in _tables():
        if table.name in IN_AGENCY:
            agency[table.name] = _insert(connection, table, agency, f"{canary}-agency")
    return theirs


def _tables() -> list[Table]:
    """Parents first; a secret has no reference to its parent, and comes last."""
    wanted = [table for table in metadata.sorted_tables if table.name not in KEPT or table.name == "client"]
    return sorted(wanted, key=lambda table: table.name == "secret")


def _insert(connection: Connection, table: Table, parents: Rows, canary: str) -> Mapping[str, Any]:
    row = {column.name: _value(column, table, parents, canary) for column in table.columns}
    if table.name == "destination":
        row["address"] = parents["channel"]["id"]
    if table.name == "channel" and "agency" in canary:
        row |= {"id": f"C{next(_numbers)}", "name": "alerts"}  # Slack's own, and no client's data
    if table.name == "rule":
        row["number"] = row["id"]
    connection.execute(insert(table).values(row))
    if table.name == "data_source":
        _seal(connection, row, canary)
    return row


def _seal(connection: Connection, source: Mapping[str, Any], canary: str) -> None:
    """The URL of a source, which no foreign key ties to it."""
    kept = {"owner": f"data_source/{source['id']}", "name": f"{canary}-url", "key_id": "1"}
    row = {**kept, "sealed": b"sealed", "updated_at": NOON}
    connection.execute(insert(metadata.tables["secret"]).values(row))


def _value(column: Column[Any], table: Table, parents: Rows, canary: str) -> Any:
    if (table.name, column.name) in FIXED:
        return FIXED[table.name, column.name]
    for key in column.foreign_keys:
        parent = key.column
        return parents[parent.table.name][parent.name]
    if column.name == "client_id":
        return parents["client"]["id"]
    if (table.name, column.name) == ("secret", "owner"):
        return f"workspace/{parents['workspace']['id']}"
    return _of_type(column, f"{canary}-{table.name}-{column.name}")


def _of_type(column: Column[Any], text: str) -> Any:
    kind = column.type
    if isinstance(kind, AutoString):
        return text
    if isinstance(kind, JSON):
        return [] if column.name == "rule_ids" else {"padding": PADDING, "deep": [text]}
    if isinstance(kind, UtcTime):
        return NOON
    if isinstance(kind, Date):
        return NOON.date()
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, (BigInteger, Integer)):
        return next(_numbers) if column.primary_key else 1
    return 1.5 if isinstance(kind, Float) else b"sealed"


def dump(connection: Connection, canary: str = "") -> dict[str, list[str]]:
    """Every row of every table as text, those that hold the canary."""
    found: dict[str, list[str]] = {}
    for table in metadata.sorted_tables:
        rows = (str(tuple(row)) for row in connection.execute(select(table)))
        found[table.name] = sorted(row for row in rows if canary in row)
    return found
