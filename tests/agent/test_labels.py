"""What a call is called, and what of that is looked at, whose and of when."""

from datetime import date

import pytest

from houston.agent.labels import Label, label
from houston.agent.tool import Tool
from tests.agent.fakes import context
from tools import ALL_TOOLS

NOVEMBER = {"start": date(2026, 11, 1), "end": date(2026, 11, 14)}
NO_LOOK_UPS = {"ask_person", "draw_chart", "switch_client"}


def of(name: str, **arguments: object) -> Label:
    (tool,) = (tool for tool in ALL_TOOLS if tool.name == name)
    return label(tool, context(), arguments)


@pytest.mark.parametrize(
    ("found", "subject"),
    [
        (of("channel_performance", metric="revenue", **NOVEMBER), "revenue"),
        (of("metric_series", metric="revenue", **NOVEMBER), "revenue"),
        (of("alerts"), "alerts"),
        (of("task_runs", **NOVEMBER), "pipeline runs"),
        (of("notes", **NOVEMBER), "notes"),
        (of("run_report", report="Top spenders"), "report Top spenders"),
        (of("calculate", expression="1"), "calculations"),
        (of("create_note", title="Call"), ""),
        (of("draw_chart", metric="revenue"), ""),
    ],
)
def test_a_look_up_says_what_is_looked_at(found: Label, subject: str) -> None:
    assert found.subject == subject


def test_the_title_has_all_of_it() -> None:
    found = of("channel_performance", metric="revenue", **NOVEMBER)
    assert (found.title, found.client, found.period) == (
        f"Reading revenue for {found.client}, {found.period}",
        "Acme",
        "1–14 Nov",
    )


def test_whose_and_of_when_are_said_only_where_the_title_says_them() -> None:
    assert of("rules", **NOVEMBER) == Label(title="Looking up the rules", subject="rules")


@pytest.mark.parametrize("tool", ALL_TOOLS, ids=lambda tool: tool.name)
def test_every_tool_that_reads_has_a_subject(tool: Tool) -> None:
    is_lookup = not tool.needs_approval and tool.name not in NO_LOOK_UPS
    assert bool(label(tool, context(), {"metric": "spend", "report": "Sales"}).subject) == is_lookup
