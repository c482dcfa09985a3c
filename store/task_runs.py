from sqlalchemy import Connection, insert, select
from sqlmodel import col

from store.tables import TaskRun

IDENTITY = ("client_id", "job", "run_id", "state", "attempt")


class Keeping:
    """Keeps a report where it is the first of its client, job, run, state and attempt.

    Called by one at a time for each job. Afterwards `id` is that of the report that is kept.
    """

    def __init__(self, run: TaskRun) -> None:
        self._values = run.model_dump()
        self.id = run.id

    def __call__(self, connection: Connection) -> bool:
        """Whether it was the first."""
        same = [col(getattr(TaskRun, name)) == self._values[name] for name in IDENTITY]
        known = connection.execute(select(col(TaskRun.id)).where(*same)).scalar()
        self.id = self._values["id"] if known is None else known
        if known is None:
            connection.execute(insert(TaskRun).values(**self._values))
        return known is None
