"""What all metrics of an incident show at one moment, as one check of its lifecycle."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from houston.watch.detection.looks import Look
from houston.watch.detection.members import Member, Members, begun, gone_on, left
from houston.watch.policy import Policy
from houston.watch.rows import Sighting, Turn
from houston.watch.standing import OPEN
from store.tables import Episode, Lifecycle

SAME_INCIDENT = 12
"""An outlier within this many points of the one before belongs to the same incident."""

OUTLIER = Policy(repeat_after=timedelta(hours=6), takes="any")
"""How many usual points end it is counted for each metric (houston/watch/detection/members.py)."""

OWN = frozenset({"since", "was", "broke_at", "good", "is_well"})
"""What a message's metric has and its first one, by itself, has not."""


def policy_for(spacing: timedelta | None) -> Policy:
    """An incident goes on where an outlier follows the one before within SAME_INCIDENT points."""
    if spacing is None:
        return OUTLIER
    reach = SAME_INCIDENT * spacing
    return replace(OUTLIER, reopen_within=reach - 2 * spacing, forget_after=reach)


@dataclass(kw_only=True)
class Moment:
    """Looks of one incident at one time. Of the definitions in `watches`, what they do not watch any more
    is well. `joined` are the metrics that made an incident larger, once it was stepped."""

    key: str
    client_id: int
    at: datetime
    looks: Sequence[Look]
    policy: Policy
    watches: Mapping[int, Collection[int]] = field(default_factory=dict)
    joined: frozenset[tuple[int, int]] = frozenset()

    def turn(self) -> Turn:
        return Turn(key=self.key, client_id=self.client_id, at=self.at, look=self._sighting)

    def _sighting(self, lifecycle: Lifecycle, episode: Episode | None) -> Sighting | None:
        members = self._members(lifecycle, episode)
        if not members.all:
            return None
        lead = members.all[0]
        return Sighting(
            key=self.key,
            type="outlier",
            client_id=self.client_id,
            subject=f"{lead['metric']}/{lead['channel']}" if lead["channel"] else lead["metric"],
            at=self.at,
            verdict="breach" if members.has_breach or members.is_worse else "ok",
            severity=members.severity,
            is_recovered=members.are_well,
            is_news=bool(members.joined),
            payload=_payload(members),
        )

    def _members(self, lifecycle: Lifecycle, episode: Episode | None) -> Members:
        self.joined = frozenset()
        before = self._before(lifecycle, episode)
        if before is None:
            return begun(self.looks)
        for definition_id, metric_ids in self.watches.items():
            before = left(before, definition_id, metric_ids)
        members = gone_on(before, self.looks)
        self.joined = frozenset((each["definition_id"], each["metric_id"]) for each in members.joined)
        return members

    def _before(self, lifecycle: Lifecycle, episode: Episode | None) -> list[Member] | None:
        """The metrics of the incident that goes on; None where one begins."""
        if episode is None or episode.state not in OPEN:
            return None
        breaks = any(look.verdict == "breach" for look in self.looks)
        if breaks and self._is_forgotten(lifecycle):
            return None
        return list(episode.current.get("metrics", ()))

    def _is_forgotten(self, lifecycle: Lifecycle) -> bool:
        """As the lifecycle will see it: the incident was left open long ago."""
        reach, last = self.policy.forget_after, lifecycle.breached_at
        return reach is not None and last is not None and self.at - last > reach


def _payload(members: Members) -> dict[str, Any]:
    """The facts of the metric that leads, and those of all."""
    lead = {name: value for name, value in members.all[0].items() if name not in OWN}
    told: dict[str, Any] = {**lead, "metrics": members.all}
    if members.joined and len(members.joined) < len(members.all):
        told["joined"] = [
            {name: value for name, value in each.items() if name not in OWN} for each in members.joined
        ]
    if members.is_corrected:
        told["corrected"] = True
    return told
