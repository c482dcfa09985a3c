"""How an episode stands, as one workspace may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from store.tables import Episode, Lifecycle

ELSEWHERE = "the agency"
"""What a client's people read for somebody of another workspace."""

OPEN = frozenset({"firing", "recovering", "no_data", "error"})
"""The states of an episode that goes on."""


@dataclass(frozen=True, kw_only=True)
class Who:
    """A person who did something; one of another workspace has no `user_id` that means anything here."""

    name: str
    user_id: str | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`fired` is the payload that opened the episode, `current` that of the newest check; `owner` is
    whose alert it is, `dismissed` who said that it is no outlier."""

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
    owner: Who | None = None
    dismissed: Who | None = None
    snoozed: Who | None = None
    snoozed_until: datetime | None = None
    snoozed_until_change: bool = False

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_snoozed(self) -> bool:
        return self.snoozed is not None


def standing(
    episode: Episode, lifecycle: Lifecycle | None, *, workspace_id: str, is_agency: bool, now: datetime
) -> Standing:
    """For readers in a workspace; who is not of an agency learns no names of another's people.

    `lifecycle` is the one of the episode's key, which knows of a snooze.
    """
    told = partial(_who, workspace_id=workspace_id, is_agency=is_agency)
    is_snoozed = lifecycle is not None and _is_snoozed(lifecycle, now)
    snoozed = told(lifecycle.snoozed_by, lifecycle.snoozed_name) if lifecycle and is_snoozed else None
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
        acknowledged=told(episode.acknowledged_by, episode.acknowledged_name),
        assigned=told(episode.assigned_to, episode.assigned_name),
        owner=told(str(episode.fired.get("owner") or ""), str(episode.fired.get("owner_name") or "")),
        dismissed=told(episode.dismissed_by, episode.dismissed_name),
        snoozed=snoozed,
        snoozed_until=lifecycle.snoozed_until if lifecycle and snoozed else None,
        snoozed_until_change=bool(lifecycle and snoozed and lifecycle.snoozed_until_change),
    )


def _is_snoozed(lifecycle: Lifecycle, now: datetime) -> bool:
    if not lifecycle.snoozed_by:
        return False
    return lifecycle.snoozed_until_change or (lifecycle.snoozed_until or now) > now


def _who(member: str, name: str, *, workspace_id: str, is_agency: bool) -> Who | None:
    """`member` is `T1/U1`."""
    if not member:
        return None
    home, _, user_id = member.partition("/")
    if home == workspace_id:
        return Who(name=name, user_id=user_id)
    return Who(name=name if is_agency else ELSEWHERE, user_id=None)
