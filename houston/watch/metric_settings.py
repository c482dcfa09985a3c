"""What people declare of a metric: how it is totalled, its unit, which way is good, how fresh it is."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from houston.access import Actor
from houston.errors import Invalid, InvalidFields, NotFound
from houston.records.checks import choice, text
from houston.team import audit
from houston.watch.detection.ages import age
from store import Scope, Store, UnitOfWork
from store.tables import Client, Metric

CHANGE = "change what is known of metrics"
AGGREGATES = ("", "sum", "mean", "last", "ratio")
DIRECTIONS = ("", "up", "down")
LONGEST_UNIT, LONGEST_NAME = 40, 200


@dataclass(frozen=True, kw_only=True)
class MetricDraft:
    """Of all channels of a metric. `aggregate` '' counts as mean; a ratio has a `numerator` and a
    `denominator`, names of other metrics. `direction` is the good one, '' neither. `freshness` is how
    old the newest point may be (`3h`), '' any age."""

    unit: str = ""
    aggregate: str = ""
    numerator: str = ""
    denominator: str = ""
    direction: str = ""
    key: bool = False
    freshness: str = ""


@dataclass(frozen=True, kw_only=True)
class MetricSeen:
    """`id` is that of its first channel, `newest` the time of its last point, in any channel."""

    id: int
    name: str
    client: Client
    channels: tuple[str, ...]
    settings: MetricDraft
    newest: datetime | None


@dataclass(frozen=True, kw_only=True)
class MetricSettings:
    store: Store
    now: Callable[[], datetime]

    async def seen(self, scope: Scope, client_id: int | None = None) -> list[MetricSeen]:
        """By client and name."""
        async with self.store.read() as uow:
            metrics = await uow.metrics.all(scope=scope, client_id=client_id)
            clients = {client.id: client for client in await uow.clients.all(scope=scope)}
            ids = [metric.id or 0 for metric in metrics]
            newest = await uow.points.newest(scope=scope, metric_ids=ids)
        grouped: dict[tuple[str, str], list[Metric]] = {}
        for metric in metrics:
            grouped.setdefault((clients[metric.client_id].slug, metric.name), []).append(metric)
        return [
            MetricSeen(
                id=rows[0].id or 0,
                name=name,
                client=clients[rows[0].client_id],
                channels=tuple(row.channel for row in rows if row.channel),
                settings=draft_of(rows),
                newest=max((newest[row.id or 0] for row in rows if row.id in newest), default=None),
            )
            for (_, name), rows in sorted(grouped.items())
        ]

    async def find(self, scope: Scope, id: int) -> MetricSeen:
        """Raises NotFound."""
        for each in await self.seen(scope):
            if each.id == id:
                return each
        raise NotFound("This metric is not there any more.")

    async def get(self, scope: Scope, client_id: int, name: str) -> MetricDraft:
        """Raises NotFound."""
        async with self.store.read() as uow:
            return draft_of(await _rows(uow, scope, client_id, name))

    async def declare(self, actor: Actor, client_id: int, name: str, draft: MetricDraft) -> MetricDraft:
        """For all channels of a metric. Raises InvalidFields by field, NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        kept = check(draft)
        async with self.store.begin() as uow:
            rows = await _rows(uow, actor.scope, client_id, name)
            await _demand_sides(uow, actor.scope, client_id, rows[0].name, kept)
            before = draft_of(rows)
            for row in rows:
                _fill(row, kept)
                await uow.metrics.save(metric=row)
            await audit.record(
                uow,
                actor,
                "metric.declared",
                f"metric {rows[0].name}",
                before=asdict(before),
                after=asdict(kept),
                clients=[client_id],
                now=self.now(),
            )
            await uow.commit()
            return kept


def draft_of(rows: Sequence[Metric]) -> MetricDraft:
    """Where channels differ, what the first that says anything says."""
    found: dict[str, object] = {}
    for name in MetricDraft.__dataclass_fields__:
        found[name] = next((value for row in rows if (value := getattr(row, name))), getattr(rows[0], name))
    return MetricDraft(**found)  # type: ignore[arg-type]


def check(draft: MetricDraft) -> MetricDraft:
    """As it is kept. Raises InvalidFields."""
    errors: dict[str, str] = {}

    def kept(field: str, checked: Callable[[], str]) -> str:
        try:
            return checked()
        except Invalid as error:
            errors[field] = error.message
            return ""

    found = replace(
        draft,
        unit=kept("unit", lambda: text("unit", draft.unit, most=LONGEST_UNIT)),
        aggregate=kept("aggregate", lambda: choice("aggregate", draft.aggregate, AGGREGATES)),
        direction=kept("direction", lambda: choice("direction", draft.direction, DIRECTIONS)),
        freshness=kept("freshness", lambda: _freshness(draft.freshness)),
        numerator=kept("numerator", lambda: _side("numerator", draft)),
        denominator=kept("denominator", lambda: _side("denominator", draft)),
    )
    if errors:
        raise InvalidFields(errors)
    return found


def _side(field: str, draft: MetricDraft) -> str:
    """Of a ratio only."""
    if draft.aggregate != "ratio":
        return ""
    name = text(field, getattr(draft, field), most=LONGEST_NAME)
    if not name:
        raise Invalid(field, f"A ratio needs a {field}: name another metric of this client.")
    return name


def _freshness(value: str) -> str:
    if value.strip():
        age(value)
    return value.strip()


def _fill(row: Metric, draft: MetricDraft) -> None:
    for name, value in asdict(draft).items():
        setattr(row, name, value)


async def _rows(uow: UnitOfWork, scope: Scope, client_id: int, name: str) -> list[Metric]:
    metrics = await uow.metrics.all(scope=scope, client_id=client_id)
    rows = [metric for metric in metrics if metric.name.casefold() == name.strip().casefold()]
    if not rows:
        raise NotFound(f"There is no metric {name.strip()[:80]!r} for this client.")
    return rows


async def _demand_sides(uow: UnitOfWork, scope: Scope, client_id: int, name: str, draft: MetricDraft) -> None:
    """Raises InvalidFields where a ratio's sides are no other metrics of this client."""
    if draft.aggregate != "ratio":
        return
    known = {metric.name for metric in await uow.metrics.all(scope=scope, client_id=client_id)} - {name}
    errors = {
        side: f"There is no other metric {getattr(draft, side)!r} for this client."
        for side in ("numerator", "denominator")
        if getattr(draft, side) not in known
    }
    if errors:
        raise InvalidFields(errors)
