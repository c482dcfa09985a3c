"""What else happened around an outlier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from store import Scope, UnitOfWork
from store.tables import Episode, Note, Occurrence, TaskRun

LOOKED_BACK = timedelta(days=180)
NOTES = timedelta(days=3), timedelta(days=2)
TASKS = timedelta(days=1), timedelta(days=1)
"""How long before it, and after it."""

FAILED = ("failed", "dead_letter")
MOST_EARLIER, MOST = 100, 5


@dataclass(frozen=True, kw_only=True)
class Around:
    """`earlier` are outliers of the same series in the half year before, the newest first."""

    episode: Episode | None
    earlier: Sequence[Occurrence]
    notes: Sequence[Note]
    failed: Sequence[TaskRun]


async def around(uow: UnitOfWork, scope: Scope, outlier: Occurrence) -> Around:
    at, client_id = outlier.time, outlier.client_id
    earlier = await uow.occurrences.of_metrics(
        scope=scope, metric_ids=[outlier.metric_id], start=at - LOOKED_BACK, end=at, limit=MOST_EARLIER
    )
    notes = await uow.notes.search(
        scope=scope, client_id=client_id, start=at - NOTES[0], end=at + NOTES[1], limit=MOST
    )
    return Around(
        episode=await _episode(uow, scope, outlier),
        earlier=earlier,
        notes=notes,
        failed=await _failed(uow, scope, client_id, at),
    )


async def _failed(uow: UnitOfWork, scope: Scope, client_id: int, at: datetime) -> list[TaskRun]:
    found = [
        run
        for state in FAILED
        for run in await uow.task_history.search(
            scope=scope,
            start=at - TASKS[0],
            end=at + TASKS[1],
            client_id=client_id,
            state=state,
            limit=MOST,
        )
    ]
    return sorted(found, key=lambda run: run.occurred_at, reverse=True)[:MOST]


async def _episode(uow: UnitOfWork, scope: Scope, outlier: Occurrence) -> Episode | None:
    """The one in which the outlier was told, if any."""
    found = await uow.episodes.lately(
        scope=scope, client_id=outlier.client_id, states=None, start=outlier.time, end=None
    )
    return next((each for each in found if _tells(each, outlier)), None)


def _tells(episode: Episode, outlier: Occurrence) -> bool:
    if episode.type != "outlier":
        return False
    told: list[dict[str, Any]] = [episode.fired, *episode.current.get("metrics", ())]
    moment = outlier.time.isoformat()
    return any(
        each.get("occurrence_id") in (outlier.id, str(outlier.id))
        or (each.get("metric_id") == outlier.metric_id and moment in each.get("broke_at", ()))
        for each in told
    )
