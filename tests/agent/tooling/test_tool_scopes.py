"""No tool shows what is outside the asker's scope, whatever it is asked."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from houston.agent.tool import ToolContext, ToolError
from houston.errors import HoustonError
from store import Scope
from tests.actors import admin
from tests.agent.tooling.office import NOVEMBER, TOOLS, Office

pytestmark = pytest.mark.asyncio(loop_scope="session")

HONEST: Mapping[str, Mapping[str, Any]] = {
    "list_clients": {},
    "list_metrics": {},
    "channel_performance": {"metric": "revenue", "by": "client", **NOVEMBER},
    "metric_series": {"metric": "revenue", **NOVEMBER},
    "draw_chart": {"metric": "revenue", **NOVEMBER},
    "outlier_occurrences": NOVEMBER,
    "episodes": {"state": "all"},
    "alerts": {},
    "notes": {},
    "reports": {},
    "report_rows": {"report": "Sales of globex"},
    "run_report": {"report": "Sales of globex"},
    "read_note": {"note": "77"},
    "customers": {},
    "customer_summary": {},
    "task_runs": NOVEMBER,
    "rules": {},
}
FORGED: Mapping[str, Mapping[str, Any]] = {
    "switch_client": {"client": "1"},
    "explain_outlier": {"outlier": "1"},
    "read_note": {"note": "1"},
    "report_rows": {"report": "1"},
    "run_report": {"report": "1"},
    "metric_series": {"metric": "orders", **NOVEMBER},
    "draw_chart": {"metric": "spend", **NOVEMBER},
    "channel_performance": {"metric": "visits", "by": "client", **NOVEMBER},
    "task_runs": {"job": "acme", **NOVEMBER},
    "alerts": {"query": "acme"},
    "reports": {"query": "acme"},
    "customers": {"query": "Lovelace"},
}
NOTHING_OF_CLIENTS = {"calendar", "ask_person", "calculate"}


async def _said(office: Office, ctx: ToolContext, name: str, arguments: Mapping[str, Any]) -> str:
    try:
        return json.dumps(await office.run(name, ctx, **arguments)).lower()
    except ToolError as error:
        return str(error).lower()
    except HoustonError as error:
        return error.message.lower()


async def test_each_tool_that_reads_has_its_case_here() -> None:
    reads = {name for name, tool in TOOLS.items() if not tool.needs_approval}
    assert reads - NOTHING_OF_CLIENTS - {"destinations"} == HONEST.keys() | FORGED.keys()


@pytest.mark.parametrize("chosen", [True, False])
@pytest.mark.parametrize("name", HONEST)
async def test_who_sees_one_client_reads_that_one_only(office: Office, name: str, chosen: bool) -> None:
    said = await _said(office, office.held_to("globex", chosen=chosen), name, HONEST[name])
    assert "acme" not in said
    assert "agency" not in said
    assert "lovelace" not in said
    nobodys = {"customers", "customer_summary", "outlier_occurrences", "list_metrics"}
    assert "globex" in said or name in nobodys or not chosen


@pytest.mark.parametrize("name", FORGED)
async def test_another_clients_rows_are_as_if_they_were_not_there(office: Office, name: str) -> None:
    arguments = FORGED[name]
    said = await _said(office, office.held_to("globex"), name, arguments)
    echoed = json.dumps(list(arguments.values())).lower()
    for word in ("acme", "dashboard", "lovelace@", "north"):
        assert word not in said or word in echoed


@pytest.mark.parametrize("name", sorted(HONEST.keys() | FORGED.keys() | {"destinations"}))
async def test_who_sees_nothing_reads_nothing(office: Office, name: str) -> None:
    nobody = replace(
        admin(Scope(workspace_id="T1", client_ids=frozenset())), is_admin=False, is_stranger=True
    )
    arguments = FORGED.get(name, HONEST.get(name, {}))
    said = await _said(office, office.context(None, actor=nobody), name, arguments)
    for word in ("acme", "globex", "agency", "everybody", "google-ads"):
        assert word not in said or word in json.dumps(FORGED.get(name, {}))


async def test_destinations_are_for_admins_and_not_for_a_channel_of_one_client(office: Office) -> None:
    member = replace(office.context().actor, is_admin=False)
    for ctx in (office.held_to("globex"), office.context(actor=member)):
        said = await _said(office, ctx, "destinations", {})
        assert "#" not in said


async def test_an_unknown_client_and_one_outside_get_the_same_answer(office: Office) -> None:
    held = office.held_to("globex")
    outside = await _said(office, held, "switch_client", {"client": "Acme"})
    nowhere = await _said(office, held, "switch_client", {"client": "Xyzw"})
    assert outside.replace("acme", "") == nowhere.replace("xyzw", "")
    assert "globex" in outside


async def test_a_workspaces_own_places_are_not_told_among_people_of_another_company(office: Office) -> None:
    shared = replace(office.context(), channel="CSHARED")
    for name in ("rules", "destinations", "alerts"):
        said = await _said(office, shared, name, {})
        assert "#" not in said
        assert "everybody" not in said
    assert "people of another company read this channel" in await _said(office, shared, "rules", {})
    assert "#acme" in await _said(office, replace(shared, channel="CELSEWHERE"), "rules", {})
