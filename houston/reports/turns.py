"""What asks data sources takes turns: some at once, few of one source, and whoever hangs delays no other."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

log = logging.getLogger(__name__)

AT_ONCE, OF_ONE_SOURCE = 8, 2
GRACE_SECONDS = 5.0
"""For what goes on when Houston stops. What is given up is claimed anew, by whoever comes next."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """`name` is waited for once, however often it is begun."""

    name: str
    source_id: int
    call: Callable[[], Awaitable[object]]


class Turns:
    def __init__(
        self,
        *,
        at_once: int = AT_ONCE,
        of_one_source: int = OF_ONE_SOURCE,
        grace_seconds: float = GRACE_SECONDS,
    ) -> None:
        self._at_once, self._of_one_source = at_once, of_one_source
        self._grace_seconds = grace_seconds
        self._waiting: dict[str, Turn] = {}
        self._running: dict[asyncio.Task[None], Turn] = {}
        self._failures: list[Exception] = []
        self._is_closing = False

    def begin(self, turns: Iterable[Turn]) -> None:
        """Returns at once. Raises what went wrong in an earlier turn, where nobody expected it."""
        running = {turn.name for turn in self._running.values()}
        for turn in turns:
            if turn.name not in running:
                self._waiting.setdefault(turn.name, turn)
        self._start()
        self._raise()

    async def settled(self) -> None:
        """Until nothing waits or runs. Raises as `begin`."""
        while self._running:
            await asyncio.wait(self._running)
        self._raise()

    async def close(self) -> None:
        """Begin nothing more, let what runs end, and do not wait for what hangs."""
        self._is_closing = True
        self._waiting.clear()
        if self._running:
            await asyncio.wait(self._running, timeout=self._grace_seconds)
        left = list(self._running)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _start(self) -> None:
        busy = Counter(turn.source_id for turn in self._running.values())
        for turn in list(self._waiting.values()):
            if self._is_closing or len(self._running) >= self._at_once:
                return
            if busy[turn.source_id] < self._of_one_source:
                busy[turn.source_id] += 1
                del self._waiting[turn.name]
                task = asyncio.create_task(self._run(turn), name=turn.name)
                self._running[task] = turn
                task.add_done_callback(self._ended)

    async def _run(self, turn: Turn) -> None:
        try:
            await turn.call()
        except Exception as error:
            log.exception("%s went wrong", turn.name)  # and ends no other
            self._failures.append(error)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        self._start()

    def _raise(self) -> None:
        if self._failures:
            failures, self._failures = self._failures, []
            raise failures[0]
