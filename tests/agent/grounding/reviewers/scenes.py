"""What the reviewers read for one seed, in both agencies."""

import random
from collections.abc import AsyncIterator

from tests.agent.grounding.analysts.desk import Desk, Place
from tests.agent.grounding.reviewers import customers, firing, ratios, records, stretches, totals, watching
from tests.agent.grounding.reviewers.days import Period, periods
from tests.agent.grounding.reviewers.places import own, sample
from tests.agent.grounding.reviewers.scene import Scene

Names = tuple[str, str, str]
SUMS, RATIOS = (
    ("revenue", "spend", "clicks", "conversions"),
    ("cost_per_click", "conversion_rate", "return_on_ad_spend"),
)


async def gathered(seed: int) -> list[Scene]:
    rng = random.Random(f"reviewers {seed}")
    async with sample(seed) as place:
        names = ("revenue", "spend", "conversions")
        found = [scene async for scene in _read(place, rng, SUMS, RATIOS, names)]
        found.append(await records.report(await place.desk("acme"), rng))
        if alert := await watching.alerts(await place.desk("acme"), rng):
            found.append(alert)
    async with own(seed) as asked:
        trade = asked.trade
        sums = (trade.income, trade.cost, trade.sold, trade.visits, trade.physical[0])
        rates, names = (trade.each, trade.rate, trade.mean[0]), (trade.income, trade.cost, trade.sold)
        found += [scene async for scene in _read(asked.place, rng, sums, rates, names)]
    return found


async def _read(
    place: Place, rng: random.Random, sums: tuple[str, ...], rates: tuple[str, ...], names: Names
) -> AsyncIterator[Scene]:
    for slug in rng.sample(place.slugs, min(3, len(place.slugs))):
        async for scene in _of_client(place, slug, rng, sums, rates, names):
            yield scene
    every = await place.desk(None)
    for metric in rng.sample(sums, 2):
        yield await totals.by_client(await place.desk(None), rng, metric, rng.choice(periods(every.today)))


async def _of_client(
    place: Place, slug: str, rng: random.Random, sums: tuple[str, ...], rates: tuple[str, ...], names: Names
) -> AsyncIterator[Scene]:
    client = _called(place, slug, rng)

    async def desk() -> Desk:
        return await place.desk(slug)

    last, seven, two = periods((await desk()).today)
    for metric in rng.sample(sums, 3):
        told = await totals.total(await desk(), rng, metric, rng.choice((last, seven, two)), client)
        if told.has_moved:
            yield told
        yield await totals.by_channel(await desk(), rng, metric, rng.choice((last, seven)), client)
    yield await stretches.by_day(await desk(), rng, rng.choice(sums), rng.choice((last, seven)), client)
    yield await stretches.by_weekday(await desk(), rng, rng.choice(sums), last, client)
    yield await stretches.by_week(await desk(), rng, rng.choice(sums), client, last)
    yield await _series(await desk(), rng, rng.choice(sums), rng.choice((last, two)))
    yield await ratios.ratio(await desk(), rng, rng.choice(rates), rng.choice((last, seven)), client)
    yield await ratios.per(await desk(), rng, names, rng.choice((last, seven, two)), client)
    yield await customers.top(await desk(), rng, client)
    yield await customers.summary(await desk(), rng, client)
    yield await records.notes(await desk(), rng)
    yield await records.calendar(await desk(), rng, rng.choice((last, two)))
    yield await records.runs(await desk(), rng)
    for found in (
        await watching.outliers(await desk(), rng, client),
        await firing.explained(await desk(), rng),
        await firing.going_on(await desk(), rng),
    ):
        if found:
            yield found


def _called(place: Place, slug: str, rng: random.Random) -> str:
    """The client's name, or the first word of it."""
    name = place.world.clients[slug].name
    return name.split()[0] if " & " not in name and rng.random() < 0.4 else name


async def _series(desk: Desk, rng: random.Random, metric: str, period: Period) -> Scene:
    listed = await desk.read("list_metrics")
    channels = next(each["channels"] for each in listed["metrics"] if each["name"] == metric)
    return await stretches.series(desk, rng, metric, period, rng.choice(channels))
