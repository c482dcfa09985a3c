"""dbt itself builds three models, on DuckDB."""

import sys
from pathlib import Path

import pytest

from tests.recipes.conftest import NOBODY, RECIPES, Ended, Heard, run
from tests.recipes.tools import run_with

pytestmark = pytest.mark.slow

DBT = ("dbt-core>=1.10,<1.12", "dbt-duckdb>=1.10,<2")
RECIPE = RECIPES / "dbt_houston.py"

PROJECT = {
    "dbt_project.yml": "{name: shop, version: '1.0', profile: shop}",
    "profiles.yml": "shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb}}}",
    "models/orders.sql": "select 1 as id, 10 as amount union all select 2, 20",
    "models/revenue.sql": "select sum(amount) as revenue from {{ ref('orders') }}",
    "models/customers.sql": "select 7 as id",
    "models/schema.yml": "models: [{name: orders, columns: [{name: id, data_tests: [unique]}]}]",
}


async def build(heard: Heard, folder: Path) -> Ended:
    command = ("python", RECIPE, "dbt", "build", "--no-send-anonymous-usage-stats", "--no-use-colors")
    return await run_with(DBT, *command, folder=folder, DBT_PROFILES_DIR=".", **heard.env)


async def test_a_test_and_a_model_that_fail_are_told_and_so_is_their_next_success(
    heard: Heard, tmp_path: Path
) -> None:
    folder = tmp_path / "shop"
    (folder / "models").mkdir(parents=True)
    for name, text in PROJECT.items():
        (folder / name).write_text(text)
    (folder / "models/orders.sql").write_text("select 1 as id, 10 as amount union all select 1, 20")
    (folder / "models/customers.sql").write_text("select nothing")
    broken = await build(heard, folder)
    for name in ("models/orders.sql", "models/customers.sql"):
        (folder / name).write_text(PROJECT[name])
    heard.api.clock.forward(minutes=5)
    well = await build(heard, folder)
    assert (broken.code, well.code) == (1, 0), (broken.out, well.out)
    model, test, *ends = sorted(await heard.events(), key=lambda event: (event.phase, event.subject))
    assert [each.phase for each in (model, test, *ends)] == ["fired", "fired", "resolved", "resolved"]
    assert [each.subject for each in ends] == [model.subject, test.subject]
    assert model.subject == "dbt model.shop.customers"
    assert "Binder Error" in model.payload["error"]
    assert test.subject.startswith("dbt test.shop.unique_orders_id.")
    assert test.payload["error"] == "Got 1 result, configured to fail if != 0"


async def stumble(heard: Heard, folder: Path, code: int, **env: str) -> Ended:
    """Something in dbt's place that runs nothing."""
    command = (sys.executable, RECIPE, "sh", "-c", f"exit {code}")
    return await run(*command, folder=folder, env=heard.env | env)


async def test_a_dbt_that_stumbles_before_it_runs_anything_is_told(heard: Heard, tmp_path: Path) -> None:
    assert (await stumble(heard, tmp_path, 2)).code == 2
    heard.api.clock.forward(minutes=5)
    assert (await stumble(heard, tmp_path, 0)).code == 0
    assert [event.phase for event in await heard.events()] == ["fired", "resolved"]
    assert (await heard.events())[0].payload["error"] == "dbt ended with 2 before it ran anything."


async def test_the_exit_code_is_kept_where_houston_is_away(heard: Heard, tmp_path: Path) -> None:
    ended = await stumble(heard, tmp_path, 2, HOUSTON_URL=NOBODY)
    assert ended.code == 2
    assert "Houston was not told" in ended.err
