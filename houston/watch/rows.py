"""Snapshots from rows, and outcomes as what is written of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from houston.watch.policy import Check
from houston.watch.snapshot import Outcome, Snapshot
from store.ids import Ids
from store.lifecycles import Change
from store.tables import Episode, Event, Lifecycle

OF_EPISODE = frozenset({"severity", "resolved_at"})
COLUMNS = tuple(each.name for each in fields(Snapshot) if each.name not in OF_EPISODE)


@dataclass(frozen=True, kw_only=True)
class Sighting(Check):
    """A check of the thing that `key` names: `kind:…`, where the kind has a policy. `payload` is the
    event's, should there be one."""

    key: str
    type: str
    client_id: int | None = None
    subject: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A check that is made only once it is known where its key stands, and nobody else steps it: `look`
    gets the lifecycle and its newest episode, and says None where there is nothing to see."""

    key: str
    client_id: int | None
    at: datetime
    look: Callable[[Lifecycle, Episode | None], Sighting | None]

    @classmethod
    def of(cls, sighting: Sighting) -> "Turn":
        return cls(key=sighting.key, client_id=sighting.client_id, at=sighting.at, look=lambda *_: sighting)


def snapshot_of(lifecycle: Lifecycle, episode: Episode | None) -> Snapshot:
    stands = lifecycle.model_dump(include=set(COLUMNS)) | {"recent": tuple(lifecycle.recent)}
    if episode:
        stands |= {"severity": episode.severity, "resolved_at": episode.resolved_at}
    return Snapshot(**stands)


def columns(snapshot: Snapshot) -> dict[str, Any]:
    """Those of table Lifecycle."""
    stands = {name: getattr(snapshot, name) for name in COLUMNS}
    return stands | {"recent": list(snapshot.recent)}


def seen(
    before: Snapshot, outcome: Outcome, sighting: Sighting, episode: Episode | None, ids: Ids, now: datetime
) -> Change:
    """What a sighting writes."""
    opened = _opened(outcome, sighting, ids) if outcome.opens else None
    about = opened or episode
    event = _event(outcome, about, ids, now) if outcome.tells and about else None
    if event:
        event.occurred_at, event.payload = sighting.at, dict(sighting.payload) | _news(outcome)
    return Change(
        lifecycle=columns(outcome.snapshot),
        episode=_updated(before, outcome, sighting, episode) if episode else {},
        opened=opened,
        shows=outcome.shows or outcome.forgets or bool(outcome.tells),
        events=[event] if event else [],
    )


def woken(outcome: Outcome, episode: Episode | None, ids: Ids, now: datetime) -> Change:
    """What the end of a snooze writes: what was owed is told as the episode stands now."""
    event = _event(outcome, episode, ids, now) if outcome.tells and episode else None
    if event and episode:
        event.payload = dict(episode.current) | _news(outcome)
    return Change(lifecycle=columns(outcome.snapshot), shows=True, events=[event] if event else [])


def _opened(outcome: Outcome, sighting: Sighting, ids: Ids) -> Episode:
    return Episode(
        id=ids.next(),
        key=sighting.key,
        type=sighting.type,
        client_id=sighting.client_id,
        subject=sighting.subject,
        severity=outcome.snapshot.severity,
        state=outcome.snapshot.state,
        opened_at=sighting.at,
        seen_at=sighting.at,
        fired=dict(sighting.payload),
        current=dict(sighting.payload),
    )


def _updated(before: Snapshot, outcome: Outcome, sighting: Sighting, episode: Episode) -> dict[str, Any]:
    if outcome.forgets:
        return {"state": "resolved", "resolved_at": episode.seen_at}
    if not outcome.shows:
        return {}
    after = outcome.snapshot
    told: dict[str, Any] = {
        "state": after.state if after.is_open else "resolved",
        "severity": after.severity,
        "seen_at": max(sighting.at, episode.seen_at),
        "resolved_at": after.resolved_at if outcome.closes else None,
        "count": episode.count + outcome.counts,
        "current": dict(sighting.payload),
    }
    if after.state == "firing" and before.is_open and not before.has_fired:
        told["fired"] = dict(sighting.payload)
    return told


def _event(outcome: Outcome, episode: Episode | None, ids: Ids, now: datetime) -> Event:
    """Of the worst severity so far, so that whoever was told of the fire is told of its end."""
    assert episode is not None
    return Event(
        id=ids.next(),
        type=episode.type,
        phase=outcome.tells,
        client_id=episode.client_id,
        episode_id=episode.id,
        subject=episode.subject,
        severity=outcome.snapshot.severity,
        occurred_at=episode.resolved_at or episode.seen_at,
        recorded_at=now,
        dedupe_key=f"episode:{episode.id}:{outcome.tells}:{episode.version + (not outcome.opens)}",
        payload={},
    )


def _news(outcome: Outcome) -> dict[str, str]:
    return {"news": outcome.news} if outcome.news else {}
