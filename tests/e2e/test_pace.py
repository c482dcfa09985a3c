"""How near Houston comes to the rate that Slack allows; a dead channel and a slow one delay no other."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from bot.playground.limits import POST_BURST, POSTS_PER_SECOND
from houston.notify.delivery import CAPACITY
from houston.notify.lanes import Pace
from tests.e2e.never_lost.ordeal import Ordeal, socket_in
from tests.e2e.never_lost.orders import Orders
from tests.e2e.never_lost.site import Room, Site, site
from tests.e2e.never_lost.tally import tally
from tests.patience import until

pytestmark = pytest.mark.slow

POST = "chat.postMessage"
UNGROUPED = asdict(Pace()) | {"window": 0.0, "most": 1}
FAST = UNGROUPED | {"burst": 1000, "workspace_burst": 1000, "workspace_per_second": 1000.0}
HANGS = 300.0
"""Seconds: more than a busy machine needs for all the others."""
WAITING = {"lease": HANGS, "patience": HANGS}
Record = Callable[[str, object], None]


def orders(there: Site, folder: Path, **changes: Any) -> Orders:
    """A Houston at its own pace."""
    given: dict[str, Any] = {"pace": UNGROUPED, "lease": 30.0, "patience": 30.0} | changes
    return Orders(
        database_url=there.database_url,
        slack_url=there.slack.server.api_url,
        tokens=there.tokens,
        socket=socket_in(folder),
        tick=1.0,
        haste=1.0,
        **given,
    )


async def test_all_channels_of_many_workspaces_go_as_fast_as_slack_allows(
    request: pytest.FixtureRequest, tmp_path: Path, record_property: Record
) -> None:
    """How fast, it prints: a busy machine would fail a time. `--channels 100` is the whole of it."""
    channels: int = request.config.getoption("--channels")
    workspaces, each = channels // 5, 50
    async with site("sqlite", tmp_path, channels=channels, workspaces=workspaces, limits_on=True) as there:
        await there.record(range(channels * each))
        ordeal = Ordeal(site=there, orders=orders(there, tmp_path))
        async with ordeal.living():
            await ordeal.settled()
        counted = await tally(there, [f"event {number}" for number in range(channels * each)])
        traffic = there.slack.playground.traffic
        arrived = [heard.at for heard in traffic.of(POST) if heard.status == 200]
        limited = traffic.limited(POST)
    took, best = max(arrived) - min(arrived), (each - 1) / POSTS_PER_SECOND
    with_burst = (each - POST_BURST) / POSTS_PER_SECOND
    line = (
        f"pace: {len(arrived)} messages to {channels} channels of {workspaces} workspaces in {took:.1f} s, "
        f"at one a second {best:.1f} s ({took / best - 1:+.1%}), with the local Slack's burst "
        f"{with_burst:.1f} s; at most {max(limited.values(), default=0)} 429s a channel, "
        f"{limited.total()} in all"
    )
    print(f"\n{line}")
    record_property("figures", line)
    assert (counted.lost, counted.doubled, counted.out_of_order) == (0, 0, 0)
    assert max(limited.values(), default=0) <= 1


async def test_a_dead_channel_and_one_that_hangs_delay_no_other(tmp_path: Path) -> None:
    async with site("sqlite", tmp_path, channels=10) as there:
        dead, hanging, *others = there.rooms
        archive(there, dead.channel)
        there.slack.playground.faults.hang(POST, seconds=HANGS, times=None, channel=hanging.channel)
        ordeal = Ordeal(site=there, orders=orders(there, tmp_path, pace=FAST, **WAITING))
        async with ordeal.living():
            await ordeal.feed(range(10 * 20))
            await arrived(there, others, 20)
            await until(lambda: len(ordeal.dead) >= 20)
        assert not there.posts(dead.channel)
        assert not there.posts(hanging.channel)
        assert len(ordeal.dead) == 20


async def test_a_backlog_of_a_channel_that_hangs_delays_no_other(tmp_path: Path) -> None:
    async with site("sqlite", tmp_path, channels=10) as there:
        hanging, *others = there.rooms
        there.slack.playground.faults.hang(POST, seconds=HANGS, times=None, channel=hanging.channel)
        ordeal = Ordeal(site=there, orders=orders(there, tmp_path, pace=FAST, **WAITING))
        async with ordeal.living():
            await ordeal.feed(range(0, 10 * (CAPACITY + 500), 10))
            await ordeal.feed(range(100))
            await arrived(there, others, 10)
        assert not there.posts(hanging.channel)


def archive(there: Site, channel: str) -> None:
    there.slack.playground.set_archived(channel, True, by=there.slack.bob.user_id)


async def arrived(there: Site, rooms: list[Room], count: int) -> None:
    """Wait until each of these channels has so many messages, for less than one call hangs."""
    await there.slack.alice.wait_for(
        lambda: all(len(there.posts(room.channel)) == count for room in rooms), timeout=HANGS / 2
    )
