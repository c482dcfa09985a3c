from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from houston.errors import PermanentFailure
from houston.notify.messenger import Announcement, Posted
from houston.notify.places.everywhere import Everywhere
from store.tables import Event
from tests.fakes import FakeMessenger
from tests.store.databases import NOON, Clock

SAID = Announcement(
    event=Event(id=1, type="notice", occurred_at=NOON, recorded_at=NOON, dedupe_key="", payload={}),
    client_name=None,
    timezone=ZoneInfo("UTC"),
)


@pytest.fixture
def messengers() -> dict[str, FakeMessenger]:
    return {kind: FakeMessenger(Clock()) for kind in ("slack", "webhook", "service")}


@pytest.fixture
def everywhere(messengers: dict[str, FakeMessenger]) -> Everywhere:
    others = {kind: messengers[kind] for kind in ("webhook", "service")}
    return Everywhere(slack=messengers["slack"], others=others)


async def post(everywhere: Everywhere, address: str) -> Posted:
    return await everywhere.post(
        workspace_id="T1", address=address, announcement=SAID, delivery_ids=[1], thread_ts=""
    )


@pytest.mark.parametrize(
    ("address", "kind"),
    [("channel:C1", "slack"), ("dm:U1", "slack"), ("webhook:ab", "webhook"), ("service:cd", "service")],
)
async def test_each_address_is_posted_to_and_looked_up_by_the_one_that_knows_it(
    everywhere: Everywhere, messengers: dict[str, FakeMessenger], address: str, kind: str
) -> None:
    posted = await post(everywhere, address)
    assert [name for name, each in messengers.items() if each.posted] == [kind]
    since = datetime(2026, 1, 1, tzinfo=UTC)
    found = await everywhere.find(workspace_id="T1", address=address, delivery_ids=[1], since=since)
    assert found == {1: posted}


async def test_only_slack_changes_what_it_posted(
    everywhere: Everywhere, messengers: dict[str, FakeMessenger]
) -> None:
    posted = await post(everywhere, "channel:C1")
    await everywhere.update(workspace_id="T1", posted=posted, announcement=SAID)
    assert messengers["slack"].updates == 1


async def test_an_unknown_kind_of_address_is_a_permanent_failure(everywhere: Everywhere) -> None:
    with pytest.raises(PermanentFailure):
        await post(everywhere, "pigeon:1")
