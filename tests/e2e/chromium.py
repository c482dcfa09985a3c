"""Debian's Chromium, driven by Playwright; tests that need them are skipped, and say so, without."""

import importlib.util
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.async_api import Page

CHROMIUM = shutil.which("chromium")
PLAYWRIGHT = importlib.util.find_spec("playwright")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium here: apt-get install chromium"),
    pytest.mark.skipif(not PLAYWRIGHT, reason="no playwright here: uv sync --group browser"),
]


@asynccontextmanager
async def browser_page(failed: Path, *, width: int = 1280, height: int = 900) -> "AsyncIterator[Page]":
    """A fresh page; a script error in it fails the test. `failed` is where a failure's picture goes."""
    from playwright.async_api import async_playwright

    errors: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = await browser.new_page(viewport={"width": width, "height": height})
        page.on("pageerror", lambda error: errors.append(str(error)))
        try:
            yield page
        except BaseException:
            await page.screenshot(path=failed)
            raise
        finally:
            await browser.close()
    assert not errors, errors
