"""The recipes of docs/, as they stand, against a running Houston."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from store.tables import Event
from tests.web.conftest import Api
from tests.web.conftest import api as api

DOCS = Path(__file__).parents[2] / "docs"
RECIPES = DOCS / "recipes"
NOBODY = "http://127.0.0.1:9"
"""Nothing listens at the discard port."""


@dataclass(frozen=True, kw_only=True)
class Ended:
    code: int
    out: str
    err: str


async def run(
    *command: str | Path, folder: Path, env: dict[str, str] | None = None, within: float = 60
) -> Ended:
    """A program with the least of an environment, from start to end."""
    started = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)} | (env or {}),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await asyncio.wait_for(started.communicate(), within)
    finally:
        if started.returncode is None:
            started.kill()
            await started.wait()
    return Ended(code=started.returncode or 0, out=out.decode(), err=err.decode(errors="replace"))


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A Houston that hears, and how to reach it."""

    api: Api

    @property
    def env(self) -> dict[str, str]:
        return {"HOUSTON_URL": self.api.url, "HOUSTON_API_KEY": self.api.agency_key}

    async def python(self, folder: Path, code: str, **env: str) -> Ended:
        """With the standard library and the recipes only; tries follow each other at once."""
        path = f"import sys; sys.path.insert(0, {str(RECIPES)!r})\n"
        return await run(sys.executable, "-I", "-S", "-c", path + code, folder=folder, env=self.env | env)

    async def told(self) -> list[tuple[str, str, str, str]]:
        """Of each event: type, phase, subject, severity."""
        return [(event.type, event.phase, event.subject, event.severity) for event in await self.events()]

    async def events(self) -> list[Event]:
        return list(await self.api.told())


@pytest.fixture
def heard(api: Api) -> Heard:
    return Heard(api=api)


def block(language: str, having: str) -> str:
    """The one piece of docs/pipelines.md with these words in it."""
    pieces = (DOCS / "pipelines.md").read_text().split("```")[1::2]
    [found] = [piece for piece in pieces if piece.startswith(f"{language}\n") and having in piece]
    return found.removeprefix(f"{language}\n")
