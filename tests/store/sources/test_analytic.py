"""Queries that people write run on the real databases of their dialect, and give what the shop holds."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from store.errors import SourceFailed
from store.sources import Sources
from tests.store.databases import NOON
from tests.store.sources import analytic
from tests.store.sources.shops import duckdb_shop, postgres_shop, socket_folder, source, sources, sqlite_shop

pytestmark = pytest.mark.slow

Shop = tuple[str, Sources, str]
DAILY = {
    "postgres": "SELECT created_at::date AS time, sum(amount) AS value FROM orders GROUP BY 1 ORDER BY 1",
    "sqlite": "SELECT date(created_at) AS time, sum(amount) AS value FROM orders GROUP BY 1 ORDER BY 1",
    "duckdb": "SELECT created_at::date AS time, sum(amount) AS value FROM orders GROUP BY 1 ORDER BY 1",
}


@pytest.fixture(params=["sqlite", "duckdb", "postgres"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Shop:
    dialect: str = request.param
    url = {"sqlite": sqlite_shop, "duckdb": duckdb_shop}.get(dialect, lambda _: postgres_shop())(tmp_path)
    roots = [socket_folder(url)] if dialect == "postgres" else [tmp_path]
    return dialect, sources(*roots), url


async def test_every_analytic_query_runs(shop: Shop) -> None:
    dialect, found, url = shop
    for sql in analytic.BY_DIALECT[dialect]:
        result = await found.run(source(url), sql, now=NOON)
        assert result.columns
        assert result.rows, sql
    await found.close()


async def test_days_and_sums_come_as_they_are(shop: Shop) -> None:
    dialect, found, url = shop
    result = await found.run(source(url), DAILY[dialect], now=NOON)
    days = [date(2026, 11, day) if dialect != "sqlite" else f"2026-11-{day}" for day in (12, 13, 14)]
    assert result.columns == ("time", "value")
    assert result.rows == tuple(zip(days, (200.5, 300.0, None), strict=True))
    assert not result.is_cut
    await found.close()


async def test_now_is_the_moment_that_was_given(shop: Shop) -> None:
    _, found, url = shop
    then = datetime(2026, 11, 12, 12, tzinfo=UTC)
    sql = "SELECT count(*) FROM orders WHERE created_at < :now"
    assert (await found.run(source(url), sql, now=then)).rows == ((1,),)
    assert (await found.run(source(url), sql, now=NOON)).rows == ((4,),)
    await found.close()


async def test_a_trial_tells_the_dialect_and_the_tables(shop: Shop) -> None:
    dialect, found, url = shop
    trial = await found.trial(url, trusts_files=True)
    assert trial.dialect == dialect
    assert "orders" in trial.tables


async def test_a_missing_column_is_told_with_its_place(shop: Shop) -> None:
    _, found, url = shop
    with pytest.raises(SourceFailed, match="reveneu") as caught:
        await found.run(source(url), "SELECT /* so */ id, reveneu FROM orders", now=NOON)
    assert caught.value.where == 20
    assert not caught.value.is_temporary
    await found.close()
