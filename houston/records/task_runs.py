from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.notify.outbox import Outbox
from houston.records.checks import Checks, owner
from houston.records.intake import Reported, key
from store import Scope, Store
from store.ids import Ids
from store.tables import Event, TaskRun
from store.task_runs import adding

SEVERITIES = {"failed": "warning", "dead_letter": "critical"}
STATES = ("succeeded", *SEVERITIES)


@dataclass(frozen=True, kw_only=True)
class TaskRuns:
    """What pipelines report about their jobs."""

    store: Store
    outbox: Outbox
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
        """Keep a report and tell of a failure, once. Raises InvalidFields, NotFound."""
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
        recorded = await self.outbox.record(failure(run, self.store.ids, now), adding(run))
        return Reported(id=run.id, event_id=recorded.event_id)


def failure(run: TaskRun, ids: Ids, now: datetime) -> Event | None:
    """What is told of a run: nothing where it succeeded."""
    if run.state not in SEVERITIES:
        return None
    return Event(
        id=ids.next(),
        type="task_failure",
        client_id=run.client_id,
        subject=run.job,
        severity=SEVERITIES[run.state],
        occurred_at=run.occurred_at,
        recorded_at=now,
        dedupe_key=key("task", run.client_id, run.job, run.run_id, run.state, run.attempt),
        payload=run.model_dump(include={"job", "run_id", "state", "attempt", "error", "url"}),
    )
