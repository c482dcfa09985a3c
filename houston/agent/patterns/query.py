"""What is asked, a message read in the light of the conversation."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from houston.agent.facts import ThreadAlert
from houston.agent.patterns.catalogue import Catalogue
from houston.agent.patterns.names import Match
from houston.agent.patterns.period import Period, so_far, unit_start
from houston.agent.patterns.reading import Reading
from houston.watch.performance import Span, compared_span

Intent = Literal[
    "performance", "overview", "why", "outliers", "notes", "customers", "new_customers",
    "customer_count", "metrics", "clients", "switch", "help", "thanks", "unknown",
]  # fmt: skip
INHERITING = ("performance", "overview", "why", "outliers")
"""Without a period of its own, such a question is about the one that was talked of."""

ALONE = ("metrics", "clients", "help", "thanks")
MOST_METRICS = 6
HOW = re.compile(r"how(?:'s| is| are| was| were| did| has| have)\b")


@dataclass(frozen=True, kw_only=True)
class Query:
    intent: Intent = "unknown"
    metrics: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    client: str | None = None
    """The slug of a client that this very message names."""
    period: Period | None = None
    assumed_period: bool = False
    by: str = "total"
    compare: str | None = None
    against: Period | None = None
    rank: str | None = None
    limit: int | None = None
    status: str | None = None
    severity: str | None = None
    search: str = ""
    segment: str | None = None
    order_by: str = "revenue"
    unclear: tuple[tuple[str, ...], ...] = ()
    """For each name that fits several things: those things."""
    unread: tuple[str, ...] = ()


def from_alert(alert: ThreadAlert, today: date, day: date) -> Query:
    """An alert's thread starts as if its metric, around its day, had been asked for."""
    channels = (alert.channel,) if alert.channel else ()
    return Query(intent="why", metrics=(alert.metric,), channels=channels, period=Period.around(day, today))


def follow(previous: Query | None, reading: Reading, catalogue: Catalogue, today: date) -> Query:
    intent = _intent(reading)
    base = _base(previous, reading, intent)
    metrics, channels = _sure(reading.named("metric")), _sure(reading.named("channel"))
    query = replace(
        base,
        metrics=metrics or base.metrics,
        channels=channels or base.channels,
        client=_slug(reading, catalogue),
        status=reading.cue("status") or base.status,
        severity=reading.cue("severity") or base.severity,
        rank=reading.cue("rank") or base.rank,
        limit=reading.number or base.limit,
        unclear=tuple(match.names for match in reading.names if len(match.names) > 1),
        unread=reading.unread,
    )
    return _with_searches(_with_period(_with_breakdown(query, reading), reading, today), reading)


def _base(previous: Query | None, reading: Reading, intent: Intent | None) -> Query:
    """What is kept of the question before: all of it where this message only changes a part."""
    if previous is None:
        return Query(intent=intent or "unknown")
    kept = replace(previous, client=None, unread=(), unclear=(), search="")
    about_metrics = intent == "performance" and previous.intent in ("performance", "why")
    if intent is None or (about_metrics and reading.follows_up):
        return replace(kept, intent=_went_on(previous, intent))
    if intent in (*ALONE, "switch") or (intent == "why" and not reading.named("metric")):
        return replace(kept, intent=intent)
    period = previous.period if intent in INHERITING else None
    return Query(intent=intent, period=period, assumed_period=bool(period) and previous.assumed_period)


def _went_on(previous: Query, intent: Intent | None) -> Intent:
    if previous.intent in ("thanks", "help", "switch", "metrics", "clients"):
        return intent or ("performance" if previous.metrics else "unknown")
    return "performance" if previous.intent == "why" else previous.intent


def _intent(reading: Reading) -> Intent | None:
    wanted = {cue.value for cue in reading.cues if cue.slot == "intent"}
    has_metric = bool(reading.named("metric"))
    if "why" in wanted:
        return "why"
    if "outliers" in wanted:
        return "outliers"
    if "notes" in wanted:
        return "notes"
    if reading.has("customers"):
        return _about_customers(reading)
    if has_metric:
        return "performance"
    if "switch" in wanted:
        return "switch"
    if reading.has("overview") or HOW.match(reading.text):
        return "overview"
    for intent in ALONE:
        if intent in wanted:
            return intent  # type: ignore[return-value]
    return None


def _about_customers(reading: Reading) -> Intent:
    if reading.has("customers", "new"):
        return "new_customers"
    if reading.has("rank") or reading.unread or reading.quoted or reading.number or reading.has("order"):
        return "customers"
    counted = any(words in reading.text for words in ("how many", "number of", "count", "summar", "overview"))
    return "customer_count" if counted or reading.periods or "segment" in reading.text else "customers"


def _sure(matches: tuple[Match, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.names[0] for match in matches if len(match.names) == 1))[:MOST_METRICS]


def _slug(reading: Reading, catalogue: Catalogue) -> str | None:
    named = _sure(reading.named("client"))
    slugs = [slug for slug, name in (catalogue.clients or {}).items() if named and named[0] in (slug, name)]
    return slugs[0] if slugs else None


def _with_breakdown(query: Query, reading: Reading) -> Query:
    by = reading.cue("by")
    if by is None and len(query.channels) > 1:
        by = "channel"
    if by is None:
        return query
    if by == "channel" and len(query.channels) == 1:
        if reading.named("channel") and not query.rank:
            return query
        query = replace(query, channels=())
    return replace(query, by=by)


def _with_period(query: Query, reading: Reading, today: date) -> Query:
    periods = reading.periods
    compare = next((cue.value for cue in reading.cues if cue.slot == "compare" and cue.value), None)
    if len(periods) >= 2 and reading.has("compare"):
        return _compared(replace(query, compare=None), periods[0], periods[1])
    if len(periods) == 1 and _compared_with(reading):
        unit = _unit_before(periods[0], today)
        if unit and (query.period is None or reading.named("metric")):
            return _compared(query, so_far(today, unit), periods[0])
        if query.period is not None:
            return replace(query, compare=None, against=periods[0])
    if periods:
        query = replace(query, period=periods[0], assumed_period=False, compare=None, against=None)
    if compare == "previous_period" and reading.follows_up and query.period and not periods:
        earlier = compared_span(Span(start=query.period.start, end=query.period.end), "previous_period")
        return replace(query, period=Period(start=earlier.start, end=earlier.end), against=None, compare=None)
    if compare:
        query = replace(query, compare=compare, against=None)
    if query.period is None and query.intent in ("performance", "overview", "why", "outliers"):
        query = replace(query, period=Period.last_days(7, today), assumed_period=True)
    return query


def _compared(query: Query, period: Period, against: Period) -> Query:
    """A unit still under way is compared with as much of the one before, not with the whole of it."""
    query = replace(query, period=period, assumed_period=False)
    if period.so_far in ("week", "month", "year") and against.end < period.start:
        just_before = unit_start(against.end, period.so_far) == against.start
        if just_before and (period.start - against.end).days == 1:
            return replace(query, compare=f"same_period_last_{period.so_far}", against=None)
    return replace(query, compare=None, against=against)


def _compared_with(reading: Reading) -> bool:
    """`… than last week`, `compared with October`: the period is what it is held against."""
    against = [cue for cue in reading.cues if cue.slot == "compare" and not cue.value]
    return any(0 <= reading.found[0].start - cue.span[1] <= 5 for cue in against)


def _unit_before(period: Period, today: date) -> Literal["day", "week", "month", "year"] | None:
    for unit in ("day", "week", "month", "year"):
        start = unit_start(today, unit)
        if (start - period.end).days == 1 and unit_start(period.end, unit) == period.start:
            return unit
    return None


def _with_searches(query: Query, reading: Reading) -> Query:
    if query.intent not in ("notes", "customers", "customer_count", "new_customers"):
        return query
    named = [
        reading.text[match.start : match.end] for match in reading.named("channel") + reading.named("metric")
    ]
    order = reading.cue("order") or query.order_by
    if query.intent == "notes":
        words = reading.quoted or " ".join([*named, *reading.unread])
        return replace(query, search=words or query.search, unread=())
    segments = reading.named("segment")
    return replace(
        query,
        segment=segments[0].names[0] if segments else query.segment,
        search=reading.quoted or " ".join(reading.unread),
        order_by="orders" if "orders" in {*query.metrics, *(m.casefold() for m in query.metrics)} else order,
        unread=(),
    )
