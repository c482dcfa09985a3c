"""Which addresses an event goes to, and when: pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any
from zoneinfo import ZoneInfo

from houston.notify.quiet.hours import QuietHours
from houston.notify.vocabulary import at_least
from store.dispatch import Escalating, Route, Target
from store.holding import FAR
from store.tables import Event

QUIET, PAUSE, PAUSED, DAILY = "quiet", "pause", "paused", "daily"
"""What holds a message back: quiet hours, the whole workspace's pause, a destination that failed too
often, a member's wish for one message a day."""

ONE_WAY = ("webhook:", "service:")
"""Places that nothing can be edited in: what merely goes on is not told there."""


def targets(event: Event, routes: Sequence[Route], now: datetime) -> list[Target]:
    """One target an address, however many rules and aliases lead to it.

    Of several rules for one address the least restrictive quiet hours count.
    """
    matching = [route for route in routes if matches(event, route)]
    ruled = {route.workspace_id for route in matching if not route.catches_all and route.rule_id}
    found: dict[tuple[str, str], list[Route]] = {}
    for route in matching:
        if not (route.catches_all and route.workspace_id in ruled):
            found.setdefault((route.workspace_id, route.address), []).append(route)
    return [_target(event, ways, now) for ways in found.values()]


def matches(event: Event, route: Route) -> bool:
    return (
        event.type in route.event_types
        and event.workspace_id in (None, route.workspace_id)
        and _wall_lets_through(event, route)
        and route.client_id in (None, event.client_id)
        and (route.client_ids is None or event.client_id in route.client_ids)
        and at_least(event.severity, route.minimum_severity)
        and (not route.subject or _is_about(event, route.subject))
        and not (_merely_goes_on(event) and route.address.startswith(ONE_WAY))
    )


def _is_about(event: Event, pattern: str) -> bool:
    """Of an incident of several metrics, any of them."""
    names = [event.subject, *(_metric(each) for each in event.payload.get("metrics", ()))]
    return any(fnmatchcase(name.lower(), pattern.lower()) for name in names)


def _metric(facts: Mapping[str, Any]) -> str:
    return f"{facts['metric']}/{facts['channel']}" if facts.get("channel") else str(facts["metric"])


def _merely_goes_on(event: Event) -> bool:
    """What came back or got worse is news everywhere."""
    return event.phase == "repeated" and event.payload.get("news", "again") == "again"


def _wall_lets_through(event: Event, route: Route) -> bool:
    """A client's workspace, and a channel bound to a client, get that client's events only; what is no
    client's stays with agencies. A Slack Connect channel gets nothing before an admin approved it."""
    bound = {route.workspace_client_id, route.channel_client_id} - {None}
    return route.is_open and bound <= {event.client_id}


def _target(event: Event, ways: Sequence[Route], now: datetime) -> Target:
    first = ways[0]
    until, why = _held(event, ways, now)
    return Target(
        workspace_id=first.workspace_id,
        destination_id=first.destination_id,
        address=first.address,
        rule_ids=list(dict.fromkeys(way.rule_id for way in ways if way.rule_id is not None)),
        held_until=until,
        bundle=f"{why}:{until:%Y%m%dT%H%M%S}" if until else "",
        escalations=tuple(_escalations(event, ways)),
    )


def _held(event: Event, ways: Sequence[Route], now: datetime) -> tuple[datetime | None, str]:
    first = ways[0]
    if first.is_paused:
        return FAR, PAUSED
    if first.paused_until and first.paused_until > now:
        return first.paused_until, PAUSE
    ends = [_wait(event, way, now) for way in ways]
    return min(ends, key=lambda end: end[0] or now)


def _wait(event: Event, way: Route, now: datetime) -> tuple[datetime | None, str]:
    """Until when this way alone would hold the event."""
    if way.daily_at:
        return _next(way.daily_at, ZoneInfo(way.timezone), now), DAILY
    if way.quiet_hours:
        quiet = QuietHours.from_dict(way.quiet_hours)
        if not (quiet.critical_passes and event.severity == "critical"):
            return quiet.end(now), QUIET
    return None, ""


def _next(daily_at: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The first moment later than now at which the clock there shows `HH:MM`."""
    hour, minute = (int(part) for part in daily_at.split(":"))
    local = now.astimezone(zone)
    today = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    later = today if today > local else today + timedelta(days=1)
    return later.astimezone(UTC)


def _escalations(event: Event, ways: Iterable[Route]) -> Iterable[Escalating]:
    if event.episode_id is None or event.phase != "fired":
        return
    for way in ways:
        if way.rule_id and way.escalate_to and way.escalate_minutes:
            yield Escalating(
                rule_id=way.rule_id, destination_id=way.escalate_to, minutes=way.escalate_minutes
            )
