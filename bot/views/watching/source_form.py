"""The form of a data source. Its ids live in open views: they stay."""

from collections.abc import Sequence

from bot.views import fields
from bot.views.blocks import Message, View, plain
from bot.views.filled import Values, chosen_id, written
from bot.views.origin import Origin
from houston.reports.sources import SourceDraft
from store.tables import Client, DataSource

CALLBACK = "source_form"
URL = (
    "postgresql://user:password@host:5432/shop, mysql://…, sqlite:////data/shop.db, or "
    "duckdb:////data/folder for CSV and Parquet files. Use a user who may only read. "
    "It is tried before it is kept, and never shown."
)
KEEP = "Leave it empty to keep the one that it has. "
TRYING = Message(text="⏳ Asking the database…")


def form(origin: Origin, clients: Sequence[Client] | None, source: DataSource | None = None) -> View:
    """`clients` is None in a client's own workspace. Of a source that is there the URL is not shown."""
    hint = URL if source is None else KEEP + URL
    blocks = [
        fields.name(source.name if source else "", "Shop database"),
        fields.text("url", "URL", hint=hint, optional=source is not None, longest=2000),
    ]
    if clients is not None:
        chosen = source.client_id if source else None
        hint = "Whose data it is. What comes from it stays with that client."
        blocks.append(fields.client(clients, chosen=chosen, nobody="The agency itself", hint=hint))
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("Edit data source" if source else "Add data source", 24),
        "submit": plain("Save" if source else "Test and add", 24),
        "close": plain("Cancel", 24),
        "private_metadata": origin.as_text(),
        "blocks": blocks,
    }


def draft(values: Values, own_client: int | None) -> SourceDraft:
    """`own_client` is a client's workspace's, where nothing is chosen."""
    return SourceDraft(
        name=written(values, "name"),
        url=written(values, "url") or None,
        client_id=chosen_id(values, "client") if "client" in values else own_client,
    )
