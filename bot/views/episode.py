"""What a message shows of an episode: how it stands, since when, and who has it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.views import severity
from bot.views.text import duration, escape, mention, when
from houston.notify.messenger import Announcement
from houston.watch.standing import Standing, Who

RESOLVED, NO_DATA, ERROR, FIRING = "resolved", "no_data", "error", "firing"

PHASES = {"resolved": RESOLVED, "no_data": NO_DATA, "error": ERROR}
"""How a thing stands that only its event tells of, by the event's phase."""


def state(announcement: Announcement) -> str:
    """`firing`, `recovering`, `no_data`, `error` or `resolved`."""
    if announcement.episode:
        return announcement.episode.state
    return PHASES.get(announcement.event.phase, FIRING)


def is_over(announcement: Announcement) -> bool:
    return state(announcement) == RESOLVED


def fired(announcement: Announcement) -> Mapping[str, Any]:
    """The facts that opened the episode."""
    episode = announcement.episode
    return episode.fired if episode and episode.fired else announcement.event.payload


def current(announcement: Announcement) -> Mapping[str, Any]:
    """The facts of the newest check."""
    episode = announcement.episode
    return episode.current if episode and episode.current else announcement.event.payload


def began(announcement: Announcement) -> datetime:
    return announcement.episode.opened_at if announcement.episode else announcement.event.occurred_at


def ended(announcement: Announcement) -> datetime | None:
    """None while it goes on."""
    if not is_over(announcement):
        return None
    if announcement.episode:
        return announcement.episode.resolved_at
    return announcement.event.occurred_at


def lasted(announcement: Announcement) -> timedelta | None:
    """How long it went on; None where that is not known, or it still does."""
    end = ended(announcement)
    return end - announcement.episode.opened_at if announcement.episode and end else None


def ending(announcement: Announcement) -> str:
    """`Dec 15, 2024 4:32 PM · after 2 h`; '' while it goes on."""
    end, length = ended(announcement), lasted(announcement)
    if end is None:
        return ""
    said = when(end, announcement.timezone)
    return f"{said} · after {duration(length)}" if length else said


def after(announcement: Announcement) -> str:
    """` after 2 h`, where that is known."""
    length = lasted(announcement)
    return f" after {duration(length)}" if length else ""


def severity_fact(announcement: Announcement) -> tuple[str, str]:
    """`🟠 Severity` and `Warning`."""
    episode = announcement.episode
    found = episode.severity if episode else announcement.event.severity
    return f"{severity.EMOJI[found]} Severity", severity.NAMES[found]


def mark(announcement: Announcement) -> str:
    """One emoji for how it stands."""
    episode = announcement.episode
    if is_over(announcement):
        return "✅"
    if episode and episode.is_snoozed:
        return "💤"
    if state(announcement) in (NO_DATA, ERROR):
        return "❔"
    return severity.EMOJI[episode.severity if episode else announcement.event.severity]


def people(announcement: Announcement) -> list[str]:
    """Who has it, one line of mrkdwn each."""
    episode, zone = announcement.episode, announcement.timezone
    if episode is None:
        return []
    said = [
        _acknowledged(episode, zone),
        _assigned(episode),
        _snoozed(episode, zone),
        _escalated(announcement),
        f"🙅 Not an outlier, says {_person(episode.dismissed)}" if episode.dismissed else "",
        f"🔇 Rule muted by {_person(announcement.muted)}" if announcement.muted else "",
    ]
    return [line for line in said if line]


def hands(announcement: Announcement) -> str:
    """The same in a few characters, for a list: ` · 👀 <@U1>`."""
    episode = announcement.episode
    if episode is None:
        return ""
    taken = [("👀", episode.acknowledged), ("🙋", episode.assigned)]
    said = [f" · {emoji} {_person(who)}" for emoji, who in taken if who]
    if episode.is_open and episode.is_snoozed:
        said.append(f" · 💤 {_until(episode, announcement.timezone)}")
    return "".join(said)


def named(announcements: Iterable[Announcement]) -> dict[str, str]:
    """The names of the people that these mention, by their Slack ids."""
    found: dict[str, str] = {}
    for episode in (each.episode for each in announcements):
        whos = (episode.acknowledged, episode.assigned, episode.snoozed) if episode else ()
        found |= {who.user_id: who.name for who in whos if who and who.user_id}
    return found


def _acknowledged(episode: Standing, zone: ZoneInfo) -> str:
    if not episode.acknowledged:
        return ""
    moment = f" · {when(episode.acknowledged_at, zone)}" if episode.acknowledged_at else ""
    return f"👀 Acknowledged by {_person(episode.acknowledged)}{moment}"


def _assigned(episode: Standing) -> str:
    return f"🙋 Assigned to {_person(episode.assigned)}" if episode.assigned else ""


def _snoozed(episode: Standing, zone: ZoneInfo) -> str:
    if not episode.snoozed or not episode.is_open:
        return ""
    return f"💤 Snoozed by {_person(episode.snoozed)} {_until(episode, zone)}"


def _escalated(announcement: Announcement) -> str:
    if not announcement.escalated_to:
        return ""
    at = announcement.escalated_at
    moment = f" · {when(at, announcement.timezone)}" if at else ""
    return f"⏫ Nobody took it, so it went to {escape(announcement.escalated_to, 100)}{moment}"


def _until(episode: Standing, zone: ZoneInfo) -> str:
    if episode.snoozed_until_change or episode.snoozed_until is None:
        return "until it changes"
    return f"until {when(episode.snoozed_until, zone)}"


def _person(who: Who) -> str:
    return mention(who.user_id, who.name) or "somebody"
