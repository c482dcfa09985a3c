"""Programs that Houston does not bring along, each in an environment of its own."""

import os
from pathlib import Path

import pytest

from tests.recipes.conftest import RECIPES, Ended, run


async def run_with(packages: tuple[str, ...], *command: str | Path, folder: Path, **env: str) -> Ended:
    """By uv, which keeps what it downloaded; skips where there is no registry to download it from."""
    uv = ["uv", "run", "--no-project", "--quiet", *(f"--with={each}" for each in packages)]
    known = {name: value for name, value in os.environ.items() if not name.startswith(("VIRTUAL", "PYTEST"))}
    there = await run(*uv, "python", "-c", "", folder=folder, env=known, within=300)
    if there.code:
        pytest.skip(f"{packages[0]} cannot be installed here: {there.err.strip().splitlines()[-1]}")
    env = known | {"PYTHONPATH": str(RECIPES)} | env
    return await run(*uv, *command, folder=folder, env=env, within=300)
