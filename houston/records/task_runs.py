from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston.records.checks import Checks, owner
from houston.records.intake import Reported
from houston.watch.episodes import Episodes
from houston.watch.policy import Policy
from houston.watch.rows import Sighting
from store import Scope, Store
from store.tables import TaskRun
from store.task_runs import Keeping

SEVERITIES = {"failed": "warning", "dead_letter": "critical"}
STATES = ("succeeded", *SEVERITIES)

TASK = Policy(repeat_after=timedelta(hours=1), reopen_within=timedelta(minutes=30), takes="same")
"""A failure fires, a later success ends it. A job that fails, succeeds and fails again is one story."""


@dataclass(frozen=True, kw_only=True)
class TaskRuns:
    """What pipelines report about their jobs."""

    store: Store
    episodes: Episodes
    now: Callable[[], datetime]

    async def report(
        self,
        scope: Scope,
        *,
        job: str,
        run_id: str,
        state: str,
        attempt: int = 1,
        error: str = "",
        url: str = "",
        client_id: int | None = None,
        occurred_at: datetime | None = None,
    ) -> Reported:
        """Keep a report, once, and tell of a failure or of its end. Raises InvalidFields, NotFound."""
        now, checks = self.now(), Checks()
        run = TaskRun(
            id=self.store.ids.next(),
            client_id=owner(scope, client_id),
            job=checks.text("job", job, most=200, required=True),
            run_id=checks.text("run_id", run_id, most=200, required=True),
            state=checks.choice("state", state, STATES),
            attempt=attempt,
            error=checks.text("error", error, most=20_000),
            url=checks.link("url", url),
            occurred_at=checks.moment("occurred_at", occurred_at, now=now),
        )
        checks.done()
        keeping = Keeping(run)
        seen = await self.episodes.see(_sighting(run, now), policy=TASK, once=keeping)
        return Reported(id=keeping.id, event_id=seen.event_id)


def _sighting(run: TaskRun, now: datetime) -> Sighting:
    """Of now at the latest: what comes after the report of a clock that is ahead is not late."""
    return Sighting(
        key=f"task:{run.client_id or 0}:{run.job}",
        type="task_failure",
        client_id=run.client_id,
        subject=run.job,
        at=min(run.occurred_at, now),
        verdict="breach" if run.state in SEVERITIES else "ok",
        severity=SEVERITIES.get(run.state, "info"),
        payload=run.model_dump(include={"job", "run_id", "state", "attempt", "error", "url"}),
    )
