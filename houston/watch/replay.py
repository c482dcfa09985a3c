"""Moves `now` over stored points through the schedule's own check."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from houston import access
from houston.errors import NotFound
from houston.watch import schedules
from houston.watch.checks import OutlierChecks
from houston.watch.definitions import zone_of
from houston.watch.detection.judged import Judged
from houston.watch.detection.matching import matches
from houston.watch.findings import Finding
from store import Store
from store.tables import Client, OutlierDefinition

Tell = Callable[[Sequence[Judged]], Awaitable[list[Finding]]]


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A stretch of the past to check as if it happened now; with `deliver` it is told as well."""

    pattern: str
    start: datetime
    end: datetime
    deliver: bool = False


async def replay(
    store: Store,
    checks: OutlierChecks,
    client: Client,
    stretch: Stretch,
    progress: Callable[[datetime], None],
) -> list[Finding]:
    """What the checks find, by definition and time. Raises NotFound where nothing is watched."""
    found: list[Finding] = []
    for definition in await _definitions(store, client, stretch.pattern):
        tell = _telling(checks, stretch) if stretch.deliver else checks.rehearsal().tell
        async for now in _moments(store, definition, stretch):
            progress(now)
            found += await tell(await checks.judge(definition, now, later_than=stretch.start))
    return found


def _telling(checks: OutlierChecks, stretch: Stretch) -> Tell:
    """Tells what nobody has found yet, as incidents of this stretch: those of the schedule go on apart."""
    kind = f"replay:{int(stretch.start.timestamp())}"

    async def tell(judged: Sequence[Judged]) -> list[Finding]:
        return await checks.tell(judged, kind=kind)

    return tell


async def _definitions(store: Store, client: Client, pattern: str) -> list[OutlierDefinition]:
    scope = access.everything().narrowed(client.id or 0)
    async with store.read() as uow:
        metrics = [metric for metric in await uow.metrics.all(scope=scope) if matches(pattern, metric)]
        definitions = await uow.definitions.all(scope=scope)
    watched = [each for each in definitions if any(matches(each.metrics, metric) for metric in metrics)]
    if not watched:
        raise NotFound(f"No outlier definition of {client.name} watches {pattern}: add one first.")
    return watched


async def _moments(
    store: Store, definition: OutlierDefinition, stretch: Stretch
) -> AsyncGenerator[datetime, None]:
    async with store.read() as uow:
        zone = await zone_of(uow, definition)
    now = stretch.start
    while now <= stretch.end:
        yield now
        now = schedules.next_due(definition.schedule, now, zone)
