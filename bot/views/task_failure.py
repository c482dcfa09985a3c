from bot.views import severity
from bot.views.blocks import Message, facts, header, section
from bot.views.links import view_buttons
from bot.views.text import code, escape, one_line, when
from houston.notify.messenger import Announcement

TITLES = {"failed": "⚠️ Task failed", "dead_letter": "☠️ Task in dead letter"}


def announced(announcement: Announcement, chart_file: str | None = None) -> Message:
    """⚠️ Task failed: load_google_ads."""
    event, payload = announcement.event, announcement.event.payload
    title = f"{TITLES.get(payload.get('state', ''), TITLES['failed'])}: {one_line(payload['job'])}"
    shown = [
        ("🔧 Run", escape(str(payload["run_id"]), 200)),
        ("📅 When", when(event.occurred_at, announcement.timezone)),
        ("Severity", severity.labelled(event.severity)),
    ]
    if payload.get("attempt"):
        shown.insert(1, ("🔁 Attempt", str(payload["attempt"])))
    if announcement.client_name:
        shown.append(("👤 Client", escape(announcement.client_name, 200)))
    blocks = [header(title), facts(shown)]
    if payload.get("error"):
        blocks.insert(1, section(code(payload["error"], 2500)))
    blocks += view_buttons(payload.get("url"))
    error = f": {one_line(payload['error'])}" if payload.get("error") else ""
    return Message(text=escape(title + error, 3000), blocks=blocks)
