"""The nightly jobs of the sample agency's clients, and how they went."""

from dataclasses import dataclass
from datetime import datetime, timedelta

NIGHTS = 14
JOBS = (("ads-import", 3), ("crm-sync", 4), ("warehouse-build", 5))
"""Name and hour, UTC."""

FAILURES = {
    ("acme", "ads-import", 1): ("failed", "Google Ads answered 503 Service Unavailable"),
    ("acme", "ads-import", 6): ("failed", "Google Ads answered 503 Service Unavailable"),
    ("acme", "warehouse-build", 9): ("dead_letter", "disk quota of the warehouse exceeded"),
    ("globex", "crm-sync", 0): ("failed", "the CRM refused the password"),
    ("globex", "crm-sync", 1): ("failed", "the CRM refused the password"),
    ("initech", "crm-sync", 4): ("failed", "timed out after 600 s"),
}
"""Client, job and nights before the newest: how it failed. The others succeeded."""


@dataclass(frozen=True, kw_only=True)
class TaskRunSample:
    job: str
    run_id: str
    state: str
    error: str
    occurred_at: datetime


def task_runs(slug: str, newest: datetime) -> tuple[TaskRunSample, ...]:
    """A run a night and job, oldest first."""
    midnight = newest.replace(hour=0, minute=0, second=0, microsecond=0)
    runs = [
        _run(slug, job, ago, midnight - timedelta(days=ago) + timedelta(hours=hour, minutes=7))
        for ago in range(NIGHTS - 1, -1, -1)
        for job, hour in JOBS
    ]
    return tuple(run for run in runs if run.occurred_at <= newest)


def _run(slug: str, job: str, ago: int, at: datetime) -> TaskRunSample:
    state, error = FAILURES.get((slug, job, ago), ("succeeded", ""))
    return TaskRunSample(
        job=f"{slug}-{job}", run_id=f"{slug}-{job}-{at:%Y%m%d}", state=state, error=error, occurred_at=at
    )
