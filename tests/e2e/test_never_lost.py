"""2,000 events over 40 channels while Houston is killed and Slack fails: nothing is lost, nothing doubled."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.playground.faults import Fault, Faults
from tests.e2e.never_lost.ordeal import Ordeal, socket_in
from tests.e2e.never_lost.orders import Orders
from tests.e2e.never_lost.site import site
from tests.e2e.never_lost.tally import HEADINGS, tally
from tests.store.databases import KINDS

pytestmark = pytest.mark.slow

EVENTS, CHANNELS, KILLS, SHARE = 2000, 40, 20, 0.3
POST = "chat.postMessage"
TOO_LONG = 2.0
"""Seconds: more than Houston's patience here."""

FAST = {"burst": 1000, "per_second": 1000.0, "workspace_burst": 1000, "workspace_per_second": 1000.0}
ALONE = {"window": 0.0, "most": 1, **FAST}
GROUPED = {"window": 0.1, "most": 5, **FAST}

ORDEALS = {
    "killed": (KILLS, 0.0, ALONE),
    "slack fails": (0, SHARE, ALONE),
    "killed, slack fails": (KILLS, SHARE, ALONE),
    "killed, slack fails, grouped": (KILLS, SHARE, GROUPED),
}


def misbehave(faults: Faults, share: float) -> None:
    """Each fault as often as the others, together in that share of the posts."""
    faults.mix(
        Fault(kind="rate_limit", method=POST, retry_after=1),
        Fault(kind="status", method=POST, status=500),
        Fault(kind="status", method=POST, status=503),
        Fault(kind="reset", method=POST),
        Fault(kind="reset", method=POST, seconds=TOO_LONG),
        Fault(kind="drop_answer", method=POST),
        Fault(kind="drop_answer", method=POST, seconds=TOO_LONG),
        share=share,
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ORDEALS)
async def test_no_message_is_lost_doubled_or_out_of_order(
    name: str, kind: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    kills, share, pace = ORDEALS[name]
    async with site(kind, tmp_path, channels=CHANNELS) as there:
        if share:
            misbehave(there.slack.playground.faults, share)
        orders = Orders(
            database_url=there.database_url,
            slack_url=there.slack.server.api_url,
            tokens=there.tokens,
            socket=socket_in(tmp_path),
            pace=pace,
        )
        ordeal = Ordeal(site=there, orders=orders, events=EVENTS)
        await ordeal.run(kills=kills, rng=random.Random(f"{name} {kind}"))
        counted = await tally(there, ordeal.kept)
        posts = there.slack.playground.traffic.of(POST)
    failed = sum(each.status != 200 for each in posts)
    line = f"{counted.line(f'{name}, {kind}')}{failed:>8} of {len(posts)}"
    print(f"\n{HEADINGS}\n{line}")
    record_property("figures", HEADINGS)
    record_property("figures", line)
    assert ordeal.dead == []
    assert (len(ordeal.kept), counted.sent) == (EVENTS, EVENTS)
    assert (counted.lost, counted.doubled, counted.out_of_order) == (0, 0, 0)
