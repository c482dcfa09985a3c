from collections.abc import Mapping
from typing import Any

from bot.views.blocks import Block, Message, context, header, section
from bot.views.text import escape, humanized, one_line, when
from houston.notify.messenger import Announcement

STATUSES = {"open": "🟡 Open", "in_progress": "🔵 In progress", "done": "✅ Done"}


def created(announcement: Announcement, chart_file: str | None = None) -> Message:
    """📝 Note: Black Friday budget raised."""
    payload = announcement.event.payload
    blocks = [header(f"📝 Note: {one_line(payload['title'])}")]
    if payload.get("body"):
        blocks.append(section(escape(payload["body"], 2900)))
    blocks.append(_signature(announcement))
    author = payload.get("author")
    said = f"📝 Note by {author}: {payload['title']}" if author else f"📝 Note: {payload['title']}"
    return Message(text=escape(said, 3000), blocks=blocks)


def updated(announcement: Announcement, chart_file: str | None = None) -> Message:
    """✏️ Note updated, with what changed."""
    payload = announcement.event.payload
    title = f"✏️ Note updated: {one_line(payload['title'])}"
    changes = "\n".join(_change(each) for each in payload.get("changes", ()))
    blocks = [header(title)]
    if changes:
        blocks.append(section(changes))
    blocks.append(_signature(announcement))
    return Message(text=escape(title, 3000), blocks=blocks)


def _signature(announcement: Announcement) -> Block:
    payload = announcement.event.payload
    parts = [
        STATUSES.get(payload.get("status", ""), ""),
        f"✍️ {escape(payload['author'], 100)}" if payload.get("author") else "",
        f"👤 {escape(announcement.client_name, 100)}" if announcement.client_name else "",
        f"📅 {when(announcement.event.occurred_at, announcement.timezone)}",
    ]
    return context(" · ".join(part for part in parts if part))


def _change(change: Mapping[str, Any]) -> str:
    field, before, after = change["field"], _said(change["before"]), _said(change["after"])
    label = escape(humanized(field), 60)
    if field == "body":
        return f"*{label}*\n{after}"
    return f"*{label}*: {before} → {after}"


def _said(value: object) -> str:
    text = one_line(str(value)) if value is not None else ""
    return STATUSES.get(text) or escape(text, 500) or "_empty_"
