import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import pytest

from houston.agent.desk import Desk
from houston.agent.tool import Tool, ToolContext, ToolError
from houston.errors import NotFound
from store.scope import Scope
from store.tables import Client
from tests.actors import admin
from tests.agent.fakes import context
from tools import ALL_TOOLS

TOOLS = {tool.name: tool for tool in ALL_TOOLS}


@pytest.fixture
def ctx(agency: tuple[Desk, Mapping[str, Client]]) -> ToolContext:
    desk, clients = agency
    return context(clients["acme"], desk=desk)


async def run(ctx: ToolContext, name: str, **arguments: Any) -> Mapping[str, Any]:
    return await TOOLS[name].function(ctx, **arguments)


def performance(**arguments: Any) -> dict[str, Any]:
    return {"start": date(2026, 10, 1), "end": date(2026, 10, 31), **arguments}


@pytest.mark.parametrize("tool", ALL_TOOLS, ids=lambda tool: tool.name)
def test_each_tool_is_documented_for_the_model(tool: Tool) -> None:
    assert len(tool.description) > 40
    assert re.fullmatch(r"[a-z_]{1,64}", tool.name)
    for name, schema in tool.parameters["properties"].items():
        assert schema.get("description"), f"{tool.name}.{name} is not described"
    assert tool.parameters["additionalProperties"] is False
    assert tool.needs_approval == (tool.preview is not None)


def test_a_schema_comes_from_the_signature_and_the_docstring() -> None:
    async def look(
        ctx: ToolContext, what: str, how: Literal["near", "far"] = "near", on: date | None = None
    ) -> Any:
        """Looks at something.

        Args:
            what: The thing, by its
                full name.
            how: From where.
            on: The day.
        """

    tool = Tool.of(look)
    assert tool.description == "Looks at something."
    assert tool.parameters["required"] == ["what"]
    assert tool.parameters["properties"]["what"] == {
        "description": "The thing, by its full name.",
        "type": "string",
    }
    assert tool.parameters["properties"]["how"]["enum"] == ["near", "far"]
    assert tool.parse('{"what": "x", "on": "2026-11-01"}') == {
        "what": "x",
        "how": "near",
        "on": date(2026, 11, 1),
    }


@pytest.mark.parametrize("unsaid", ['""', "null", '"null"'])
def test_an_optional_argument_left_open_takes_its_default(unsaid: str) -> None:
    assert TOOLS["notes"].parse(f'{{"query": {unsaid}, "limit": "5"}}')["query"] is None


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("notes", '{"status": "lost"}', "status: Input should be 'open', 'in_progress' or 'done'"),
        ("notes", '{"limit": 1000}', "limit: Input should be less than or equal to 50"),
        ("channel_performance", '{"metric": "x"}', "start: Field required; end: Field required"),
        ("switch_client", '{"to": "acme"}', "Its arguments are: client."),
    ],
)
def test_a_wrong_argument_is_named_with_its_mend(name: str, raw: str, words: str) -> None:
    with pytest.raises(ToolError) as raised:
        TOOLS[name].parse(raw)
    assert words in str(raised.value)


@pytest.mark.asyncio(loop_scope="session")
async def test_a_ratio_is_the_sum_of_its_sides_and_not_a_mean_of_ratios(ctx: ToolContext) -> None:
    found = await run(ctx, "channel_performance", **performance(metric="cost_per_click", by="channel"))
    assert found["total"] == pytest.approx(60 / 90, abs=1e-4)
    assert [(row["channel"], row["value"]) for row in found["rows"]] == [
        ("meta-ads", 2.0),
        ("google-ads", 0.5),
    ]


@pytest.mark.asyncio(loop_scope="session")
async def test_a_sum_is_compared_with_the_whole_month_before(ctx: ToolContext) -> None:
    found = await run(
        ctx, "channel_performance", **performance(metric="revenue", compare_to="previous_period")
    )
    assert found["total"] == 31 * 150
    assert found["compared_to"] == {
        "start": date(2026, 9, 1),
        "end": date(2026, 9, 30),
        "total": 30 * 150,
        "difference": 150.0,
        "percent": 3.3,
    }


@pytest.mark.asyncio(loop_scope="session")
async def test_a_period_under_way_is_compared_with_as_much_of_the_other(ctx: ToolContext) -> None:
    found = await run(
        ctx,
        "channel_performance",
        metric="spend",
        start=date(2026, 11, 16),
        end=date(2026, 11, 22),
        compare_to="same_period_last_week",
    )
    assert found["total"] == 120
    assert found["compared_to"]["total"] == 120
    assert "up to the end of Tue 17 Nov" in found["remarks"][0]


@pytest.mark.asyncio(loop_scope="session")
async def test_a_daily_figure_is_its_dates_wherever_the_asker_is(ctx: ToolContext) -> None:
    day = {"metric": "revenue", "start": date(2026, 11, 12), "end": date(2026, 11, 12)}
    for zone in ("Asia/Tokyo", "America/New_York"):
        there = context(ctx.client, desk=ctx.desk, zone=zone)
        assert (await run(there, "channel_performance", **day))["total"] == 350


@pytest.mark.asyncio(loop_scope="session")
async def test_an_undeclared_total_is_a_mean_and_says_so(ctx: ToolContext) -> None:
    found = await run(ctx, "channel_performance", **performance(metric="customer satisfaction"))
    assert 40 < found["total"] < 41
    assert "not declared" in found["remarks"][0]


@pytest.mark.asyncio(loop_scope="session")
async def test_last_takes_the_newest_value(ctx: ToolContext) -> None:
    found = await run(ctx, "channel_performance", **performance(metric="subscribers"))
    assert found["total"] == date(2026, 10, 31).toordinal()


@pytest.mark.asyncio(loop_scope="session")
async def test_an_unknown_metric_or_channel_names_what_there_is(ctx: ToolContext) -> None:
    with pytest.raises(NotFound, match="Its metrics: clicks, cost_per_click"):
        await run(ctx, "channel_performance", **performance(metric="profit"))
    with pytest.raises(NotFound, match="Its channels: google-ads, meta-ads"):
        await run(ctx, "channel_performance", **performance(metric="revenue", channel="tv"))


@pytest.mark.asyncio(loop_scope="session")
async def test_without_a_client_performance_asks_for_one(ctx: ToolContext) -> None:
    with pytest.raises(ToolError, match="switch_client"):
        await run(replace(ctx, client=None), "channel_performance", **performance(metric="revenue"))


@pytest.mark.asyncio(loop_scope="session")
async def test_dates_in_the_wrong_order_are_refused(ctx: ToolContext) -> None:
    with pytest.raises(ToolError, match="end lies before start"):
        await run(ctx, "outlier_occurrences", start=date(2026, 11, 2), end=date(2026, 11, 1))


@pytest.mark.asyncio(loop_scope="session")
async def test_nothing_outside_the_scope_is_seen(
    ctx: ToolContext, agency: tuple[Desk, Mapping[str, Client]]
) -> None:
    _, clients = agency
    globex = Scope(workspace_id="T1", client_ids=frozenset({clients["globex"].id or 0}))
    walled = replace(ctx, actor=admin(globex), client=None)
    assert [found["slug"] for found in (await run(walled, "list_clients"))["clients"]] == ["globex"]
    assert [found["name"] for found in (await run(walled, "list_metrics"))["metrics"]] == ["revenue"]
    assert (await run(walled, "notes"))["notes"] == []
    assert (await run(walled, "customers"))["customers"] == []
    year = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}
    assert (await run(walled, "outlier_occurrences", **year))["count"] == 0
    with pytest.raises(NotFound) as outside:
        await run(walled, "switch_client", client="acme")
    with pytest.raises(NotFound) as nowhere:
        await run(walled, "switch_client", client="xxxx")
    assert outside.value.message.replace("acme", "") == nowhere.value.message.replace("xxxx", "")
    with pytest.raises(NotFound):
        await run(
            replace(walled, client=clients["acme"]), "channel_performance", **performance(metric="revenue")
        )


@pytest.mark.asyncio(loop_scope="session")
async def test_private_notes_are_neither_listed_nor_counted(ctx: ToolContext) -> None:
    found = await run(ctx, "notes")
    assert [note["title"] for note in found["notes"]] == ["Tracking broken on checkout", "New landing page"]
    assert found["counts"]["open"] == 1
