"""A report asked how things stood at past moments."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston.errors import HoustonError
from houston.reports.running import Running
from houston.watch import schedules
from houston.watch.alerts.history import REMEMBERED, all_wishes, window
from houston.watch.alerts.rehearsal import Then
from houston.watch.alerts.rows_of import of_result
from houston.watch.alerts.watched import Watched
from store.errors import SourceError
from store.tables import Report

MOST = 90
"""Questions that one replay asks, the newest moments first."""

AT_ONCE = 2
SECONDS = 60.0
"""What has come by then is what there is."""

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """What was asked and answered, oldest first: at the schedule's moments, and with the moments that
    those are compared with."""

    looks: tuple[Then, ...]
    known: tuple[Then, ...]


@dataclass(frozen=True, kw_only=True)
class Replays:
    running: Running

    async def replay(self, report: Report, what: Watched, now: datetime, progress: Progress) -> Replayed:
        """Raises nothing: what could not be asked is left out."""
        looks = moments(what, now)
        asked = sorted({*looks, *(each for at in looks for each in compared_with(what, at))}, reverse=True)
        found: dict[datetime, Then] = {}
        left = iter(asked)
        try:
            async with asyncio.timeout(SECONDS), asyncio.TaskGroup() as group:
                for _ in range(AT_ONCE):
                    group.create_task(
                        self._ask(report, left, found, lambda: progress(len(found), len(asked)))
                    )
        except TimeoutError:
            pass  # what has come by now is enough
        return Replayed(
            looks=tuple(found[at] for at in looks if at in found),
            known=tuple(found[at] for at in sorted(found)),
        )

    async def _ask(
        self,
        report: Report,
        left: Iterator[datetime],
        found: dict[datetime, Then],
        progress: Callable[[], None],
    ) -> None:
        for at in left:
            try:
                found[at] = Then(at, of_result(await self.running.ask(report, at)))
            except SourceError as error:
                if not error.is_temporary:
                    return
            except HoustonError:
                return
            progress()


def moments(what: Watched, now: datetime) -> list[datetime]:
    """Times before now at which it would have been due, oldest first: one a day at the most, so that
    they reach back 90 days; the newest in a row where each is compared with the one before."""
    wishes = all_wishes(what)
    most = MOST // (1 + len(wishes - {"previous"}))
    if "previous" in wishes:
        return _in_a_row(what, now, most)
    days = (now - timedelta(days=ago) for ago in range(REMEMBERED.days, 0, -1))
    due = sorted({schedules.next_due(what.schedule, day, what.zone) for day in days})
    return [at for at in due if at < now][-most:]


def _in_a_row(what: Watched, now: datetime, most: int) -> list[datetime]:
    start = now - min(REMEMBERED, max(2 * MOST * what.period(now), timedelta(days=2)))
    due = deque[datetime](maxlen=most)
    at = schedules.next_due(what.schedule, start, what.zone)
    while at < now:
        due.append(at)
        at = schedules.next_due(what.schedule, at, what.zone)
    return list(due)


def compared_with(what: Watched, at: datetime) -> list[datetime]:
    return [window(what, wish, at).ideal for wish in all_wishes(what) - {"previous"}]
