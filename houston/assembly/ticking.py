"""What Houston looks at by itself, and how often."""

from collections.abc import Callable
from datetime import datetime

from houston.assembly.delivering import Delivering
from houston.assembly.recording import Recording
from houston.assembly.reporting import Reporting
from houston.assembly.telling import Telling
from houston.assembly.watching import Watching
from houston.schedule import Tick, Timetable


def timetable(
    out: Delivering,
    watched: Watching,
    recorded: Recording,
    reported: Reporting,
    told: Telling,
    *,
    now: Callable[[], datetime],
) -> Timetable | None:
    """None for a process that does not deliver: it leaves all of this to one that does."""
    if out.dispatcher is None:
        return None
    ticks = [
        Tick(name="claim", seconds=1.0, call=out.dispatcher.claim_due),
        Tick(name="renew", seconds=5.0, call=out.dispatcher.renew),
        Tick(name="outlier", seconds=2.0, call=lambda: watched.checks.due(now())),
        Tick(name="freshness", seconds=30.0, call=lambda: watched.freshness.due(now())),
        Tick(name="wake", seconds=2.0, call=lambda: watched.episodes.wake_due(now())),
        Tick(name="digest", seconds=5.0, call=lambda: told.digests.due(now())),
        Tick(name="escalation", seconds=2.0, call=lambda: told.escalations.due(now())),
        Tick(name="alert", seconds=2.0, call=lambda: reported.alert_checks.due(now())),
        Tick(name="feed", seconds=2.0, call=lambda: reported.feeds.due(now())),
        Tick(name="purge", seconds=3600.0, call=lambda: reported.purging.due(now())),
    ]
    return Timetable(ticks, on_error=recorded.faults.unhandled)
