"""What a definition would have done, and what *Not an outlier* proposes, changes and takes back."""

import math
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from houston.errors import Conflict, Invalid, InvalidFields, NotAllowed
from houston.watch.definition import DefinitionDraft, draft_of
from houston.watch.preview import Previews
from houston.watch.reviewing import Reviewing
from store.tables import OutlierDefinition, Point
from tests.actors import admin
from tests.store.agency import EVERYTHING
from tests.store.messages import delivery_of, destination
from tests.unit.watch.detection.watchroom import WatchRoom

pytestmark = pytest.mark.slow

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TODAY = datetime(2026, 11, 14, tzinfo=UTC)
STRANGE = {TODAY - 40 * DAY: 3000.0, TODAY - 20 * DAY: 2200.0, TODAY - DAY: 2500.0}
"""Of 119 days of about 1000."""

ANN = admin(EVERYTHING)
MIA = replace(admin(EVERYTHING, "U2"), is_admin=False, name="Mia Member")


@pytest.fixture
async def revenue(room: WatchRoom) -> OutlierDefinition:
    """Watched since the day before yesterday, and told of yesterday."""
    metric = await room.metric("revenue", unit="$", aggregate="sum")
    days = [TODAY - DAY * each for each in range(119, 0, -1)]
    async with room.store.begin() as uow:
        await uow.points.put(
            points=[
                Point(metric_id=metric.id or 0, time=day, value=STRANGE.get(day, usual(day))) for day in days
            ]
        )
        await uow.commit()
    room.clock.now = TODAY - DAY
    definition = await room.definition("revenue")
    room.clock.now = TODAY + HOUR
    await room.checks.due(room.clock())
    return definition


def usual(day: datetime) -> float:
    return 1000 + 40 * math.sin(day.timestamp() / 86400 * 12.9898)


async def message(room: WatchRoom) -> int:
    """The delivery that told of it."""
    [event] = await room.events()
    destination_id = await destination(room.store, room.clock())
    delivery = delivery_of(room.store, room.clock(), event, destination_id)
    async with room.store.begin() as uow:
        uow._session.add(delivery)
        await uow.commit()
    return delivery.id


def reviewing(room: WatchRoom) -> Reviewing:
    return Reviewing(store=room.store, now=room.clock, stale=lambda: None)


async def test_a_preview_says_how_often_it_would_have_fired(
    room: WatchRoom, revenue: OutlierDefinition
) -> None:
    previews = Previews(store=room.store, now=room.clock)
    found = await previews.preview(ANN, draft_of(revenue))
    assert [each.at for each in found.fired] == sorted(STRANGE, reverse=True)
    assert (found.series, found.words) == (1, "Would have fired 3 times in the last 90 days.")
    assert re.match(r"Friday revenue was 1\d\d % over the usual \$", found.fired[0].reason)
    assert found.chart is not None
    assert [at for at, _ in found.chart.marks] == sorted(STRANGE)
    assert len(await room.events()) == 1, "nothing is told"
    narrower = await previews.preview(ANN, replace(draft_of(revenue), minimum_change=1600.0))
    assert narrower.words == "Would have fired once in the last 90 days."
    nothing = await previews.preview(ANN, replace(draft_of(revenue), metrics="nothing"))
    assert (nothing.series, nothing.chart, nothing.since) == (0, None, None)


async def test_a_preview_is_for_admins_and_checks_the_draft(room: WatchRoom) -> None:
    previews = Previews(store=room.store, now=room.clock)
    draft = DefinitionDraft(name="", metrics="revenue", client_id=room.acme)
    with pytest.raises(NotAllowed):
        await previews.preview(MIA, draft)
    with pytest.raises(InvalidFields):
        await previews.preview(ANN, draft)


async def test_each_proposal_says_what_it_changes(room: WatchRoom, revenue: OutlierDefinition) -> None:
    found = await reviewing(room).propose(ANN, await message(room))
    assert (found.metric, found.review) == ("revenue", None)
    told = {each.kind: (each.words, each.before, each.after) for each in found.options}
    assert told["none"] == ("Change nothing, and only count it", 3, 3)
    assert told["exclude"] == ("Leave out Fri, Nov 13", 3, 2)
    assert told["minimum"][0].startswith("Tell only of changes of $1,")
    assert told["minimum"][1:] == (3, 1)
    assert told["wider"][0] == "Expect a wider range: sensitivity low instead of normal"
    minimum = next(each for each in found.options if each.kind == "minimum")
    assert minimum.chart is not None
    assert len(minimum.chart.gone) == 2


async def test_an_admin_changes_the_definition_and_takes_it_back(
    room: WatchRoom, revenue: OutlierDefinition
) -> None:
    id, delivery = revenue.id or 0, await message(room)
    review = await reviewing(room).apply(ANN, delivery, "exclude")
    assert (review.is_applied, review.said_by) == (True, "Ann Admin")
    seen = await room.definitions.get(EVERYTHING, id)
    assert (seen.definition.excluded, seen.not_outliers, seen.precision) == (["2026-11-13"], 1, 0.0)
    with pytest.raises(Conflict, match="called this no outlier already"):
        await reviewing(room).apply(ANN, delivery, "minimum")
    with pytest.raises(NotAllowed):
        await reviewing(room).undo(MIA, delivery)
    await reviewing(room).undo(ANN, delivery)
    seen = await room.definitions.get(EVERYTHING, id)
    assert (seen.definition.excluded, seen.not_outliers) == ([], 0)
    with pytest.raises(Conflict, match="Nobody"):
        await reviewing(room).undo(ANN, delivery)


async def test_what_was_changed_since_is_not_taken_back(room: WatchRoom, revenue: OutlierDefinition) -> None:
    id, delivery = revenue.id or 0, await message(room)
    await reviewing(room).apply(ANN, delivery, "wider")
    seen = await room.definitions.get(EVERYTHING, id)
    await room.definitions.edit(ANN, id, replace(draft_of(seen.definition), sensitivity="high"))
    with pytest.raises(Conflict, match="changed since"):
        await reviewing(room).undo(ANN, delivery)


async def test_a_members_word_counts_and_changes_nothing(room: WatchRoom, revenue: OutlierDefinition) -> None:
    id, delivery = revenue.id or 0, await message(room)
    review = await reviewing(room).apply(MIA, delivery, "exclude")
    seen = await room.definitions.get(EVERYTHING, id)
    assert (review.is_applied, seen.definition.excluded, seen.not_outliers) == (False, [], 1)
    assert (await reviewing(room).apply(ANN, delivery, "exclude")).is_applied
    with pytest.raises(Invalid):
        await reviewing(room).apply(MIA, delivery, "louder")
