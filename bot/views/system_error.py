from bot.views import severity
from bot.views.blocks import Message, facts, header, section
from bot.views.links import view_buttons
from bot.views.text import code, escape, one_line, when
from houston.notify.messenger import Announcement


def announced(announcement: Announcement, chart_file: str | None = None) -> Message:
    """🚨 System error: TimeoutError."""
    event, payload = announcement.event, announcement.event.payload
    title = f"🚨 System error: {one_line(payload['title'])}"
    shown = [
        ("📅 When", when(event.occurred_at, announcement.timezone)),
        ("Severity", severity.labelled(event.severity)),
    ]
    if payload.get("service"):
        shown.insert(0, ("🔧 Service", escape(payload["service"], 200)))
    if announcement.client_name:
        shown.append(("👤 Client", escape(announcement.client_name, 200)))
    blocks = [header(title), facts(shown)]
    if payload.get("message"):
        blocks.insert(1, section(code(payload["message"], 2500)))
    blocks += view_buttons(payload.get("url"))
    message = f" — {one_line(payload['message'])}" if payload.get("message") else ""
    return Message(text=escape(title + message, 3000), blocks=blocks)
