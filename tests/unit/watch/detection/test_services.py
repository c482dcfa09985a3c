"""Definitions and metrics as admins change them: what is kept, what is refused, how they do."""

from dataclasses import replace
from typing import Any

import pytest

from houston.errors import InvalidFields, NotAllowed, NotFound
from houston.watch.definition import DefinitionDraft, draft_of
from houston.watch.metric_settings import MetricDraft, MetricSettings
from tests.actors import admin
from tests.store.agency import EVERYTHING, NOTHING
from tests.unit.watch.detection.watchroom import WatchRoom, said

pytestmark = pytest.mark.slow

MEMBER = replace(admin(EVERYTHING), is_admin=False)


async def actions(room: WatchRoom) -> list[str]:
    async with room.store.read() as uow:
        return [each.action for each in await uow.audit.page(scope=EVERYTHING, before=None, limit=50)][::-1]


async def test_a_definition_is_added_edited_paused_resumed_and_deleted_on_the_record(
    room: WatchRoom,
) -> None:
    who = admin(EVERYTHING)
    kept = await room.definition("spend/*", country="de-by", excluded=(" 2026-12-24 to 2026-12-26 ",))
    id = kept.id or 0
    assert (kept.country, kept.excluded) == ("DE-BY", ["2026-12-24..2026-12-26"])
    changed = await room.definitions.edit(who, id, replace(draft_of(kept), name="Costs", minimum_change=5.0))
    assert (changed.name, changed.minimum_change, changed.country) == ("Costs", 5, "DE-BY")
    assert not (await room.definitions.pause(who, id)).active
    assert (await room.definitions.resume(who, id)).active
    await room.definitions.delete(who, id)
    assert await room.definitions.all(EVERYTHING) == []
    named = [f"outlier_definition.{each}" for each in ("added", "edited", "paused", "resumed", "deleted")]
    assert [each for each in await actions(room) if each.startswith("outlier_definition")] == named


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"name": " "}, {"name"}),
        ({"metrics": "x" * 201}, {"metrics"}),
        ({"country": "ZZ", "schedule": "often"}, {"country", "schedule"}),
        ({"excluded": ("tomorrow",), "minimum_change": -1.0}, {"excluded", "minimum_change"}),
        ({"excluded": ("2026-12-24",) * 101}, {"excluded"}),
    ],
)
async def test_a_bad_draft_names_its_fields(
    room: WatchRoom, changes: dict[str, Any], fields: set[str]
) -> None:
    told: dict[str, Any] = {"name": "Spend", "metrics": "spend", "client_id": room.acme, **changes}
    draft = DefinitionDraft(**told)
    with pytest.raises(InvalidFields) as refused:
        await room.definitions.add(admin(EVERYTHING), draft)
    assert set(refused.value.errors) == fields


async def test_only_admins_change_and_nobody_beyond_their_sight(room: WatchRoom) -> None:
    kept = await room.definition("spend/*")
    draft = DefinitionDraft(name="x", metrics="x", client_id=room.acme)
    with pytest.raises(NotAllowed):
        await room.definitions.add(MEMBER, draft)
    with pytest.raises(NotAllowed):
        await room.definitions.delete(MEMBER, kept.id or 0)
    with pytest.raises(NotFound):
        await room.definitions.edit(admin(NOTHING), kept.id or 0, draft)
    with pytest.raises(NotFound):
        await room.definitions.get(NOTHING, kept.id or 0)


async def test_a_definition_says_how_it_does(room: WatchRoom) -> None:
    kept = await room.definition("spend/*")
    metric = await room.metric("spend", "a")
    await room.metric("clicks")
    [seen] = await room.definitions.all(EVERYTHING)
    assert (seen.metrics, seen.open, seen.fired_90d, seen.precision) == (1, 0, 0, None)
    await room.checks.tell([said(kept, metric, (1, 20.0, 2))])
    seen = await room.definitions.get(EVERYTHING, kept.id or 0)
    assert (seen.open, seen.fired_90d, seen.not_outliers, seen.precision) == (1, 1, 0, 1.0)


async def test_what_is_declared_of_a_metric_holds_for_all_its_channels(room: WatchRoom) -> None:
    for name, channel in (("spend", "a"), ("spend", "b"), ("clicks", "")):
        await room.metric(name, channel)
    settings = MetricSettings(store=room.store, now=room.clock)
    draft = MetricDraft(unit="$", aggregate="sum", direction="down", key=True, freshness="2 days")
    await settings.declare(admin(EVERYTHING), room.acme, "Spend", draft)
    seen = {each.name: each for each in await settings.seen(EVERYTHING)}
    assert (seen["spend"].channels, seen["spend"].settings) == (("a", "b"), draft)
    assert seen["clicks"].settings == MetricDraft()
    assert "metric.declared" in await actions(room)
    ratio = MetricDraft(unit="%", aggregate="ratio", numerator="clicks", denominator="spend")
    await room.metric("rate")
    assert await settings.declare(admin(EVERYTHING), room.acme, "rate", ratio) == ratio


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (MetricDraft(aggregate="median"), "aggregate"),
        (MetricDraft(direction="sideways"), "direction"),
        (MetricDraft(freshness="soon"), "freshness"),
        (MetricDraft(unit="x" * 41), "unit"),
        (MetricDraft(aggregate="ratio", numerator="spend"), "denominator"),
        (MetricDraft(aggregate="ratio", numerator="nothing", denominator="clicks"), "numerator"),
    ],
)
async def test_a_bad_declaration_names_its_field(room: WatchRoom, draft: MetricDraft, field: str) -> None:
    await room.metric("spend")
    await room.metric("clicks")
    settings = MetricSettings(store=room.store, now=room.clock)
    with pytest.raises(InvalidFields) as refused:
        await settings.declare(admin(EVERYTHING), room.acme, "spend", draft)
    assert field in refused.value.errors
