"""What happened in a window and what goes on, read under one scope: rows, not yet words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from houston.notify.digests.digest import FailedTask, Undelivered
from houston.notify.digests.moments import Window
from houston.watch.standing import OPEN
from store import Scope, UnitOfWork
from store.tables import Episode, Lifecycle

T = TypeVar("T")

ALERTS = ("outlier", "data_alert", "system_error")
"""What counts as an outlier or an alert; failed tasks have a place of their own."""

NAMED = 5
"""Episodes of one client that are named."""

DELIVERIES_SINCE = timedelta(days=7)
"""Of older messages none is given up any more."""

Severities = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Happened:
    """By client; None is what belongs to no client. `fired` counts by severity, and those that are over."""

    notes: Mapping[int | None, Mapping[str, int]]
    fired: Mapping[int | None, Severities]
    worst: Mapping[int | None, Sequence[Episode]]
    going_on: Mapping[int | None, Sequence[tuple[Episode, bool]]]
    """With whether it is snoozed; the oldest first."""
    tasks: Mapping[int | None, Sequence[FailedTask]]
    undelivered: Sequence[Undelivered]
    threads: Mapping[int, tuple[str, str]]

    @property
    def clients(self) -> set[int | None]:
        """Those of whom there is something to say."""
        return {*self.notes, *self.fired, *self.going_on, *self.tasks}


async def happened(uow: UnitOfWork, scope: Scope, window: Window, now: datetime) -> Happened:
    start, end = window.start, window.end
    worst = await uow.digests.worst(scope=scope, start=start, end=end, types=ALERTS, each=NAMED)
    going_on = await uow.digests.going_on(scope=scope, states=OPEN, seen_since=start)
    shown = [(episode, _is_snoozed(lifecycle, now)) for episode, lifecycle in going_on]
    waiting = [(episode, snoozed) for episode, snoozed in shown if snoozed or not is_taken(episode)]
    ids = {episode.id for episode in worst} | {episode.id for episode, _ in waiting}
    return Happened(
        notes=_tree(await uow.digests.notes(scope=scope, start=start, end=end)),
        fired=_tree(
            (client_id, severity, (count, over))
            for client_id, severity, count, over in await uow.digests.fired(
                scope=scope, start=start, end=end, types=ALERTS
            )
        ),
        worst=_grouped((each.client_id, each) for each in worst),
        going_on=_grouped((each[0].client_id, each) for each in waiting),
        tasks=await _tasks(uow, scope, window),
        undelivered=await _undelivered(uow, scope, window),
        threads=await uow.digests.threads(scope=scope, episode_ids=ids),
    )


def is_taken(episode: Episode) -> bool:
    return bool(episode.assigned_to or episode.acknowledged_by)


def _is_snoozed(lifecycle: Lifecycle | None, now: datetime) -> bool:
    if lifecycle is None or not lifecycle.snoozed_by:
        return False
    return lifecycle.snoozed_until_change or (lifecycle.snoozed_until or now) > now


async def _tasks(uow: UnitOfWork, scope: Scope, window: Window) -> Mapping[int | None, Sequence[FailedTask]]:
    failed = await uow.failed_tasks.failed(scope=scope, start=window.start, end=window.end)
    jobs = {job for _, job, *_ in failed}
    mended = await uow.failed_tasks.succeeded(scope=scope, jobs=jobs, since=window.start)
    return _grouped(
        (
            client_id,
            FailedTask(
                job=job,
                failures=failures,
                dead=dead,
                is_mended=(client_id, job) in mended and mended[client_id, job] > last,
            ),
        )
        for client_id, job, failures, dead, last in failed
    )


async def _undelivered(uow: UnitOfWork, scope: Scope, window: Window) -> list[Undelivered]:
    found = await uow.digests.undelivered(
        scope=scope, start=window.start, end=window.end, since=window.start - DELIVERIES_SINCE
    )
    return [Undelivered(where=alias, count=count, why=why) for alias, why, count in found]


def _tree(rows: Iterable[tuple[int | None, str, T]]) -> Mapping[int | None, Mapping[str, T]]:
    found: dict[int | None, dict[str, T]] = defaultdict(dict)
    for client_id, key, value in rows:
        found[client_id][key] = value
    return found


def _grouped(rows: Iterable[tuple[int | None, T]]) -> Mapping[int | None, Sequence[T]]:
    found: dict[int | None, list[T]] = defaultdict(list)
    for client_id, value in rows:
        found[client_id].append(value)
    return found
