from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from houston.records.task_runs import STATES
from store import Scope, Store
from store.tables import Client, TaskRun
from store.task_history import Tally

MOST = 50


@dataclass(frozen=True, kw_only=True)
class JobSeen:
    """A job over a period: how its runs ended, and the last one. No client: the agency's."""

    job: str
    client: Client | None
    counts: dict[str, int]
    last_state: str
    last_run: datetime

    @property
    def failures(self) -> int:
        return sum(count for state, count in self.counts.items() if state != "succeeded")


@dataclass(frozen=True, kw_only=True)
class RunSeen:
    run: TaskRun
    client: Client | None


@dataclass(frozen=True, kw_only=True)
class RunsSeen:
    """`jobs` that failed most come first; `runs` the newest first; `counts` of all runs, by state."""

    counts: dict[str, int]
    jobs: tuple[JobSeen, ...]
    runs: tuple[RunSeen, ...]


@dataclass(frozen=True, kw_only=True)
class TaskHistory:
    """What pipelines reported, for those who ask."""

    store: Store

    async def __call__(
        self,
        scope: Scope,
        *,
        start: datetime,
        end: datetime,
        client_id: int | None = None,
        job: str | None = None,
        state: str | None = None,
        limit: int = MOST,
    ) -> RunsSeen:
        """Runs with start <= time < end; `job` is a part of its name. The jobs are counted in all states."""
        async with self.store.read() as uow:
            clients = {client.id: client for client in await uow.clients.all(scope=scope)}
            runs = await uow.task_history.search(
                scope=scope, start=start, end=end, client_id=client_id, job=job, state=state, limit=limit
            )
            tally = await uow.task_history.tally(
                scope=scope, start=start, end=end, client_id=client_id, job=job
            )
        jobs = [_job(found, clients) for found in _by_job(tally)]
        return RunsSeen(
            counts={each: sum(job.counts[each] for job in jobs) for each in STATES},
            jobs=tuple(sorted(jobs, key=lambda job: (-job.failures, job.job))),
            runs=tuple(RunSeen(run=run, client=clients.get(run.client_id)) for run in runs),
        )


def _by_job(tally: Sequence[Tally]) -> list[list[Tally]]:
    found: dict[tuple[int | None, str], list[Tally]] = {}
    for each in tally:
        found.setdefault((each[0], each[1]), []).append(each)
    return list(found.values())


def _job(tally: Sequence[Tally], clients: dict[int | None, Client]) -> JobSeen:
    last = max(tally, key=lambda each: each[4])
    return JobSeen(
        job=last[1],
        client=clients.get(last[0]),
        counts=dict.fromkeys(STATES, 0) | {each[2]: each[3] for each in tally},
        last_state=last[2],
        last_run=last[4],
    )
