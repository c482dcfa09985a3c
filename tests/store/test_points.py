"""Points, what they come to, and the marks of a changed past, on both databases."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from houston.notify.outbox import Outbox
from store import Store
from store.occurrences import adding, removing
from store.tables import Metric, Occurrence, OutlierDefinition, Point, Review
from tests.store.agency import EVERYTHING, Agency
from tests.store.databases import NOON, Clock
from tests.store.messages import episode, keep

HOUR = timedelta(hours=1)


async def metrics(store: Store, agency: Agency) -> list[int]:
    """Two of Acme with three hours each, and one of Globex."""
    async with store.begin() as uow:
        rows = [Metric(client_id=agency.acme, name="spend", channel=each) for each in "ab"]
        rows.append(Metric(client_id=agency.globex, name="spend", freshness="3h"))
        ids = [(await uow.metrics.save(metric=each)).id or 0 for each in rows]
        points = [
            Point(metric_id=id, time=NOON + HOUR * hour, value=10.0 * id + hour)
            for id in ids
            for hour in range(3)
        ]
        await uow.points.put(points=points)
        await uow.commit()
        return ids


async def test_readings_are_the_newest_of_each_metric(store: Store, agency: Agency) -> None:
    a, b, other = await metrics(store, agency)
    async with store.read() as uow:
        found = await uow.points.readings(
            scope=agency.acme_only, metric_ids=[a, b, other], until=NOON + HOUR, limit=1
        )
        assert found == {a: [(NOON + HOUR, 10.0 * a + 1)], b: [(NOON + HOUR, 10.0 * b + 1)]}
        whole = await uow.points.readings(scope=EVERYTHING, metric_ids=[a], until=NOON + 9 * HOUR, limit=9)
        assert [at for at, _ in whole[a]] == [NOON, NOON + HOUR, NOON + 2 * HOUR]


async def test_later_points_and_sums_stay_within_their_bounds(store: Store, agency: Agency) -> None:
    a, b, other = await metrics(store, agency)
    async with store.read() as uow:
        later = await uow.points.later(
            scope=agency.acme_only, metric_ids=[a, b, other], after=NOON, until=NOON + HOUR
        )
        assert later == {a: [(NOON + HOUR, 10.0 * a + 1)], b: [(NOON + HOUR, 10.0 * b + 1)]}
        sums = await uow.points.sums(
            scope=agency.acme_only, metric_ids=[a, b, other], start=NOON, end=NOON + 2 * HOUR
        )
        assert sums == {a: 20.0 * a + 1, b: 20.0 * b + 1}
        assert [each.id for each in await uow.metrics.fresh(scope=EVERYTHING)] == [other]
        assert await uow.metrics.fresh(scope=agency.acme_only) == []


@pytest.mark.parametrize(
    ("hour", "value", "revision"),
    [(3, 7.0, 0), (1, None, 0), (1, 7.0, 1), (-1, 7.0, 1), (0.5, 7.0, 1)],
    ids=["new", "as it was", "corrected", "before all", "in between"],
)
async def test_a_changed_past_leaves_a_mark(
    store: Store, agency: Agency, hour: float, value: float | None, revision: int
) -> None:
    a, b, _ = await metrics(store, agency)
    at = NOON + HOUR * hour
    async with store.begin() as uow:
        points = [Point(metric_id=a, time=at, value=10.0 * a + hour if value is None else value)]
        await uow.points.put(points=[*points, Point(metric_id=b, time=NOON + 4 * HOUR, value=1.0)])
        await uow.commit()
    async with store.read() as uow:
        marked = {each.id: each for each in await uow.metrics.all(scope=EVERYTHING)}
    assert (marked[a].revision, marked[a].revisions) == (revision, [at.isoformat()] * revision)
    assert marked[b].revision == 0


async def test_occurrences_are_forgotten_with_the_points_that_were_corrected(
    store: Store, agency: Agency, clock: Clock
) -> None:
    a, b, _ = await metrics(store, agency)
    id = await definition(store, agency)
    found = [
        occurrence(store, agency, id, metric, NOON + HOUR * hour) for metric in (a, b) for hour in (0, 1)
    ]
    outbox = Outbox(store.ledger, now=clock)
    await outbox.record(None, adding(found))
    await outbox.record(None, removing([(id, a, NOON)]))
    await outbox.close()
    async with store.read() as uow:
        values = await uow.occurrences.values(scope=EVERYTHING, definition_ids=[id], since=NOON)
        assert {key: list(each) for key, each in values.items()} == {
            (id, a): [NOON + HOUR],
            (id, b): [NOON, NOON + HOUR],
        }
        assert await uow.occurrences.values(scope=agency.globex_only, definition_ids=[id], since=NOON) == {}


async def test_reviews_are_counted_by_definition_and_go_with_it(
    store: Store, agency: Agency, clock: Clock
) -> None:
    id = await definition(store, agency)
    outbox = Outbox(store.ledger, now=clock)
    about = [episode(store, clock(), agency.acme, key=f"outlier:{id}") for _ in range(2)]
    await keep(outbox, *about)
    await outbox.close()
    async with store.begin() as uow:
        for name in ("Ann", "Bob"):
            review = Review(
                episode_id=about[0].id,
                definition_id=id,
                client_id=agency.acme,
                said_by="T1/U1",
                said_name=name,
                said_at=clock(),
            )
            await uow.reviews.save(review=review)
        await uow.commit()
    async with store.begin() as uow:
        began = await uow.episodes.began(scope=EVERYTHING, keys=[f"outlier:{id}"], since=clock())
        assert began == {f"outlier:{id}": 2}
        counts = await uow.reviews.counts(scope=EVERYTHING, definition_ids=[id], since=clock())
        assert counts == {id: 1}
        kept = await uow.reviews.find(scope=agency.acme_only, episode_id=about[0].id)
        assert kept is not None
        assert kept.said_name == "Bob"
        assert await uow.reviews.find(scope=agency.globex_only, episode_id=about[0].id) is None
        found = await uow.definitions.find(scope=EVERYTHING, id=id)
        assert found is not None
        await uow.definitions.delete(definition=found)
        await uow.commit()
    async with store.read() as uow:
        assert await uow.reviews.counts(scope=EVERYTHING, definition_ids=[id], since=clock()) == {}
        open_ = await uow.episodes.of_type(
            scope=EVERYTHING, type="outlier", states={"firing"}, client_ids=[agency.acme]
        )
        assert [each.id for each in open_] == [each.id for each in about]


async def definition(store: Store, agency: Agency) -> int:
    async with store.begin() as uow:
        row = OutlierDefinition(
            client_id=agency.acme, name="Spend", metrics="spend/*", created_at=NOON, due_at=NOON
        )
        await uow.definitions.save(definition=row)
        await uow.commit()
        return row.id or 0


def occurrence(store: Store, agency: Agency, definition: int, metric: int, at: datetime) -> Occurrence:
    figures: dict[str, Any] = dict.fromkeys(("value", "expected", "lower", "upper", "score"), 1.0)
    return Occurrence(
        id=store.ids.next(),
        definition_id=definition,
        metric_id=metric,
        client_id=agency.acme,
        time=at,
        severity="info",
        reason="",
        found_at=NOON,
        **figures,
    )
