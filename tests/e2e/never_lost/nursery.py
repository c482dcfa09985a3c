"""Starts Houston again and again without the seconds of its imports: a process that has them, and forks.

`python -m tests.e2e.never_lost.nursery` reads orders, one a line, and answers with the new process' id.
"""

import asyncio
import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path

from tests.e2e.never_lost.orders import Orders

ROOT = Path(__file__).parents[3]


class Nursery:
    """Entered, it waits for `start`; left, it ends, and not what it started."""

    async def __aenter__(self) -> "Nursery":
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.e2e.never_lost.nursery"),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        return self

    async def start(self, orders: Orders) -> int:
        """The id of the new process."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(asdict(orders)).encode() + b"\n")
        async with asyncio.timeout(60):
            return int(await self._process.stdout.readline())

    async def __aexit__(self, *_: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        await self._process.wait()


def serve() -> None:
    from tests.e2e.never_lost.houston import main

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            main(Orders(**json.loads(line)))
            return
        print(pid, flush=True)


if __name__ == "__main__":
    serve()
