from bot.views import episode
from bot.views.blocks import Block, fact_lines, section
from bot.views.kind import Kind
from bot.views.text import code, escape, one_line, when
from houston.notify.messenger import Announcement


def _name(announcement: Announcement) -> str:
    return one_line(episode.fired(announcement)["title"])


def _title(announcement: Announcement) -> str:
    return f"🚨 System error: {_name(announcement)}"


def _body(announcement: Announcement) -> list[Block]:
    message = episode.current(announcement).get("message")
    return [*([section(code(message))] if message else []), fact_lines(_facts(announcement))]


def _facts(announcement: Announcement) -> list[tuple[str, str]]:
    payload = episode.current(announcement)
    shown = [("📅 When", when(episode.began(announcement), announcement.timezone))]
    if payload.get("service"):
        shown.insert(0, ("🔧 Service", escape(one_line(payload["service"]), 200)))
    if seen := _seen(announcement):
        shown.append(("🔁 Seen", seen))
    if end := episode.ending(announcement):
        shown.append(("✅ Resolved", end))
    else:
        shown.append(episode.severity_fact(announcement))
    if announcement.client_name:
        shown.append(("👤 Client", escape(announcement.client_name, 200)))
    return shown


def _brief(announcement: Announcement) -> str:
    message = one_line(episode.current(announcement).get("message") or "")
    seen = _seen(announcement)
    return " · ".join(part for part in (message, f"seen {seen}" if seen else "") if part)


def _latest(announcement: Announcement) -> str:
    seen = _seen(announcement)
    return f"seen {seen}" if seen else ""


def _seen(announcement: Announcement) -> str:
    """`12 times, last Dec 15, 2024 2:14 PM`."""
    standing = announcement.episode
    if standing is None or standing.count < 2:
        return ""
    return f"{standing.count:,} times, last {when(standing.seen_at, announcement.timezone)}"


SYSTEM_ERROR = Kind(
    emoji="🚨",
    noun="system error",
    plural="system errors",
    name=_name,
    title=_title,
    brief=_brief,
    latest=_latest,
    body=_body,
    still="🔁 Still happening",
    again="🔁 Happening again",
    well="✅ Not seen any more",
    over="✅ System error over",
    settled="over",
)
