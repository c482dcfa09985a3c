"""Feeds a Houston that is killed again and again, until all is kept and delivered."""

import asyncio
import json
import os
import random
import signal
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.never_lost.nursery import Nursery
from tests.e2e.never_lost.orders import Orders
from tests.e2e.never_lost.site import Site

LONGEST = 600.0
"""Seconds that Houston may take once everything is fed in, on however busy a machine."""

SOONEST, LATEST = 0.05, 1.5
"""Seconds between a start and a kill."""


@dataclass
class Ordeal:
    """`kept` are the keys of events that Houston has acknowledged, in the order in which it did; `dead`
    is what it has given up."""

    site: Site
    orders: Orders
    events: int = 0
    kept: dict[str, None] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)
    _pid: int | None = None
    _writer: asyncio.StreamWriter | None = None
    _connected: asyncio.Event = field(default_factory=asyncio.Event)
    _said: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def run(self, *, kills: int, rng: random.Random) -> None:
        """SIGKILL comes at random moments while events are fed in, `kills` times in all."""
        async with self._serving() as nursery:
            for index in range(kills):
                await self._start(nursery)
                numbers = range(self.events * (index + 1) // (kills + 1))
                feeding = asyncio.create_task(self.feed(numbers))
                await asyncio.sleep(rng.uniform(SOONEST, LATEST))
                await self._kill()
                feeding.cancel()
                await asyncio.gather(feeding, return_exceptions=True)
            await self._start(nursery)
            await self.feed(range(self.events))
            await self.settled()

    @asynccontextmanager
    async def living(self) -> AsyncIterator[None]:
        """One Houston, to be fed."""
        async with self._serving() as nursery:
            await self._start(nursery)
            yield

    async def feed(self, numbers: Iterable[int]) -> None:
        """Ask for those events that are not acknowledged, and wait until they are."""
        asked = [self.site.asked(number) for number in numbers]
        await self._ask(each for each in asked if each["key"] not in self.kept)
        async with self._said:
            await self._said.wait_for(lambda: all(each["key"] in self.kept for each in asked))

    @asynccontextmanager
    async def _serving(self) -> AsyncIterator[Nursery]:
        server = await asyncio.start_unix_server(self._listen, self.orders.socket)
        async with Nursery() as nursery:
            try:
                yield nursery
            finally:
                await self._kill()
                server.close()

    async def _start(self, nursery: Nursery) -> None:
        self._connected.clear()
        self._pid = await nursery.start(self.orders)
        async with asyncio.timeout(180):
            await self._connected.wait()

    async def _kill(self) -> None:
        """And wait for its end: until then it holds the database file."""
        if self._pid is None:
            return
        pid, self._pid = self._pid, None
        with suppress(ProcessLookupError):
            watched = os.pidfd_open(pid)
            ended = asyncio.Event()
            asyncio.get_running_loop().add_reader(watched, ended.set)
            signal.pidfd_send_signal(watched, signal.SIGKILL)
            await ended.wait()
            asyncio.get_running_loop().remove_reader(watched)
            os.close(watched)

    async def _ask(self, missing: Iterable[dict[str, object]]) -> None:
        assert self._writer
        for each in missing:
            self._writer.write(json.dumps(each).encode() + b"\n")
            await self._writer.drain()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """What one process says; a line that its end has cut short says nothing."""
        self._writer = writer
        self._connected.set()
        with suppress(ConnectionError):
            while (line := await reader.readline()).endswith(b"\n"):
                await self._hear(json.loads(line))
        writer.close()

    async def _hear(self, said: dict[str, str]) -> None:
        if "dead" in said:
            self.dead.append(f"{said['dead']}: {said['why']}")
        else:
            self.kept[said["kept"]] = None
        async with self._said:
            self._said.notify_all()

    async def settled(self) -> None:
        """Wait until Houston has delivered all."""
        async with asyncio.timeout(LONGEST):
            while await self.site.is_waiting():  # noqa: ASYNC110 another process works on it
                await asyncio.sleep(0.2)


def socket_in(folder: Path) -> str:
    return str(folder / "houston.sock")
