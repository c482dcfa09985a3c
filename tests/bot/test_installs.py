import asyncio
import logging
from collections.abc import Iterator

import pytest

from houston.notify.rules import RuleDraft
from store.tables import Channel
from tests.bot.conftest import House


async def offered(house: House) -> list[Channel]:
    return await house.houston.channels.offered(house.scope, "", private_ids=())


async def names(house: House) -> list[str]:
    return [channel.name for channel in await offered(house)]


async def settled(house: House) -> None:
    """Events come one after the other: what came before this invitation has been handled."""
    channel = house.slack.channel(f"settled-{len(house.slack.playground.channels)}", with_bot=False)
    await house.alice.invite(channel.id)
    await house.seen(house.alice, channel, "Houston here")
    await house.connection.running.drain(5)


async def test_at_the_start_houston_knows_where_it_is(house: House) -> None:
    workspace = await house.houston.workspaces.get(house.slack.workspace.id)
    assert (workspace.name, workspace.bot_user_id) == ("Northwind", house.slack.bot.id)
    assert await names(house) == ["general"]


async def test_an_invitation_makes_a_channel_offered_and_is_answered(house: House) -> None:
    channel = house.slack.channel("ads", with_bot=False)
    await house.alice.invite(channel.id)
    message = await house.seen(house.alice, channel, "No notification posts to this channel yet")
    assert message.blocks[1]["elements"][0]["action_id"] == "add_rule"
    assert await names(house) == ["ads", "general"]


async def test_coming_back_names_the_rules_that_post_here(house: House) -> None:
    draft = RuleDraft(channels=(house.general.id,), event_type="outlier", client_id=house.acme.id)
    await house.houston.rules.add(house.admin, draft)
    await house.alice.kick(house.general.id)
    await settled(house)
    assert "general" not in await names(house)
    await house.alice.invite(house.general.id)
    await house.seen(house.alice, house.general, "*#1* Outlier Alerts")
    assert "general" in await names(house)


async def test_somebody_else_joining_is_not_greeted(house: House) -> None:
    channel = house.slack.channel("open")
    house.slack.playground.join(channel.id, house.bob.user_id)
    await settled(house)
    assert house.slack.posts(channel) == []


async def test_renames_and_archives_are_followed(house: House) -> None:
    house.slack.playground.rename(house.general.id, "town-square", by=house.bob.user_id)
    await settled(house)
    assert "town-square" in await names(house)
    house.slack.playground.set_archived(house.general.id, True, by=house.bob.user_id)
    await settled(house)
    assert "town-square" not in await names(house)
    house.slack.playground.set_archived(house.general.id, False, by=house.bob.user_id)
    await settled(house)
    assert "town-square" in await names(house)


class LogListener(logging.Handler):
    """Wakes whoever waits for a line in the log."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: asyncio.Queue[str] = asyncio.Queue()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.put_nowait(record.getMessage())


@pytest.fixture
def log() -> Iterator[LogListener]:
    listener = LogListener()
    logging.getLogger("bot.installs").addHandler(listener)
    yield listener
    logging.getLogger("bot.installs").removeHandler(listener)


async def test_removal_is_logged(house: House, log: LogListener) -> None:
    house.slack.playground.revoke_token(house.slack.app, house.slack.workspace.id)
    line = await asyncio.wait_for(log.lines.get(), 5)
    assert line == f"Houston was removed from workspace {house.slack.workspace.id} (tokens_revoked)"
