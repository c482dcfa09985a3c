from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.views.blocks import Block, context, section
from bot.views.kind import Kind
from bot.views.text import escape, humanized, one_line, when
from houston.notify.messenger import Announcement

STATUSES = {"open": "🟡 Open", "in_progress": "🔵 In progress", "done": "✅ Done"}


def _name(announcement: Announcement) -> str:
    return one_line(announcement.event.payload["title"])


def _created(announcement: Announcement) -> list[Block]:
    text = escape(announcement.event.payload.get("body") or "")
    return [*([section(text)] if text.strip() else []), _signature(announcement)]


def _updated(announcement: Announcement) -> list[Block]:
    """With what changed."""
    changes = "\n".join(_change(each) for each in announcement.event.payload.get("changes", ()))
    return [*([section(changes)] if changes else []), _signature(announcement)]


def _by(announcement: Announcement) -> str:
    payload = announcement.event.payload
    author = f"by {one_line(payload['author'])}" if payload.get("author") else ""
    return author or one_line(payload.get("body") or "")


def _changed(announcement: Announcement) -> str:
    """`Status: 🟡 Open → ✅ Done`."""
    changes = announcement.event.payload.get("changes", ())
    return "; ".join(_plain_change(each) for each in changes) or _by(announcement)


def _signature(announcement: Announcement) -> Block:
    payload = announcement.event.payload
    parts = [
        STATUSES.get(payload.get("status", ""), ""),
        f"✍️ {escape(one_line(payload['author']), 100)}" if payload.get("author") else "",
        f"👤 {escape(announcement.client_name, 100)}" if announcement.client_name else "",
        f"📅 {when(announcement.event.occurred_at, announcement.timezone)}",
    ]
    return context(" · ".join(part for part in parts if part))


def _change(change: Mapping[str, Any]) -> str:
    label = escape(humanized(change["field"]), 60)
    if change["field"] == "body":
        return f"*{label}*\n{escape(str(change['after'] or '')) or '_empty_'}"
    before, after = _said(change["before"]), _said(change["after"])
    return f"*{label}*: {escape(before, 500) or '_empty_'} → {escape(after, 500) or '_empty_'}"


def _plain_change(change: Mapping[str, Any]) -> str:
    label = humanized(change["field"])
    if change["field"] == "body":
        return f"{label} changed"
    return f"{label}: {_said(change['before']) or 'empty'} → {_said(change['after']) or 'empty'}"


def _said(value: object) -> str:
    text = one_line(str(value)) if value is not None else ""
    return STATUSES.get(text) or text


CREATED = Kind(
    emoji="📝",
    noun="note",
    plural="notes",
    name=_name,
    title=lambda announcement: f"📝 Note: {_name(announcement)}",
    brief=_by,
    latest=_by,
    body=_created,
    can_ask=False,
)

UPDATED = replace(
    CREATED,
    emoji="✏️",
    noun="note updated",
    plural="notes updated",
    title=lambda announcement: f"✏️ Note updated: {_name(announcement)}",
    brief=_changed,
    latest=_changed,
    body=_updated,
)
