"""`app.py` as a person runs it: in a process of its own, with an environment of its own."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.patience import PATIENCE

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, kw_only=True)
class Ended:
    code: int
    out: str
    err: str


def bare(folder: Path, **variables: str) -> dict[str, str]:
    """No tokens, no keys; Houston's data in `folder`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "HOUSTON_DATA_DIR": str(folder), "MPLCONFIGDIR": str(folder / "mpl"), **variables}


async def app(*arguments: str | Path, environment: Mapping[str, str], seconds: float = PATIENCE * 3) -> Ended:
    """Run a command to its end."""
    process = await _start(*arguments, environment=environment)
    async with asyncio.timeout(seconds):
        out, err = await process.communicate()
    return Ended(code=process.returncode or 0, out=out.decode(), err=err.decode())


async def watched(
    *arguments: str | Path, environment: Mapping[str, str], seconds: float = PATIENCE * 3
) -> str:
    """What a person at a terminal sees beside the output, while a command runs to its end."""
    ours, theirs = os.openpty()
    process = await _start(*arguments, environment={**environment, "TERM": "xterm"}, err=theirs)
    os.close(theirs)
    async with asyncio.timeout(seconds):
        seen, _ = await asyncio.gather(asyncio.to_thread(_read, ours), process.communicate())
    return seen


def _read(terminal: int) -> str:
    """To its end, which Linux tells as an input/output error."""
    seen = b""
    with suppress(OSError), open(terminal, "rb", buffering=0) as file:
        while piece := file.read(1024):
            seen += piece
    return seen.decode()


@asynccontextmanager
async def demo(folder: Path, *arguments: str) -> AsyncIterator[str]:
    """The demo while it runs, by its address."""
    process = await _start("demo", "--port", "0", *arguments, environment=bare(folder))
    try:
        async with asyncio.timeout(PATIENCE * 3):
            assert process.stdout is not None
            line = (await process.stdout.readline()).decode()
        found = re.fullmatch(r"Houston demo: (http://\S+)\n", line)
        assert found, line or (await process.communicate())[1].decode()
        yield found[1]
    finally:
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(PATIENCE):
            _, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    assert "Traceback" not in err.decode(), err.decode()


async def _start(
    *arguments: str | Path, environment: Mapping[str, str], err: int = asyncio.subprocess.PIPE
) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        str(ROOT / "app.py"),
        *map(str, arguments),
        cwd=environment["HOUSTON_DATA_DIR"],
        env=dict(environment),
        stdout=asyncio.subprocess.PIPE,
        stderr=err,
    )
