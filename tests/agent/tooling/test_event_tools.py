import pytest

from houston.agent.tool import ToolError
from houston.errors import NotFound
from tests.agent.tooling.office import NOVEMBER, Office

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


async def test_an_outlier_is_explained_by_what_moved_with_it(office: Office) -> None:
    found = await office.run("explain_outlier", outlier="1")
    assert (found["outlier"]["value"], found["outlier"]["expected"]) == (300, 100)
    shares = [
        (row["channel"], row["difference"], row["share_of_change_percent"]) for row in found["by_channel"]
    ]
    assert shares == [
        ("google-ads", 200, 100),
        ("meta-ads", 0, 0),
    ]
    assert [(row["metric"], row["value"], row["usual"], row["percent"]) for row in found["moved_with"]] == [
        ("orders", 30, 10, 200)
    ]
    assert {"spend", "clicks"} <= set(found["unmoved"])


async def test_an_explanation_says_how_it_is_now_and_what_was_around(office: Office) -> None:
    found = await office.run("explain_outlier", outlier="1")
    assert (found["now"]["value"], found["now"]["is_usual"]) == (100, True)
    assert (found["episode"]["id"], found["episode"]["state"]) == ("10", "firing")
    assert [task["job"] for task in found["failed_tasks"]] == ["acme-import"]
    assert found["earlier_count"] == 0
    assert found["source"]["client"] == "Acme"


async def test_an_outlier_is_found_by_its_metric_and_time(office: Office) -> None:
    ctx = office.context(zone="America/New_York")
    found = await office.run("explain_outlier", ctx, metric="Revenue", time="2026-11-12T08:00")
    assert found["outlier"]["id"] == "1"
    with pytest.raises(NotFound, match="near that time"):
        await office.run("explain_outlier", metric="revenue", time="2026-10-01T08:00")
    with pytest.raises(ToolError, match="metric and"):
        await office.run("explain_outlier", metric="revenue")
    with pytest.raises(ToolError, match="is an id"):
        await office.run("explain_outlier", outlier="the one of yesterday")


async def test_episodes_say_who_has_them_and_the_value_then_and_now(office: Office) -> None:
    found = await office.run("episodes")
    assert (found["count"], found["not_taken"], found["by_severity"]) == (1, 0, {"critical": 1})
    episode = found["episodes"][0]
    assert (episode["value"], episode["value_now"], episode["percent"]) == (300, 120, 200)
    assert episode["acknowledged_by"] == "Lena"


async def test_past_episodes_are_those_of_the_period(office: Office) -> None:
    found = await office.run("episodes", state="all", start="2026-11-09", end="2026-11-11")
    assert [(each["what"], each["state"], each["minutes"]) for each in found["episodes"]] == [
        ("acme-import", "resolved", 2880)
    ]
    later = await office.run("episodes", state="all", start="2026-11-13", end="2026-11-14")
    assert [each["what"] for each in later["episodes"]] == ["acme revenue"]
    assert (await office.run("episodes", office.context(None), state="all"))["count"] == 4


async def test_task_runs_are_counted_by_state_and_by_job(office: Office) -> None:
    found = await office.run("task_runs", limit=1, **NOVEMBER)
    assert found["counts"] == {"succeeded": 1, "failed": 2, "dead_letter": 1}
    assert [(job["job"], job["failed"], job["last_state"]) for job in found["jobs"]] == [
        ("acme-import", 2, "succeeded"),
        ("acme-sync", 0, "dead_letter"),
    ]
    assert (found["count"], found["left_out"]) == (4, 3)
    assert found["runs"][0]["error"] == "acme said no"


async def test_task_runs_of_one_job_and_state(office: Office) -> None:
    found = await office.run("task_runs", job="IMPORT", state="failed", **NOVEMBER)
    assert [run["occurred_at"][:10] for run in found["runs"]] == ["2026-11-11", "2026-11-10"]
    assert (found["count"], found["job_count"]) == (2, 1)


async def test_alerts_say_their_conditions_with_the_last_value(office: Office) -> None:
    found = await office.run("alerts")
    assert (found["count"], found["of_the_agency"]) == (1, 1)
    alert = found["alerts"][0]
    assert alert["conditions"] == [{"text": "orders < 2", "severity": "critical", "last_value": "1"}]
    assert (alert["schedule"], alert["state"], alert["owner"]) == ("hourly", "ok", "acme owner")
    assert (await office.run("alerts", query="nothing like it"))["alerts"] == []


async def test_rules_say_what_goes_where(office: Office) -> None:
    found = await office.run("rules")
    assert [(rule["number"], rule["client"], rule["places"]) for rule in found["rules"]] == [
        (1, "all clients", ["#everybody"]),
        (2, "Acme", ["#acme"]),
    ]
    places = await office.run("destinations")
    assert {place["alias"]: place["rules"] for place in places["destinations"]}["#acme"] == [2]
