import asyncio
from dataclasses import replace

import pytest

from houston.agent.tool import ToolError
from houston.agent.turn import ChoicesOffered
from houston.errors import Invalid, NotFound
from store.tables import Client
from tests.agent.tooling.office import NOVEMBER, Office
from tools.adding_up import totals

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_reports_say_how_old_their_rows_are(office: Office) -> None:
    found = await office.run("reports", query="sales OF")
    assert (found["count"], found["of_the_agency"]) == (1, 1)
    report = found["reports"][0]
    assert report["name"] == "Sales of acme"
    assert (report["rows"], report["hours_old"], report["alerts"]) == (4, 3, 1)
    assert report["url"] == "https://reports.example/acme"
    assert (await office.run("reports", office.context(None)))["count"] == 3


async def test_report_rows_are_those_of_the_newest_run_and_totals_of_all_rows(office: Office) -> None:
    found = await office.run("report_rows", report="sales of agency", limit=2)
    assert found["rows"][0] == {"shop": "agency 1", "revenue": 10, "orders": 1}
    assert (found["row_count"], found["left_out"]) == (4, 2)
    assert found["totals"] == {"revenue": 100, "orders": 10}


async def test_a_report_is_run_against_its_database_and_not_again_within_a_minute(office: Office) -> None:
    found = await office.run("run_report", office.context("globex"), report="Sales of globex")
    assert found["rows"] == [
        {"shop": "North", "revenue": 100.5, "orders": 3},
        {"shop": "South", "revenue": 200, "orders": 4},
    ]
    assert (found["hours_old"], found["totals"]["revenue"]) == (0, 300.5)
    again = await office.run("run_report", office.context("globex"), report="Sales of globex")
    assert again == found


@pytest.mark.parametrize(
    ("column", "adds"),
    [
        ("Revenue", True),
        ("orders", True),
        ("Conversion Rate", False),
        ("conversionRate", False),
        ("cost_per_click", False),
        ("CPC", False),
        ("Share %", False),
        ("customer_id", False),
        ("strategy", True),
    ],
)
async def test_only_what_adds_up_is_added_up(column: str, adds: bool) -> None:
    rows: list[list[object]] = [["North", 1.5], ["South", None], ["East", 2]]
    assert totals(["shop", column], rows) == ({column: 3.5} if adds else {})
    assert totals(["shop", column], [*rows, ["Total", 3.5]]) == {}


async def test_an_unknown_report_names_what_there_is(office: Office) -> None:
    with pytest.raises(NotFound, match="There are: Sales of acme, Sales of agency, Sales of globex"):
        await office.run("report_rows", report="weather")


async def test_a_note_is_read_whole_by_its_id_or_title(office: Office) -> None:
    by_title = await office.run("read_note", note="new landing page")
    assert by_title["note"]["body"] == "See the dashboard."
    assert await office.run("read_note", note=by_title["note"]["id"]) == by_title
    with pytest.raises(NotFound):
        await office.run("read_note", note="3")  # a private one
    with pytest.raises(ToolError, match="no note called"):
        await office.run("read_note", note="Salary talk")


async def test_customers_are_found_by_name_mail_and_id_with_their_sums(office: Office) -> None:
    for query in ("lovelace", "c0@EXAMPLE", "c0"):
        found = await office.run("customers", query=query)
        assert [each["name"] for each in found["customers"]] == ["Ada Lovelace"]
    top = await office.run("customers", limit=1)
    assert (top["count"], top["left_out"]) == (3, 2)
    assert top["matching"] == {"orders": 15, "revenue": 1390.5, "unit": "USD"}
    assert (top["customers"][0]["average_order"], top["customers"][0]["unit"]) == (100, "USD")
    vips = await office.run("customers", segment="VIP", order_by="orders")
    assert [each["orders"] for each in vips["customers"]] == [9, 4]


async def test_new_and_returning_customers_say_what_is_meant(office: Office) -> None:
    found = await office.run("customer_summary", **NOVEMBER)
    assert (found["total"], found["new"], found["returning"]) == (3, 1, 2)
    assert (found["ordered_more_than_once"], found["average_order"], found["unit"]) == (3, 92.7, "USD")
    assert "no dates of single orders" in found["meaning"]["returning"]


async def test_the_calendar_counts_working_days_without_holidays(office: Office) -> None:
    found = await office.run("calendar", start="2026-12-21", end="2027-01-03", country="de")
    assert (found["days"], found["weekend_days"], found["working_days"]) == (14, 4, 8)
    assert [each["date"] for each in found["holidays"]] == ["2026-12-25", "2026-12-26", "2027-01-01"]
    assert found["end"] == {
        "date": "2027-01-03",
        "weekday": "Sunday",
        "iso_week": 53,
        "iso_year": 2026,
        "quarter": 1,
        "day_of_year": 3,
        "days_from_today": 46,
    }
    one = await office.run("calendar", start="2026-11-18")
    assert (one["start"]["days_from_today"], one["start"]["weekday"], one["days"]) == (0, "Wednesday", 1)
    with pytest.raises(Invalid, match="no country"):
        await office.run("calendar", start="2026-11-18", country="Narnia")


async def test_a_question_back_offers_its_options_once_each(office: Office) -> None:
    before = len(office.shown)
    found = await office.run("ask_person", question="Which one?", options=["Acme", " Acme ", "Globex"])
    assert office.shown[before] == ChoicesOffered(options=("Acme", "Globex"))
    assert found["asked"] == "Which one?"
    with pytest.raises(ToolError, match="at most 5 items"):
        await office.run("ask_person", question="Which one?", options=list("abcdef"))


@pytest.mark.parametrize("called", ["globex", "Globex", "2", "globx", "GLOBEX "])
async def test_a_client_is_called_by_id_slug_name_or_nearly_so(office: Office, called: str) -> None:
    switched: list[Client] = []
    ctx = replace(office.context(), switch_client=switched.append)
    assert (await office.run("switch_client", ctx, client=called))["client"]["name"] == "Globex"
    assert [client.slug for client in switched] == ["globex"]


async def test_tools_answer_at_the_same_time(office: Office) -> None:
    contexts = [office.context(slug) for slug in ("acme", "globex")]
    found = await asyncio.gather(*(office.run("episodes", ctx) for ctx in contexts))
    assert [each["episodes"][0]["client"] for each in found] == ["Acme", "Globex"]
