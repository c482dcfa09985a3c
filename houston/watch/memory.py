"""What one definition's view of one metric has read, so that a check costs only its new points."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from houston.watch.outliers.bank import Kept
from houston.watch.outliers.settings import Settings
from store.tables import Metric

HISTORY = 10_000
"""Points that a detector learns from when it meets a series, at the most."""

KEPT_APART = timedelta(days=3), 40
"""A state is kept for going back to, at the most so often: after so long, and so many points."""

ENOUGH = 20
"""Points that may say anew how far apart a series' points are."""

TAIL = 100
"""Points that are remembered as they were read, to tell what has changed from what has not."""

Readings = list[tuple[datetime, float]]
"""Time and value, oldest first."""


@dataclass(kw_only=True)
class Memory:
    """`member` is its place in the bank. `kept` are states of the past, the oldest first: with these a
    correction is read from where it begins. `tail` are the newest points that were read."""

    settings: Settings
    member: int
    revision: int
    since: datetime | None = None
    read_to: datetime | None = None
    spacing: timedelta = timedelta(hours=1)
    kept: list[tuple[datetime, Kept]] = field(default_factory=list)
    tail: dict[datetime, float] = field(default_factory=dict)
    owes: bool = False

    @property
    def reach(self) -> timedelta:
        """How far apart states are kept."""
        least, points = KEPT_APART
        return max(least, points * self.spacing)

    def changed_from(self, metric: Metric) -> datetime | None:
        """Where the past differs from what was read; None where it does not."""
        missed = metric.revision - self.revision
        if missed <= 0 or self.read_to is None:
            return None
        if missed > len(metric.revisions):
            return self.since
        earliest = min(map(datetime.fromisoformat, metric.revisions[-missed:]))
        return earliest if earliest <= self.read_to else None

    def state_before(self, moment: datetime) -> tuple[datetime, Kept] | None:
        """The newest that has read nothing from this moment on."""
        return next((each for each in reversed(self.kept) if each[0] < moment), None)

    def learn_spacing(self, points: Readings) -> None:
        """Between neighbours, usually; a few points say nothing against what many have."""
        if self.read_to is None or len(points) >= ENOUGH:
            self.spacing = spacing_of(points) or self.spacing

    def took(self, points: Readings) -> None:
        if points:
            self.since, self.read_to = self.since or points[0][0], points[-1][0]
            self.tail.update(points[-TAIL:])
        if len(self.tail) > 2 * TAIL:
            self.tail = dict(list(self.tail.items())[-TAIL:])

    def keep(self, state: Kept) -> None:
        """The state of now, beside the one before."""
        assert self.read_to is not None
        self.kept = [*self.kept, (self.read_to, state)][-2:]

    @property
    def is_time_to_keep(self) -> bool:
        if self.read_to is None or self.since is None:
            return False
        return self.read_to - (self.kept[-1][0] if self.kept else self.since) >= self.reach


def spacing_of(points: Readings) -> timedelta | None:
    """Between neighbours, usually; None for too few points."""
    gaps = sorted(later - earlier for (earlier, _), (later, _) in pairwise(points[-200:]))
    return gaps[len(gaps) // 2] if len(gaps) > 1 else None
