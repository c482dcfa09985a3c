"""News in the thread of a message: one line, with nothing to press."""

from collections.abc import Sequence

from bot.views import episode, severity
from bot.views.blocks import Block, Message, context, section
from bot.views.kind import Kind
from bot.views.text import escape, when
from houston.notify.messenger import Announcement

OPENINGS = {"no_data": "❔ No data", "error": "⚠️ Could not be checked"}


def replied(kinds: Sequence[Kind], announcements: Sequence[Announcement]) -> Message:
    """One piece of news each: of one thing, or of several that share the thread's message."""
    pairs = list(zip(kinds, announcements, strict=True))
    blocks = [block for kind, each in pairs for block in _blocks(kind, each)]
    said = [f"{news(kind, each)} — {kind.name(each)}" for kind, each in pairs]
    return Message(text=escape("\n".join(said)), blocks=blocks)


def _blocks(kind: Kind, announcement: Announcement) -> list[Block]:
    parts = [kind.name(announcement), announcement.client_name or ""]
    parts.append(when(announcement.event.occurred_at, announcement.timezone))
    below = " · ".join(escape(part, 200) for part in parts if part)
    return [section(escape(news(kind, announcement))), context(below)]


def news(kind: Kind, announcement: Announcement) -> str:
    """`⬆️ Now critical: $420, expected $300 ($250 – $350)`."""
    latest, said = kind.latest(announcement), _opening(kind, announcement)
    after = episode.after(announcement) if announcement.event.phase == "resolved" else ""
    return f"{said}{after}: {latest}" if latest else f"{said}{after}"


def _opening(kind: Kind, announcement: Announcement) -> str:
    event = announcement.event
    if event.phase in OPENINGS:
        return OPENINGS[event.phase]
    if event.phase == "resolved":
        return kind.well
    if event.payload.get("news") == "worse":
        return f"⬆️ Now {severity.NAMES[event.severity].lower()}"
    if event.payload.get("news") == "more":
        return "➕ And now"
    return kind.still if event.phase == "repeated" and event.payload.get("news") != "reopened" else kind.again
