"""The metrics of one incident: who has joined, who is well again. Pure; kept in the episode's payload."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston.watch.detection.looks import Look
from houston.watch.snapshot import RANKS

RECOVERED = 2
"""So many usual points in a row make a metric well."""

MOST_KEPT = 20
"""Points of one metric that are remembered as those that broke it."""

Member = dict[str, Any]
"""Its newest facts, and: `since` when it broke and with which value (`was`), the points that did
(`broke_at`), `severity` the worst since, `good` usual points in a row, `is_well`."""


@dataclass(kw_only=True)
class Members:
    """The first one leads: it is the one that a message is named after."""

    all: list[Member]
    joined: list[Member]
    has_breach: bool = False
    is_worse: bool = False
    is_corrected: bool = False

    @property
    def are_well(self) -> bool:
        return all(member["is_well"] for member in self.all)

    @property
    def severity(self) -> str:
        severities = [member["severity"] for member in self.all if not member["is_well"]]
        return max(severities, key=RANKS.__getitem__, default="info")


def begun(looks: Sequence[Look]) -> Members:
    """What breaks at one moment, the worst first."""
    breaking = [look for look in looks if look.verdict == "breach"]
    members = Members(all=[], joined=[])
    for look in sorted(breaking, key=rank):
        members.all.append(_member(look))
        members.has_breach = True
    members.joined = list(members.all)
    return members


def gone_on(before: Sequence[Member], looks: Sequence[Look]) -> Members:
    """What a moment makes of them: a metric that breaks joins, one that was well breaks again."""
    members = Members(all=[dict(each) for each in before], joined=[])
    known = {(each["definition_id"], each["metric_id"]): each for each in members.all}
    for look in sorted(looks, key=rank):
        member = known.get(look.watched)
        if look.verdict == "breach":
            _broke(members, member, look)
        elif member is not None:
            _went_on(members, member, look)
    return members


def left(before: Sequence[Member], definition_id: int, metric_ids: Collection[int] = ()) -> list[Member]:
    """All of them, where those of a definition that it does not watch any more count as well."""
    return [
        each
        if each["definition_id"] != definition_id or each["metric_id"] in metric_ids
        else {**each, "is_well": True}
        for each in before
    ]


def _broke(members: Members, member: Member | None, look: Look) -> None:
    members.has_breach = True
    if member is None:
        member = _member(look)
        members.all.append(member)
        members.joined.append(member)
        return
    if member["is_well"]:
        member.update(_member(look))
        members.joined.append(member)
        return
    member["broke_at"] = [*member["broke_at"], look.at.isoformat()][-MOST_KEPT:]
    _worsen(members, member, look)
    if _is_later(look, member):
        member.update(look.facts)
        member["good"] = 0


def _went_on(members: Members, member: Member, look: Look) -> None:
    if look.verdict in ("changed", "corrected"):
        _correct(members, member, look)
        return
    if not _is_later(look, member):
        return
    member.update({**look.facts, "occurrence_id": member["occurrence_id"]})
    if look.verdict == "lingering":
        member["good"] = 0
        if not member["is_well"]:
            _worsen(members, member, look)
        return
    member["good"] += 1
    member["is_well"] = member["is_well"] or member["good"] >= RECOVERED


def _correct(members: Members, member: Member, look: Look) -> None:
    """A point that told of trouble has another value: the newest one's facts are shown, and the metric is
    well where that was all."""
    if look.at.isoformat() == member["since"]:
        member["was"] = look.facts["value"]
    if look.at >= datetime.fromisoformat(member["time"]):
        member.update({**look.facts, "occurrence_id": member["occurrence_id"]})
    if look.verdict == "corrected" and look.at.isoformat() in member["broke_at"]:
        member["broke_at"] = [each for each in member["broke_at"] if each != look.at.isoformat()]
        member["is_well"] = member["is_well"] or not member["broke_at"]
        members.is_corrected = members.is_corrected or member["is_well"]


def _worsen(members: Members, member: Member, look: Look) -> None:
    """It got worse, or has lasted so long that it is."""
    if RANKS.get(look.severity, 0) > RANKS[member["severity"]]:
        member["severity"] = look.severity
        members.is_worse = True


def _member(look: Look) -> Member:
    at = look.at.isoformat()
    return dict(look.facts) | {
        "since": at,
        "was": look.facts["value"],
        "broke_at": [at],
        "severity": look.severity,
        "good": 0,
        "is_well": False,
    }


def _is_later(look: Look, member: Mapping[str, Any]) -> bool:
    return look.at > datetime.fromisoformat(member["time"])


def rank(look: Look) -> tuple[int, float, float]:
    """The worst first; among equals the one that matters most, then the one that is furthest off."""
    value, expected = look.facts["value"] or 0.0, look.facts["expected"] or 0.0
    return -RANKS.get(look.severity, 0), -look.weight, -abs(value - expected) / (abs(expected) or 1.0)
