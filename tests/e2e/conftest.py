"""Houston as it runs, connected to the local Slack by the real SDK, in this process."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app import running
from bot.demo import DemoSlack, open_slack
from bot.playground.state import Playground, Timings
from houston.assembly import Houston
from houston.config import Settings, demo_settings
from tests.patience import PATIENCE

QUICK = Timings(
    ack_timeout=PATIENCE,
    trigger_life=PATIENCE,
    redelivery=(0.05, 0.2),
    file_processing=0.05,
    disconnect_grace=0.5,
)


@dataclass(frozen=True, kw_only=True)
class Running:
    """A local Slack and the Houston that is connected to it."""

    slack: DemoSlack
    houston: Houston
    settings: Settings


@pytest.fixture
async def slack() -> AsyncIterator[DemoSlack]:
    """Without Slack's limit of a message a second, so that tests needn't wait for it."""
    slack = await open_slack(playground=Playground(timings=QUICK, limits_on=False))
    yield slack
    await slack.server.stop()


@pytest.fixture
async def on_hold(slack: DemoSlack, tmp_path: Path) -> AsyncIterator[Running]:
    """Connected, but not ticking yet; it knows no client and has no rule."""
    settings = demo_settings(
        {},
        api_url=slack.server.api_url,
        app_token=slack.app.app_token,
        bot_token=slack.bot_token,
        data_dir=tmp_path,
    )
    async with running(settings) as houston:
        yield Running(slack=slack, houston=houston, settings=settings)


@pytest.fixture
async def on_air(on_hold: Running) -> Running:
    """Connected and ticking; it knows no client and has no rule yet."""
    on_hold.houston.start()
    return on_hold
