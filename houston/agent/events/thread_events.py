"""One event as an answer may speak of it: its figures, its words, and how it stands now."""

from datetime import datetime
from zoneinfo import ZoneInfo

from houston.agent.events.event_figures import figures, words
from houston.agent.facts import ClientName, Figure, ThreadAlert, ThreadEvent
from houston.notify.naming import name
from houston.notify.vocabulary import EVENT_TYPES
from houston.watch.standing import Standing
from store.tables import Client, Event, Rule

KNOWN_BAND = ("value", "expected", "lower", "upper")


def thread_event(
    event: Event,
    *,
    client: Client | None,
    stands: Standing | None,
    rules: tuple[Rule, ...],
    zone: ZoneInfo,
) -> ThreadEvent:
    about = ClientName(slug=client.slug, name=client.name) if client else None
    return ThreadEvent(
        id=event.id,
        type=event.type,
        title=name(event.type, event.payload, event.subject) or EVENT_TYPES.get(event.type, event.type),
        time=event.occurred_at,
        severity=event.severity,
        client=about,
        state=_state(stands, zone) if stands else "",
        reason=str(event.payload.get("reason") or ""),
        figures=(*figures(event.type, event.payload), *_moved(event, stands)),
        facts=(*words(event.type, event.payload), *(("posted by rule", _rule(rule)) for rule in rules)),
        outlier=_outlier(event, about) if about else None,
    )


def _outlier(event: Event, client: ClientName) -> ThreadAlert | None:
    """None for what only lacks data, or has no expectation."""
    facts = event.payload
    if event.type != "outlier" or any(facts.get(part) is None for part in KNOWN_BAND):
        return None
    return ThreadAlert(
        metric=facts["metric"],
        channel=facts.get("channel") or "",
        client=client,
        time=event.occurred_at,
        value=facts["value"],
        expected=facts["expected"],
        lower=facts["lower"],
        upper=facts["upper"],
        severity=event.severity,
        reason=facts.get("reason") or "",
        unit=facts.get("unit") or "",
        definition=facts.get("definition") or "",
    )


def _moved(event: Event, stands: Standing | None) -> tuple[Figure, ...]:
    """What the newest check saw, where that is something else than what fired."""
    if stands is None or stands.current == event.payload:
        return ()
    before = set(figures(event.type, event.payload))
    now = [each for each in figures(event.type, stands.current) if each not in before]
    return tuple(Figure(name=f"{each.name} now", value=each.value, unit=each.unit) for each in now)


def _state(stands: Standing, zone: ZoneInfo) -> str:
    """`firing since Sunday, 22 November 2026, 14:14; acknowledged by Bob Best`."""
    said = [f"{stands.state.replace('_', ' ')} since {_moment(stands.opened_at, zone)}"]
    if stands.resolved_at:
        said = [f"resolved at {_moment(stands.resolved_at, zone)}, began {_moment(stands.opened_at, zone)}"]
    if stands.count > 1:
        said.append(f"seen {stands.count} times")
    people = (
        ("acknowledged", stands.acknowledged),
        ("assigned to", stands.assigned),
        ("snoozed", stands.snoozed),
        ("dismissed as no outlier", stands.dismissed),
    )
    said += [f"{deed} {'' if deed.endswith('to') else 'by '}{who.name}" for deed, who in people if who]
    if stands.is_open and not (stands.acknowledged or stands.assigned):
        said.append("nobody has taken it yet")
    return "; ".join(said)


def _rule(rule: Rule) -> str:
    return f"#{rule.number} {EVENT_TYPES.get(rule.event_type, rule.event_type)}"


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%A, %d %B %Y, %H:%M}"
