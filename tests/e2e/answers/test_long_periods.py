"""Quarters and years in the local Slack, over a series longer than the sample agency's five weeks."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from app import running
from bot.demo import open_slack
from bot.playground.state import Playground
from houston import access
from houston.config import demo_settings
from houston.records.rows import Reading, SeriesName
from tests.e2e.answers.reading import said, shows
from tests.e2e.answers.talk import Conversation
from tests.e2e.conftest import QUICK

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

SALES = SeriesName(client="oak", metric="sales", channel="shop")
DAYS = 800


@pytest_asyncio.fixture(loop_scope="session")
async def mira(tmp_path: Path) -> AsyncIterator[Conversation]:
    slack = await open_slack(playground=Playground(timings=QUICK, limits_on=False))
    settings = demo_settings(
        {},
        api_url=slack.server.api_url,
        app_token=slack.app.app_token,
        bot_token=slack.bot_token,
        data_dir=tmp_path,
    )
    try:
        async with running(settings) as houston:
            await houston.clients.open("oak", "Oak Street")
            await houston.imports.points(access.everything(), _readings())
            person = slack.person("mira")
            yield Conversation(person, (await person.dm()).id, houston)
    finally:
        await slack.server.stop()


def sales(day: date) -> int:
    return 100 + day.toordinal() % 97


def _readings() -> list[Reading]:
    """At noon, so that a day is the same in everybody's time zone."""
    today = datetime.now(UTC).date()
    days = [today - timedelta(days=ago) for ago in range(1, DAYS)]
    return [
        Reading(
            series=SALES,
            unit="$",
            aggregate="sum",
            time=datetime.combine(day, time(12), UTC),
            value=sales(day),
        )
        for day in days
    ]


def quarter(before: int) -> tuple[int, int, float]:
    """Year and number of the quarter so many before this one, and what was sold in it."""
    today = datetime.now(UTC).date()
    year, number = divmod(today.year * 4 + (today.month - 1) // 3 - before, 4)
    first, last = date(year, number * 3 + 1, 1), date(year + (number == 3), (number * 3 + 3) % 12 + 1, 1)
    return year, number + 1, sum(sales(first + timedelta(days=day)) for day in range((last - first).days))


async def test_quarters_are_compared_with_each_other_and_with_last_years(mira: Conversation) -> None:
    (year, number, sold), (other_year, other, sold_before) = quarter(1), quarter(2)
    asked = f"sales of oak Q{number} {year} vs Q{other} {other_year}"
    for question in (asked, "oak sales last quarter compared with the quarter before"):
        answer = said(await mira.ask(question))
        assert shows(answer, sold), answer
        assert shows(answer, sold_before), answer
    _, _, a_year_ago = quarter(5)
    again = said(await mira.more("and compared with the same quarter last year?"))
    assert shows(again, sold), again
    assert shows(again, a_year_ago), again
