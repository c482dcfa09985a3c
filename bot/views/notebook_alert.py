from bot.views.blocks import Block, context, section
from bot.views.kind import Kind
from bot.views.text import escape, humanized, one_line, when
from houston.notify.messenger import Announcement

STATUSES = {"success": "Success ✅", "warning": "Warning ⚠️", "failure": "Failure ❌"}


def _name(announcement: Announcement) -> str:
    return one_line(announcement.event.payload["notebook"])


def _title(announcement: Announcement) -> str:
    return f"📔 Notebook Alert: {_name(announcement)}"


def _body(announcement: Announcement) -> list[Block]:
    message = escape(announcement.event.payload.get("message") or "").strip() or "–"
    said = f"*Status:* {escape(_status(announcement))}\n*Message:* {message}"
    below = [f"👤 {escape(announcement.client_name, 100)}"] if announcement.client_name else []
    below.append(f"📅 {when(announcement.event.occurred_at, announcement.timezone)}")
    return [section(said), context(" · ".join(below))]


def _brief(announcement: Announcement) -> str:
    message = one_line(announcement.event.payload.get("message") or "")
    return f"{_status(announcement)} {message}".strip()


def _status(announcement: Announcement) -> str:
    status = str(announcement.event.payload.get("status", ""))
    return STATUSES.get(status) or humanized(status)[:60]


NOTEBOOK_ALERT = Kind(
    emoji="📔",
    noun="notebook alert",
    plural="notebook alerts",
    name=_name,
    title=_title,
    brief=_brief,
    latest=_brief,
    body=_body,
    button="View Report",
)
