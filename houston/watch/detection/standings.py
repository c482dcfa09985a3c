"""How definitions do."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from houston.watch.detection.matching import matches
from houston.watch.detection.planning import key_of
from houston.watch.standing import OPEN
from store import Scope, UnitOfWork
from store.tables import OutlierDefinition


async def counts(
    uow: UnitOfWork, scope: Scope, definitions: Sequence[OutlierDefinition], since: datetime
) -> dict[int, dict[str, int]]:
    """By definition: `metrics`, `open`, `fired_90d` and `not_outliers`, of incidents since then."""
    ids, keys = [each.id or 0 for each in definitions], [key_of(each.id or 0) for each in definitions]
    began = await uow.episodes.began(scope=scope, keys=keys, since=since)
    reviewed = await uow.reviews.counts(scope=scope, definition_ids=ids, since=since)
    clients = {each.client_id for each in definitions}
    going_on = await uow.episodes.of_type(scope=scope, type="outlier", states=OPEN, client_ids=clients)
    open_ = Counter(each.key for each in going_on)
    metrics = await uow.metrics.all(scope=scope)
    return {
        each.id or 0: {
            "metrics": sum(
                metric.client_id == each.client_id and matches(each.metrics, metric) for metric in metrics
            ),
            "open": open_[key],
            "fired_90d": began.get(key, 0),
            "not_outliers": reviewed.get(each.id or 0, 0),
        }
        for each, key in zip(definitions, keys, strict=True)
    }
