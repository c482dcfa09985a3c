"""Trades that no rule was made for: a hotel, a dentist, a software house, a grocer, a charity, energy."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from houston.agent.facts import ClientName, Facts
from houston.agent.patterns.planning.asking import NEEDS_CLIENT, doubt
from houston.agent.patterns.planning.plan import plan
from houston.agent.patterns.planning.wanted import Done
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.follow import follow
from houston.agent.patterns.understanding.reading import read
from tools import ALL_TOOLS

TOOLS = frozenset(tool.name for tool in ALL_TOOLS)
NAMES = {
    "hotel": "Casa Azul", "dentist": "Brightsmile", "software": "Ledgerly", "grocer": "Green Basket",
    "charity": "Open Hands", "energy": "Voltaic",
}  # fmt: skip
CLIENTS = [{"slug": name.casefold().replace(" ", "-"), "name": name} for name in NAMES.values()]
METRICS = {
    "hotel": "bookings cancellations room_nights room_revenue adr occupancy ad_cost clicks impressions ctr",
    "dentist": "appointments new_patients no_shows treatment_revenue ad_spend",
    "software": "signups demo_requests mrr churned_accounts active_accounts nps ad_spend cpa",
    "grocer": "orders revenue basket_size ad_cost",
    "charity": "donations donors volunteers emails_sent open_rate fundraising_cost",
    "energy": "kwh_sold contracts complaints call_wait_time margin_eur media_spend leads",
}
CHANNELS = {
    "hotel": ["organic", "booking.com", "paid-search", "newsletter"],
    "dentist": ["organic", "google-ads", "referrals"],
    "software": ["organic", "linkedin", "paid-search", "affiliates"],
    "grocer": ["organic", "google", "app"],
    "charity": ["hull", "leeds", "york"],
    "energy": ["door-to-door", "comparison-sites", "radio", "online"],
}
RATIOS = ("adr", "ctr", "cpa", "basket_size", "open_rate")


def catalogue_of(trade: str) -> Catalogue:
    metrics = [
        {"name": name, "channels": CHANNELS[trade], "totalled_by": "ratio" if name in RATIOS else "sum"}
        for name in METRICS[trade].split()
    ]
    return Catalogue.of({"metrics": metrics}, {"clients": CLIENTS}, ["loyal", "lapsed"])


TRADES = {trade: catalogue_of(trade) for trade in NAMES}


def asked_of(trade: str, said: str) -> tuple[str, Mapping[str, Any]]:
    """The first call; what is asked or declined instead, in brackets."""
    facts = Facts(
        now=datetime(2026, 3, 12, 9, 30, tzinfo=UTC),  # a Thursday
        zone=ZoneInfo("UTC"),
        member="Dana",
        client=ClientName(slug=NAMES[trade].casefold().replace(" ", "-"), name=NAMES[trade]),
    )
    known = TRADES[trade]
    question = follow(None, read(said, known, facts.today), known, facts.today, NAMES[trade])
    if question.intent in ("refused", "beyond"):
        return f"({question.intent})", {"words": question.declined}
    if unsure := doubt(question, known, facts):
        return "(asks)", {"options": unsure.options}
    if question.strays and question.intent in (*NEEDS_CLIENT, "unknown"):
        return "(unknown name)", {"words": question.strays}
    calls = plan(question, known, facts, Done(result=lambda call: None, tools=TOOLS))
    return (calls[0].tool, calls[0].arguments) if calls else (f"({question.intent})", {})


def figures(metric: str, **more: str) -> tuple[str, dict[str, Any]]:
    return "channel_performance", {"metric": metric, **more}


FORECAST = (
    ("software", "what will mrr be by year end?"),
    ("software", "expected mrr next month"),
    ("software", "are we on track for 200 signups this month"),
    ("software", "projected signups for april"),
    ("software", "where will nps land at the end of q2"),
    ("hotel", "how many bookings are we going to get in may"),
    ("hotel", "at this rate, where do we end up in room revenue"),
    ("hotel", "how much revenue should we expect by summer"),
    ("hotel", "how many bookings do you reckon we'll get in june"),
    ("hotel", "which channel will bring most bookings"),
    ("dentist", "how many appts will we have by month end"),
    ("dentist", "are we on pace for 400 appointments this month"),
    ("grocer", "revenue for the rest of the month"),
    ("grocer", "is revenue likely to recover"),
    ("hotel", "what's a typical adr for other hotels"),
    ("dentist", "what do other practices pay per new patient"),
    ("grocer", "what's the market average basket size"),
    ("hotel", "industry average cpc"),
)
STRANGERS = (
    ("grocer", "how is ocado doing vs us"),
    ("grocer", "what does tesco charge for delivery"),
    ("software", "what does xero charge for their starter plan"),
    ("software", "how's quickbooks doing"),
    ("software", "how do we compare with freshbooks"),
    ("software", "is intercom cheaper than us"),
    ("software", "average churn in saas companies"),
    ("hotel", "how did hilton do last week"),
    ("hotel", "marriott vs us"),
    ("hotel", "how busy was the ritz last week"),
    ("hotel", "airbnb bookings last week"),
    ("dentist", "how is smile direct doing"),
    ("grocer", "is sainsbury's growing faster than us"),
    ("grocer", "how does aldi stack up against us"),
    ("grocer", "compare our orders with morrisons"),
    ("grocer", "how much does waitrose spend on ads"),
    ("grocer", "what are lidl's orders last week"),
)
ANSWERED: tuple[tuple[str, str, tuple[str, dict[str, Any]]], ...] = (
    ("hotel", "what do guests spend on average", ("customer_summary", {})),
    ("hotel", "how many clicks are going to the site last week", figures("clicks")),
    ("hotel", "when will easter be", ("calendar", {"start": "2026-04-05"})),
    ("hotel", "is easter monday going to be a holiday", ("calendar", {"start": "2026-04-06"})),
    ("hotel", "will you show me bookings last week", figures("bookings", start="2026-03-02")),
    ("software", "how is linkedin doing vs affiliates", figures("signups")),
    ("software", "how is ledgerly doing", figures("signups")),
    ("grocer", "how did we do last week", figures("orders", start="2026-03-02")),
    ("hotel", "did we beat last week on bookings", figures("bookings")),
    ("software", "were there any hiccups last week", ("outlier_occurrences", {"start": "2026-03-02"})),
    ("hotel", "who are our 3 top guests by revenue", ("customers", {"limit": 3, "order_by": "revenue"})),
    ("dentist", "who are our best patients", ("customers", {})),
    ("dentist", "returning patients", ("customer_summary", {})),
    ("dentist", "patients last week", figures("new_patients")),
    ("software", "top 5 subscribers", ("customers", {"limit": 5})),
    ("software", "how many users came back", ("customer_summary", {})),
    ("grocer", "list our lapsed members", ("customers", {"segment": "lapsed"})),
    ("hotel", "new guests last month", ("customer_summary", {"start": "2026-02-01"})),
    ("hotel", "look up guest Aoife Byrne", ("customers", {"query": "aoife byrne"})),
    ("hotel", "revenue per guest", ("customer_summary", {})),
    ("software", "new sign ups from linkedin last week", figures("signups", channel="linkedin")),
    ("software", "sign-ups yesterday", figures("signups")),
    ("software", "is churn up or down vs last month", figures("churned_accounts")),
    ("software", "demo reqs last week", figures("demo_requests")),
    ("software", "churned accts last week", figures("churned_accounts")),
    ("software", "net promoter score last month", figures("nps")),
    ("software", "monthly recurring revenue yesterday", figures("mrr")),
    ("dentist", "appts last wk, all channels", figures("appointments", by="channel")),
    ("dentist", "noshows last week", figures("no_shows")),
    ("dentist", "treatment rev last month", figures("treatment_revenue")),
    ("hotel", "average daily rate ytd", figures("adr", start="2026-01-01")),
    ("hotel", "bkgs yesterday", figures("bookings")),
    ("hotel", "occup last week", figures("occupancy")),
    ("hotel", "cancels last week", figures("cancellations")),
    ("grocer", "avg basket size last week?", figures("basket_size", by="total")),
    ("grocer", "mean basket size yesterday", figures("basket_size")),
    ("hotel", "average room nights last week", figures("room_nights", by="total")),
    ("hotel", "cancellation rate last week? cancellations over bookings", figures("cancellations")),
    ("dentist", "no show rate last week? no shows over appointments", figures("no_shows")),
    ("software", "any notes re: linkedin / budget", ("notes", {"query": "linkedin budget"})),
    ("hotel", "notes about guests", ("notes", {"query": "guests"})),
    ("hotel", "what's the plan for easter", ("notes", {})),
)


@pytest.mark.parametrize(("trade", "said"), FORECAST)
def test_the_future_and_the_market_are_in_no_data(trade: str, said: str) -> None:
    assert asked_of(trade, said)[0] == "(beyond)"


@pytest.mark.parametrize(("trade", "said"), STRANGERS)
def test_a_stranger_never_leads_to_our_own_figures(trade: str, said: str) -> None:
    assert asked_of(trade, said)[0] == "(unknown name)"


@pytest.mark.parametrize(("trade", "said", "expected"), ANSWERED)
def test_every_trade_is_understood_in_its_own_words(
    trade: str, said: str, expected: tuple[str, Mapping[str, Any]]
) -> None:
    tool, arguments = asked_of(trade, said)
    assert (tool, {name: arguments.get(name) for name in expected[1]}) == expected


def test_a_rate_that_is_spelled_out_is_given_in_percent() -> None:
    known = TRADES["hotel"]
    asked = read("cancellation rate? cancellations over bookings", known, date(2026, 3, 12))
    assert asked.formula is not None
    assert asked.formula.percent
