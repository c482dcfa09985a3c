"""What the tools of an answer find at hand."""

from collections.abc import Callable
from datetime import datetime

from houston.agent.desk import Desk
from houston.assembly.recording import Recording
from houston.assembly.reporting import Reporting
from houston.assembly.teaming import Teaming
from houston.assembly.telling import Telling
from houston.assembly.watching import Watching
from houston.records.task_history import TaskHistory
from houston.reports.reading import Reading
from houston.watch.alerts.latest import LatestValues
from houston.watch.explaining import Explaining
from houston.watch.stretches import Stretches
from store import Store


def desk(
    store: Store,
    watched: Watching,
    recorded: Recording,
    reported: Reporting,
    told: Telling,
    team: Teaming,
    *,
    now: Callable[[], datetime],
) -> Desk:
    return Desk(
        metrics=watched.metrics,
        outliers=watched.occurrences,
        notes=recorded.notes,
        customers=recorded.customers,
        clients=team.clients,
        reports=reported.reports,
        alerts=reported.alerts,
        definitions=watched.definitions,
        previews=watched.previews,
        rules=told.rules,
        channels=team.channels,
        handling=told.handling,
        stretches=Stretches(store=store),
        explaining=Explaining(store=store, now=now),
        reading=Reading(store=store, reports=reported.reports, now=now),
        task_history=TaskHistory(store=store),
        going_on=told.going_on,
        destinations=told.destinations,
        latest=LatestValues(store=store),
    )
