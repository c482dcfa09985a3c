"""How metrics, their outliers and the episodes of all that is watched hang together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.assembly.delivering import Delivering
from houston.records.faults import FAULT
from houston.records.task_runs import TASK
from houston.watch.alerts.watched import ALERT
from houston.watch.checks import OutlierChecks
from houston.watch.definitions import Definitions
from houston.watch.detection.incidents import Incidents
from houston.watch.detection.moments import OUTLIER
from houston.watch.episodes import Episodes
from houston.watch.freshness import FRESHNESS, Freshness
from houston.watch.metric_settings import MetricSettings
from houston.watch.metrics import Metrics
from houston.watch.occurrences import Occurrences
from houston.watch.preview import Previews
from houston.watch.reviewing import Reviewing
from store import Store

POLICIES = {
    "outlier": OUTLIER,
    "replay": OUTLIER,
    "freshness": FRESHNESS,
    "task": TASK,
    "fault": FAULT,
    "alert": ALERT,
}
"""How what is watched is judged, by the kind of its key."""


@dataclass(frozen=True, kw_only=True)
class Watching:
    episodes: Episodes
    metrics: Metrics
    metric_settings: MetricSettings
    definitions: Definitions
    previews: Previews
    checks: OutlierChecks
    freshness: Freshness
    occurrences: Occurrences
    reviewing: Reviewing


def watching(store: Store, out: Delivering, *, now: Callable[[], datetime]) -> Watching:
    episodes = Episodes(store=store, outbox=out.outbox, now=now, policies=POLICIES, stale=out.stale)
    incidents = Incidents(store=store, episodes=episodes)
    return Watching(
        episodes=episodes,
        metrics=Metrics(store=store),
        metric_settings=MetricSettings(store=store, now=now),
        definitions=Definitions(store=store, incidents=incidents, now=now),
        previews=Previews(store=store, now=now),
        checks=OutlierChecks(store, episodes, now=now),
        freshness=Freshness(store=store, episodes=episodes, now=now),
        occurrences=Occurrences(store=store),
        reviewing=Reviewing(store=store, now=now, stale=out.stale),
    )
