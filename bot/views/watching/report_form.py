"""The form of a report. Its ids live in open views: they stay."""

from collections.abc import Sequence

from bot.views import fields
from bot.views.blocks import Message, View, actions, button, plain
from bot.views.filled import Values, chosen_id, written
from bot.views.origin import Origin
from houston.reports.reports import ReportDraft
from store.tables import Client, DataSource, Report

CALLBACK = "report_form"
SQL = "One query that only reads. :now is the time of the run, so that earlier days can be asked for too."
RUNNING = Message(text="⏳ Running the query…")


def form(
    origin: Origin,
    sources: Sequence[DataSource],
    clients: Sequence[Client] | None,
    report: Report | None = None,
) -> View:
    """`clients` is None in a client's own workspace."""
    named = [(str(each.id), each.name) for each in sources]
    source = str(report.source_id) if report else named[0][0] if len(named) == 1 else ""
    sql = report.sql if report else ""
    blocks = [
        fields.name(report.name if report else "", "Daily revenue"),
        fields.choice("source", "Data source", named, chosen=source),
        fields.text("sql", "Query", value=sql, hint=SQL, multiline=True),
        actions(button("Show the first rows", "preview_report"), block_id="preview"),
        fields.text(
            "url",
            "Link",
            value=report.url if report else "",
            hint="Where people read it: the dashboard or document that *View report* opens.",
            optional=True,
        ),
    ]
    if clients is not None:
        hint = "A data source of one client makes reports of that client, whatever is chosen here."
        chosen = report.client_id if report else None
        blocks.append(fields.client(clients, chosen=chosen, nobody="As the data source", hint=hint))
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("Edit report" if report else "Add report", 24),
        "submit": plain("Save" if report else "Run and add", 24),
        "close": plain("Cancel", 24),
        "private_metadata": origin.as_text(),
        "blocks": blocks,
    }


def draft(values: Values) -> ReportDraft:
    return ReportDraft(
        name=written(values, "name"),
        source_id=chosen_id(values, "source") or 0,
        sql=written(values, "sql"),
        url=written(values, "url"),
        client_id=chosen_id(values, "client"),
    )
