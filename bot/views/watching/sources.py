"""Data sources in words."""

from collections.abc import Mapping, Sequence

from bot.views.blocks import Message, button, context, section
from bot.views.text import count, escape
from bot.views.watching.listing import Listing, Row, deleting, editing, named, wrong
from store.tables import DataSource

TABLES = 12
NOTHING = (
    "No data sources yet. Connect a database, or a folder of CSV and Parquet files; "
    "Houston only ever reads from it. Then save a report of it, and set alerts on that."
)


def listed(found: Sequence[DataSource], clients: Mapping[int | None, str]) -> Listing:
    """`clients` are names by id; empty where clients are not told apart."""
    rows = [Row(line=line(each, clients), buttons=_buttons(each)) for each in found]
    adding = [button("Add data source", "add_source", style="primary")]
    return Listing(what="data source", rows=rows, nothing=NOTHING, add=adding)


def line(source: DataSource, clients: Mapping[int | None, str]) -> str:
    """`*Shop* · PostgreSQL · db.acme.com/shop · Acme`, with what was wrong last time."""
    parts = [named(source.name), escape(source.dialect), escape(source.place, 200)]
    if clients:
        parts.append(escape(clients.get(source.client_id, "the agency"), 100))
    return "\n".join([" · ".join(part for part in parts if part), *wrong(source.error)])


def kept(source: DataSource, what: str) -> Message:
    """`what` is Added, Saved or Deleted."""
    said = f"✅ {what}: {line(source, {})}"
    follows = "Now save a report of it: *Reports* on the *Watching* tab."
    return Message(text=said, blocks=[section(said), *([context(follows)] if what == "Added" else ())])


def tried(source: DataSource, tables: Sequence[str]) -> Message:
    """How a test went that succeeded; a failure is an error with its own words."""
    said = f"✅ {named(source.name)} answers: {count(len(tables), 'table')} can be read."
    return Message(text=said, blocks=[section(said), *([context(_listed(tables))] if tables else ())])


def _listed(tables: Sequence[str]) -> str:
    shown = ", ".join(escape(each, 60) for each in tables[:TABLES])
    more = len(tables) - TABLES
    return f"{shown} and {more} more" if more > 0 else shown


def _buttons(source: DataSource) -> list[dict[str, object]]:
    return [
        button("Test", "test_source", value=str(source.id)),
        editing("source", source.id),
        deleting(
            "source",
            source.id,
            name=source.name,
            what="data source",
            follows="Houston forgets how to reach it. Its reports have to go first.",
        ),
    ]
