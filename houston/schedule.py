"""The timetable: what is looked at, and how often. The only user of APScheduler, which only ticks."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A plain function that does what is due, called every `seconds`; never twice at once."""

    name: str
    seconds: float
    call: Callable[[], Awaitable[object]]


class Timetable:
    def __init__(
        self, ticks: Sequence[Tick], *, on_error: Callable[[BaseException, str], Awaitable[object]]
    ) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._on_error = on_error
        self._running: set[asyncio.Task[object]] = set()
        for tick in ticks:
            self.add(tick)

    def add(self, tick: Tick) -> None:
        self._scheduler.add_job(
            self._run, "interval", seconds=tick.seconds, args=[tick], coalesce=True, max_instances=1
        )

    def start(self) -> None:
        self._scheduler.start()

    async def stop(self) -> None:
        """Let what runs come to its end first: APScheduler would cancel it, in the middle of a query."""
        if self._scheduler.running:
            self._scheduler.remove_all_jobs()
            await asyncio.gather(*self._running, return_exceptions=True)
            self._scheduler.shutdown(wait=False)

    async def _run(self, tick: Tick) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            await tick.call()
        except Exception as error:  # noqa: BLE001 the boundary: one failed tick must not end the timetable
            await self._on_error(error, f"the {tick.name} tick")
        finally:
            self._running.discard(task)
