"""How an episode stands, as one workspace may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.tables import Episode, Lifecycle

OPEN = frozenset({"firing", "recovering", "no_data", "error"})
"""The states of an episode that goes on."""


@dataclass(frozen=True, kw_only=True)
class Who:
    """A person who did something; one of another workspace has no `user_id` that means anything here."""

    name: str
    user_id: str | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`fired` is the payload that opened the episode, `current` that of the newest check."""

    id: int
    type: str
    subject: str
    state: str
    severity: str
    opened_at: datetime
    seen_at: datetime
    resolved_at: datetime | None
    count: int
    fired: Mapping[str, Any]
    current: Mapping[str, Any]
    version: int
    acknowledged: Who | None = None
    acknowledged_at: datetime | None = None
    assigned: Who | None = None
    snoozed: Who | None = None
    snoozed_until: datetime | None = None
    snoozed_until_change: bool = False

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_snoozed(self) -> bool:
        return self.snoozed is not None


def standing(episode: Episode, lifecycle: Lifecycle | None, *, workspace_id: str, now: datetime) -> Standing:
    """`lifecycle` is the one of the episode's key, which knows of a snooze."""
    snoozed = _snoozed(lifecycle, workspace_id, now)
    return Standing(
        **episode.model_dump(
            include={
                "id",
                "type",
                "subject",
                "state",
                "severity",
                "opened_at",
                "seen_at",
                "resolved_at",
                "count",
                "fired",
                "current",
                "version",
                "acknowledged_at",
            }
        ),
        acknowledged=_who(episode.acknowledged_by, episode.acknowledged_name, workspace_id),
        assigned=_who(episode.assigned_to, episode.assigned_name, workspace_id),
        snoozed=snoozed,
        snoozed_until=lifecycle.snoozed_until if lifecycle and snoozed else None,
        snoozed_until_change=bool(lifecycle and snoozed and lifecycle.snoozed_until_change),
    )


def _snoozed(lifecycle: Lifecycle | None, workspace_id: str, now: datetime) -> Who | None:
    if lifecycle is None or not lifecycle.snoozed_by:
        return None
    if not lifecycle.snoozed_until_change and (lifecycle.snoozed_until or now) <= now:
        return None
    return _who(lifecycle.snoozed_by, lifecycle.snoozed_name, workspace_id)


def _who(member: str, name: str, workspace_id: str) -> Who | None:
    """`member` is `T1/U1`."""
    if not member:
        return None
    home, _, user_id = member.partition("/")
    return Who(name=name, user_id=user_id if home == workspace_id else None)
