"""The form of a metric feed. Its ids live in open views: they stay."""

from collections.abc import Sequence

from bot.views import fields
from bot.views.blocks import Message, View, actions, button, plain
from bot.views.filled import Values, chosen_all, chosen_id, written
from bot.views.origin import Origin
from bot.views.watching.alert_form import SCHEDULE
from houston.reports.feeds import FeedDraft
from store.tables import Client, DataSource, MetricFeed

CALLBACK = "feed_form"
SQL = "Columns time and value, and if you like metric, channel and client. :now is the time of the run."
METRIC = "The metric's name, where no column says it."
RUNNING = Message(text="⏳ Running the query…")


def form(
    origin: Origin,
    sources: Sequence[DataSource],
    clients: Sequence[Client] | None,
    timezone: str,
    feed: MetricFeed | None = None,
) -> View:
    """`clients` is None in a client's own workspace."""
    named = [(str(each.id), each.name) for each in sources]
    source = str(feed.source_id) if feed else named[0][0] if len(named) == 1 else ""
    schedule = feed.schedule if feed else "hourly"
    blocks = [
        fields.name(feed.name if feed else "", "Orders an hour"),
        fields.choice("source", "Data source", named, chosen=source),
        fields.text("sql", "Query", value=feed.sql if feed else "", hint=SQL, multiline=True),
        actions(button("Show what it gives", "preview_feed"), block_id="preview"),
        fields.text(
            "metric", "Metric", value=feed.metric if feed else "", hint=METRIC, optional=True, longest=80
        ),
        fields.text("schedule", "Read", value=schedule, hint=SCHEDULE, longest=200),
        fields.timezone(feed.timezone if feed else timezone),
    ]
    if clients is not None:
        chosen = feed.client_id if feed else None
        hint = "Whose metrics they are; of a source of the agency a column client may say it for each row."
        blocks.append(fields.client(clients, chosen=chosen, nobody="As the data source", hint=hint))
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("Edit metric feed" if feed else "Add metric feed", 24),
        "submit": plain("Save" if feed else "Run and add", 24),
        "close": plain("Cancel", 24),
        "private_metadata": origin.as_text(),
        "blocks": [*blocks, fields.ticked("active", "Status", "Active", on=feed.active if feed else True)],
    }


def draft(values: Values) -> FeedDraft:
    return FeedDraft(
        name=written(values, "name"),
        source_id=chosen_id(values, "source") or 0,
        sql=written(values, "sql"),
        metric=written(values, "metric"),
        schedule=written(values, "schedule"),
        timezone=written(values, "timezone") or None,
        client_id=chosen_id(values, "client"),
        active=bool(chosen_all(values, "active")),
    )
