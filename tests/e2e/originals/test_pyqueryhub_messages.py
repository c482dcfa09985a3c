"""PyQueryHub, “Slack Message Format” and “Examples”: each message word for word, driven by real checks."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from houston import access
from houston.watch.policy import Policy, Verdict
from tests.bot.conftest import House
from tests.e2e.originals.happenings import alert, in_new_york, joined, rule
from tests.e2e.originals.screen import becomes, buttons, nothing_else, posted, read

pytestmark = pytest.mark.slow

FIRED = in_new_york(2024, 12, 15, 14, 14)
MENDED = in_new_york(2024, 12, 15, 16, 32)

TRIGGERED = """
🚨 Alert Triggered: Daily Sales Alert
📊 Report: Q4 Sales Dashboard
⚠️ Alert: Daily Sales Alert
📅 When: Dec 15, 2024 2:14 PM
🔎 Broken Rules:
1. Revenue < 10000 (Current: 8,750)
2. New Customers < 50 (Current: 23)
"""

RESOLVED = """
✅ Alert Resolved: Daily Sales Alert
📊 Report: Q4 Sales Dashboard
✅ This alert has returned to an 'ok' state.
Resolved: Dec 15, 2024 4:32 PM
"""

NOTEBOOK = """
📔 Notebook Alert: Data Processing Update
Status: Success ✅
Message: Daily ETL completed successfully. 1,247 records processed.
"""

DAILY_REVENUE = """
🚨 Alert Triggered: Daily Revenue Alert
📊 Report: Daily Sales Dashboard
⚠️ Alert: Daily Revenue Alert
📅 When: Dec 15, 2024 6:00 PM
🔎 Broken Rules:
1. Revenue < 50000 (Current: 42,750)
"""


def lines(example: str) -> list[str]:
    return example.strip().split("\n")


async def daily_sales(house: House, revenue: str, customers: str, at: datetime, **more: Any) -> None:
    broken = {"Revenue < 10000": revenue, "New Customers < 50": customers}
    verdict: Verdict = "breach" if float(revenue) < 10_000 else "ok"
    await alert(house, "Daily Sales Alert", "Q4 Sales Dashboard", broken, at=at, verdict=verdict, **more)


async def test_alert_triggered_message(house: House) -> None:
    await rule(house, "data_alert")
    await daily_sales(house, "8750", "23", FIRED)
    message = await posted(house, house.general, "Alert Triggered")
    shown = read(house, message)
    assert shown[:-1] == lines(TRIGGERED)
    assert shown[-1] == "[Ask Houston] [Acknowledge] [Snooze] [View Report] [⋯]"
    assert buttons(message)["View Report"] == "https://reports.example/42"
    assert message.text == (
        "🚨 Alert Triggered: Daily Sales Alert: Revenue &lt; 10000 (Current: 8,750); "
        "New Customers &lt; 50 (Current: 23). Dec 15, 2024 2:14 PM"
    )


async def test_alert_resolved_message(house: House) -> None:
    """The message of the alert becomes it, and its thread says so."""
    await rule(house, "data_alert")
    await daily_sales(house, "8750", "23", FIRED)
    message = await posted(house, house.general, "Alert Triggered")
    await daily_sales(house, "12300", "61", MENDED)
    await becomes(house, message, "Alert Resolved")
    shown = read(house, message)
    assert shown[:3] == lines(RESOLVED)[:3]
    assert shown[3] == lines(RESOLVED)[3] + " · after 2 h"
    assert buttons(message)["View Report"] == "https://reports.example/42"
    reply = await posted(
        house, house.general, "This alert has returned to an 'ok' state", thread_ts=message.ts
    )
    assert read(house, reply)[1] == "Daily Sales Alert · Dec 15, 2024 4:32 PM"
    await nothing_else(house, house.general, 2)


@pytest.mark.parametrize(
    ("status", "reads"),
    [("success", "Success ✅"), ("warning", "Warning ⚠️"), ("failure", "Failure ❌")],
)
async def test_notebook_alert_message(house: House, status: str, reads: str) -> None:
    await rule(house, "notebook_alert")
    await house.houston.notebook_alerts.report(
        access.everything(),
        notebook="Data Processing Update",
        status=status,
        message="Daily ETL completed successfully. 1,247 records processed.",
        url="https://notebooks.example/1",
    )
    message = await posted(house, house.general, "Notebook Alert")
    shown = read(house, message)
    assert shown[:3] == [line.replace("Success ✅", reads) for line in lines(NOTEBOOK)]
    assert shown[3].startswith("📅 ")
    assert shown[4:] == ["[Ask Houston] [View Report] [⋯]"]
    assert buttons(message) == {"Ask Houston": "", "View Report": "https://notebooks.example/1"}


async def test_e_commerce_sales_alert_when_daily_revenue_drops_below_target(house: House) -> None:
    sales = await joined(house, "sales-team")
    await rule(house, "data_alert", sales, subject="Daily Revenue*")
    at = in_new_york(2024, 12, 15, 18, 0)
    await alert(house, "Daily Revenue Alert", "Daily Sales Dashboard", {"Revenue < 50000": "42,750"}, at=at)
    message = await posted(house, sales, "Alert Triggered")
    assert read(house, message)[:-1] == lines(DAILY_REVENUE)
    assert "View Report" in buttons(message)


async def test_system_health_monitoring_database_performance_metrics(house: House) -> None:
    """As it gets worse the message shows then and now."""
    devops = await joined(house, "devops")
    await rule(house, "data_alert", devops, subject="DB Performance Alert")
    name, report = "DB Performance Alert", "Database Health"
    response, connections = "Query Response Time > 2000ms", "Active Connections > 100"
    await alert(house, name, report, {response: "2,340ms", connections: "131"}, at=FIRED)
    message = await posted(house, devops, "🚨 Alert Triggered: DB Performance Alert")
    assert read(house, message)[5:7] == [
        "1. Query Response Time > 2000ms (Current: 2,340ms)",
        "2. Active Connections > 100 (Current: 131)",
    ]
    later = FIRED + timedelta(minutes=5)
    await alert(house, name, report, {response: "4,100ms", connections: "131"}, at=later)
    await becomes(house, message, "1. Query Response Time > 2000ms (Current: 4,100ms, was 2,340ms)")
    await nothing_else(house, devops, 1)


async def test_marketing_campaign_tracking_conversion_rates_for_campaigns(house: House) -> None:
    marketing = await joined(house, "marketing-team")
    await rule(house, "data_alert", marketing)
    broken = {"Conversion Rate < 2.5%": "1.9%", "Cost per Acquisition > $40": "$52.10"}
    await alert(house, "Low Conversion Alert", "Campaigns", broken, at=FIRED, client_id=house.acme.id)
    message = await posted(house, marketing, "🚨 Alert Triggered: Low Conversion Alert")
    assert read(house, message)[4:8] == [
        "👤 Client: Acme",
        "🔎 Broken Rules:",
        "1. Conversion Rate < 2.5% (Current: 1.9%)",
        "2. Cost per Acquisition > $40 (Current: $52.10)",
    ]


@pytest.mark.parametrize(
    ("verdict", "error", "heading", "why"),
    [
        ("no_data", "", "❔ No data", "The report returned no rows, so its rules could not be checked."),
        ("error", "no such table: orders", "⚠️ Could not be checked", "no such table: orders"),
    ],
)
async def test_a_report_that_cannot_be_checked_says_so_instead_of_going_silent(
    house: House, verdict: Verdict, error: str, heading: str, why: str
) -> None:
    await rule(house, "data_alert")
    await daily_sales(house, "8750", "23", FIRED)
    message = await posted(house, house.general, "Alert Triggered")
    await alert(
        house,
        "Daily Sales Alert",
        "Q4 Sales Dashboard",
        {},
        at=MENDED,
        verdict=verdict,
        policy=Policy(no_data="tell", error="tell"),
        error=error,
    )
    assert why in await becomes(house, message, f"{heading}: Daily Sales Alert")
    await posted(house, house.general, heading, thread_ts=message.ts)
