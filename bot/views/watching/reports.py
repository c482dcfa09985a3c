"""Reports in words."""

from collections.abc import Sequence

from bot.views.blocks import Block, Message, button, context, section
from bot.views.links import link, web_page
from bot.views.table import table
from bot.views.text import count, escape, number
from bot.views.watching.listing import Listing, Row, deleting, editing, named
from houston.reports.reports import Preview, ReportSeen

NOTHING = "No reports yet. A report is a saved query of a data source; alerts are set on what it returns."
FIRST = "No reports yet. Connect a data source first: *Data sources*, above."


def listed(found: Sequence[ReportSeen], *, has_sources: bool) -> Listing:
    rows = [Row(line=line(each), buttons=_buttons(each)) for each in found]
    adding = [button("Add report", "add_report", style="primary")] if has_sources else []
    return Listing(what="report", rows=rows, nothing=NOTHING if has_sources else FIRST, add=adding)


def line(seen: ReportSeen) -> str:
    """`*Daily revenue* · from Shop · 2 alerts · Acme · Open`"""
    parts = [named(seen.report.name), count(seen.alerts, "alert")]
    if seen.source_name:
        parts.insert(1, f"from {escape(seen.source_name, 100)}")
    if seen.client:
        parts.append(escape(seen.client, 100))
    if page := web_page(seen.report.url):
        parts.append(link(page, "Open"))
    return " · ".join(parts)


def kept(seen: ReportSeen, what: str) -> Message:
    """`what` is Added, Saved or Deleted."""
    said = f"✅ {what}: {line(seen)}"
    follows = "Now set an alert on it: *Alerts* on the *Watching* tab."
    return Message(text=said, blocks=[section(said), *([context(follows)] if what == "Added" else ())])


def previewed(preview: Preview) -> list[Block]:
    """The first rows, as they are now."""
    rows = f"{'more than ' if preview.is_cut else ''}{count(preview.row_count, 'row')}"
    said = f"✅ {rows} in {number(round(preview.seconds, 2))} s"
    if not preview.rows:
        names = ", ".join(escape(each, 60) for each in preview.columns)
        return [section(f"{said}. Its columns: {names}")]
    return [section(f"{said}. The first of them:\n{table(preview.columns, preview.rows)}")]


def _buttons(seen: ReportSeen) -> list[Block]:
    id = seen.report.id
    delete = deleting(
        "report", id, name=seen.report.name, what="report", follows="Its runs go too. Its alerts go first."
    )
    return [editing("report", id), button("Add alert", "add_alert", value=str(id)), delete]
