"""What was held back, in one message: what still is on, what is over, and what else was new."""

from collections.abc import Sequence

from bot.views import buttons, episode
from bot.views.blocks import Block, Message, context, long_header
from bot.views.kind import Kind
from bot.views.listed import distinct, line, sections
from bot.views.text import escape, weekday
from houston.notify.messenger import Announcement
from houston.notify.vocabulary import SEVERITIES

TITLES = {
    "quiet": "🌙 While it was quiet",
    "pause": "⏸️ While Houston was paused",
    "paused": "📬 What could not be delivered until now",
    "daily": "🗞️ Your daily message",
}
LABELS = {
    "on": "Still on",
    "cleared": "Cleared",
    "brief": "Fired and cleared",
    "news": "News",
}
MOST = {"on": 20, "cleared": 8, "brief": 8, "news": 12}
"""Lines of each section."""

Told = tuple[Kind, Announcement]


def summarized(kinds: Sequence[Kind], announcement: Announcement) -> Message:
    """`kinds` are those of `distinct(announcement.all)`."""
    shown = distinct(announcement.all)
    parts = _parts(list(zip(kinds, shown, strict=True)), announcement)
    title = TITLES.get(announcement.held, "🔔 What was held back")
    blocks = [long_header(title), context(_span(announcement, shown))]
    for part, told in parts.items():
        label = f"*{LABELS[part]}* · {len(told)}"
        lines = [_line(kind, each, is_mixed=_is_mixed(shown)) for kind, each in told]
        blocks += sections([label, *lines], MOST[part] + 1)
    counts = ", ".join(f"{LABELS[part].lower()}: {len(told)}" for part, told in parts.items())
    return Message(text=escape(f"{title} — {counts}"), blocks=[*blocks, *_actions(announcement, parts)])


def _parts(told: list[Told], announcement: Announcement) -> dict[str, list[Told]]:
    """Those that hold anything, the most pressing first."""
    fired = {each.event.episode_id for each in announcement.all if each.event.phase == "fired"}
    parts: dict[str, list[Told]] = {part: [] for part in LABELS}
    for kind, each in told:
        parts[_part(each, is_new=each.event.episode_id in fired)].append((kind, each))
    parts["on"].sort(key=lambda pair: -SEVERITIES.index(_severity(pair[1])))
    return {part: held for part, held in parts.items() if held}


def _part(announcement: Announcement, *, is_new: bool) -> str:
    if announcement.episode is None and not announcement.event.phase:
        return "news"
    if not episode.is_over(announcement):
        return "on"
    return "brief" if is_new else "cleared"


def _severity(announcement: Announcement) -> str:
    return announcement.episode.severity if announcement.episode else announcement.event.severity


def _line(kind: Kind, announcement: Announcement, *, is_mixed: bool) -> str:
    client = announcement.client_name
    return line(kind, announcement) + (f" · _{escape(client, 60)}_" if client and is_mixed else "")


def _span(announcement: Announcement, shown: Sequence[Announcement]) -> str:
    """`Since Fri 6:04 PM · Acme Outdoor`."""
    first = min(each.event.recorded_at for each in announcement.all)
    since = f"Since {weekday(first, announcement.timezone)}"
    client = shown[0].client_name
    return f"{since} · {escape(client, 100)}" if client and not _is_mixed(shown) else since


def _is_mixed(shown: Sequence[Announcement]) -> bool:
    """Whether it tells of several clients."""
    return len({each.client_name for each in shown}) > 1


def _actions(announcement: Announcement, parts: dict[str, list[Told]]) -> list[Block]:
    """For what still is on: the rest needs nobody."""
    episodes = [each.episode for _, each in parts.get("on", ()) if each.episode]
    return buttons.row(announcement, episodes) if episodes else []
