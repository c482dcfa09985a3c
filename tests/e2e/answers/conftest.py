"""The sample agency in a local Slack, planted once for all who only ask: that takes seconds."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from app import running
from bot.demo import PEOPLE, SEED, DemoSlack, furnish, open_slack
from bot.playground.state import Message, Playground
from houston import access
from houston.assembly import Houston
from houston.config import SHOP, demo_settings
from houston.records.rows import Reading, SeriesName
from houston.samples import agency
from houston.samples.agency import Agency
from houston.samples.planting import FIRST_CHECK
from tests.agent.evals.ledger import Ledger
from tests.checked import checked
from tests.e2e.answers.talk import Conversation, Talk, talk
from tests.e2e.conftest import QUICK
from tests.patience import PATIENCE
from tests.recorded import recorded


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Houston by patterns. Mira is an admin, Jonas sees everything too, Ada sees Acme alone."""

    slack: DemoSlack
    houston: Houston
    agency: Agency
    planted: datetime
    """When the agency's figures were made: they go up to the last hour before it."""
    alert: Message
    """Of Acme's spend on google-ads, in #marketing-alerts."""

    @property
    def ledger(self) -> Ledger:
        """The true figures by plain sums, in days as Mira has them."""
        return self.ledger_of("mira")

    def ledger_of(self, who: str) -> Ledger:
        """In somebody's own time zone."""
        zone = next(zone for name, _, zone, _ in PEOPLE if name == who)
        return Ledger(self.agency, seed=SEED, planted=self.planted, now=datetime.now(UTC), zone=zone)

    async def talk(self, who: str = "mira", *, channel: str = "") -> Conversation:
        person = self.slack.person(who)
        where = self.slack.channel(channel) if channel else (await person.dm()).id
        return Conversation(person, where, self.houston)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def sample(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Sample]:
    """Its one fresh outlier has been told; nothing changes after that but by what is asked."""
    folder, planted = tmp_path_factory.mktemp("sample"), datetime.now(UTC)
    slack = await open_slack(playground=Playground(timings=QUICK, limits_on=False))
    settings = demo_settings(
        {},
        api_url=slack.server.api_url,
        app_token=slack.app.app_token,
        bot_token=slack.bot_token,
        data_dir=folder,
    )
    try:
        async with running(settings) as houston:
            await furnish(houston, slack, now=lambda: planted, files=folder / SHOP)
            houston.start()
            await checked(houston, planted + FIRST_CHECK)
            alert = await recorded(houston, await _alert(slack))
            sample = Sample(
                slack=slack, houston=houston, agency=agency(SEED, planted), planted=planted, alert=alert
            )
            await _narrow(sample, "ada", "acme")
            yield sample
    finally:
        await slack.server.stop()


async def _alert(slack: DemoSlack) -> Message:
    mira, channel = slack.person("mira"), slack.channel("marketing-alerts")

    def told() -> Message | None:
        found = [each for each in mira.messages(channel) if each.bot_id and "google-ads" in str(each.blocks)]
        return next(iter(found), None)

    return await mira.wait_for(told, timeout=PATIENCE)


async def _narrow(sample: Sample, who: str, *slugs: str) -> None:
    home, user_id = sample.slack.workspace.id, sample.slack.person(who).user_id
    async with sample.houston.store.begin() as uow:
        member = await uow.members.find(workspace_id=home, user_id=user_id)
        assert member is not None
        member.sees_all = False
        ids = [(await uow.clients.open(slug=slug, name=slug, now=member.seen_at)).id or 0 for slug in slugs]
        await uow.members.set_clients(workspace_id=home, user_id=user_id, client_ids=ids)
        await uow.commit()


SPEND = (186.6, 149.28)
"""Acme's on each day of the week before the last seven days, and of these."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scripted(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Talk]:
    """Mira and a language model whose script each test sets: `scripted.server.play(…)`."""
    slack = await open_slack(playground=Playground(timings=QUICK, limits_on=False))
    try:
        async with talk(slack, tmp_path_factory.mktemp("scripted"), who="mira") as found:
            await found.houston.imports.points(access.everything(), _spend())
            yield found
    finally:
        await slack.server.stop()


def _spend() -> list[Reading]:
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    series = SeriesName(client="acme", metric="spend", channel="google-ads")
    return [
        Reading(
            series=series,
            unit="$",
            aggregate="sum",
            time=today - timedelta(days=ago),
            value=SPEND[ago <= 7],
        )
        for ago in range(1, 15)
    ]
