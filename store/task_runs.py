from sqlalchemy import Connection, insert

from store.dispatch import Write
from store.tables import TaskRun


def adding(run: TaskRun) -> Write:
    values = run.model_dump()

    def write(connection: Connection) -> None:
        connection.execute(insert(TaskRun).values(**values))

    return write
