"""One source's few connections. A source that hangs holds up its own queries and nobody else's."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from store.errors import SourceError, SourceFailed
from store.sources.connection import Connection
from store.sources.failures import BUSY, DRIVERS, SLOW, UNKNOWN, Failures
from store.sources.nouns import Limits, Query

T = TypeVar("T")
log = logging.getLogger(__name__)
Open = Callable[[], Connection]
GRACE_SECONDS = 0.5
"""The database's own time-out comes first: it says more."""
IDLE_SECONDS = 60.0


@dataclass(kw_only=True, eq=False)
class Errand(Generic[T]):
    """One thread's work for one query; `connection` as soon as there is one."""

    work: Callable[[Connection], T]
    query: Query | None
    outcome: "asyncio.Future[T]"
    connection: Connection | None = None
    is_given_up: bool = False

    def give_up(self) -> None:
        self.is_given_up = True
        if self.connection:
            self.connection.abort()


class Lane:
    """A thread that does not end keeps its place, so that a source never has more threads than
    connections; who waits for a place is told so after `limits.seconds`."""

    def __init__(self, *, open: Open, failures: Failures, limits: Limits) -> None:
        self._open, self._failures, self._limits = open, failures, limits
        self._free = asyncio.Semaphore(limits.connections)
        self._waiting = 0
        self._idle: list[tuple[float, Connection]] = []
        self._errands: set[Errand[Any]] = set()
        self._is_closed = False

    async def use(self, work: Callable[[Connection], T], query: Query | None = None) -> T:
        """Raises SourceRefused, SourceFailed."""
        await self._enter()
        loop = asyncio.get_running_loop()
        errand = Errand(work=work, query=query, outcome=loop.create_future())
        self._errands.add(errand)
        threading.Thread(target=self._run, args=(errand, loop), name="source", daemon=True).start()
        try:
            async with asyncio.timeout(self._limits.seconds + GRACE_SECONDS):
                return await asyncio.shield(errand.outcome)
        except TimeoutError as error:
            raise SourceFailed(SLOW.format(seconds=self._limits.seconds), is_temporary=True) from error
        finally:
            if not errand.outcome.done():
                errand.give_up()

    def close(self) -> None:
        """Give up what goes on, and hang up."""
        self._is_closed = True
        for errand in self._errands:
            errand.give_up()
        self._let_go(everything=True)

    async def _enter(self) -> None:
        if self._free.locked() and self._waiting >= self._limits.waiting:
            raise SourceFailed(BUSY, is_temporary=True)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.seconds):
                await self._free.acquire()
        except TimeoutError as error:
            raise SourceFailed(BUSY, is_temporary=True) from error
        finally:
            self._waiting -= 1

    def _run(self, errand: Errand[T], loop: asyncio.AbstractEventLoop) -> None:
        """In the thread, to its end: nothing may come out of it but an outcome."""
        result, failed = None, None
        try:
            result = self._work(errand)
        except SourceError as error:
            failed = error
        except DRIVERS as error:
            failed = self._failures.told(error, errand.query)
        except Exception as error:  # noqa: BLE001 the boundary: a driver's surprise must not keep the place
            log.error("A data source's driver raised %s", type(error).__name__)
            failed = SourceFailed(UNKNOWN)
        with suppress(RuntimeError):  # the loop has ended, and nobody waits any more
            loop.call_soon_threadsafe(self._settle, errand, result, failed)

    def _work(self, errand: Errand[T]) -> T:
        connection = errand.connection = self._kept() or self._open()
        try:
            if errand.is_given_up:
                raise SourceFailed(SLOW.format(seconds=self._limits.seconds), is_temporary=True)
            result = errand.work(connection)
        except BaseException:
            connection.close()
            raise
        if connection.is_kept and not self._is_closed:
            self._idle.append((time.monotonic(), connection))
        else:
            connection.close()
        return result

    def _kept(self) -> Connection | None:
        while self._idle:
            _, connection = self._idle.pop()
            if connection.is_alive():
                return connection
            connection.close()
        return None

    def _settle(self, errand: Errand[T], result: T | None, failed: SourceError | None) -> None:
        self._free.release()
        self._errands.discard(errand)
        asyncio.get_running_loop().call_later(IDLE_SECONDS, self._let_go)
        if errand.is_given_up or errand.outcome.done():
            return
        if failed:
            errand.outcome.set_exception(failed)
        else:
            errand.outcome.set_result(cast(T, result))

    def _let_go(self, *, everything: bool = False) -> None:
        """Of connections that nobody used for a while; hanging up does not block."""
        now = time.monotonic()
        old = [each for each in self._idle if everything or now - each[0] >= IDLE_SECONDS]
        for each in old:
            with suppress(ValueError):  # a thread took it at this moment
                self._idle.remove(each)
                each[1].close()
