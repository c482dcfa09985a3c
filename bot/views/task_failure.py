from bot.views import episode
from bot.views.blocks import Block, fact_lines, section
from bot.views.kind import Kind
from bot.views.text import code, escape, one_line, when
from houston.notify.messenger import Announcement

TITLES = {"failed": "⚠️ Task failed", "dead_letter": "☠️ Task in dead letter"}
SUCCEEDED = "succeeded"


def _name(announcement: Announcement) -> str:
    return one_line(episode.fired(announcement)["job"])


def _title(announcement: Announcement) -> str:
    state = _failure(announcement).get("state", "")
    return f"{TITLES.get(state, TITLES['failed'])}: {_name(announcement)}"


def _body(announcement: Announcement) -> list[Block]:
    error = _failure(announcement).get("error")
    return [*([section(code(error))] if error else []), fact_lines(_facts(announcement))]


def _facts(announcement: Announcement) -> list[tuple[str, str]]:
    payload, standing = _failure(announcement), announcement.episode
    shown = [("🔧 Run", escape(one_line(str(payload.get("run_id", ""))), 200) or "–")]
    if payload.get("attempt", 1) != 1:
        shown.append(("🔁 Attempt", escape(str(payload["attempt"]), 20)))
    shown.append(("📅 When", when(episode.began(announcement), announcement.timezone)))
    if standing and standing.count > 1:
        shown.append(("🔢 Failed", f"{standing.count:,} times"))
    if end := episode.ending(announcement):
        shown.append(("✅ Succeeded", end))
    else:
        shown.append(episode.severity_fact(announcement))
    if announcement.client_name:
        shown.append(("👤 Client", escape(announcement.client_name, 200)))
    return shown


def _brief(announcement: Announcement) -> str:
    if episode.is_over(announcement):
        return f"succeeded{episode.after(announcement)}"
    payload = _failure(announcement)
    where = "dead letter" if payload.get("state") == "dead_letter" else "failed"
    return f"{where}: {one_line(payload['error'])}" if payload.get("error") else where


def _latest(announcement: Announcement) -> str:
    """`attempt 3, Timeout after 30 s`."""
    payload = announcement.event.payload
    parts = [
        "dead letter" if payload.get("state") == "dead_letter" else "",
        f"attempt {payload['attempt']}" if payload.get("attempt") else "",
        one_line(payload.get("error") or ""),
    ]
    return ", ".join(part for part in parts if part)


def _failure(announcement: Announcement) -> dict[str, str]:
    """The newest failure: a success has no error, and what failed is still to be read."""
    now = episode.current(announcement)
    return dict(episode.fired(announcement) if now.get("state") == SUCCEEDED else now)


TASK_FAILURE = Kind(
    emoji="⚠️",
    noun="task failure",
    plural="task failures",
    name=_name,
    title=_title,
    brief=_brief,
    latest=_latest,
    body=_body,
    still="🔁 Failed again",
    again="🔁 Failed again",
    well="✅ Succeeded again",
    over="✅ Task succeeded",
    settled="succeeded by now",
    button="View run",
)
