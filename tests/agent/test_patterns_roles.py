"""What a wording stands for by its roles: what is held against what, hours, bands, prices, budgets left."""

from collections.abc import Mapping
from typing import Any

import pytest

from houston.agent.patterns.understanding.catalogue import Catalogue, MetricName
from houston.agent.patterns.understanding.formulas import Formula
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import read
from houston.agent.patterns.understanding.reckoned import hours_of
from houston.agent.patterns.understanding.unheld import with_unheld
from tests.agent.test_patterns_figures import THURSDAY
from tests.agent.test_patterns_trades import TRADES, asked_of, figures

WEEK = {"start": "2026-03-02", "end": "2026-03-08", "compare_to": "previous_period"}
SOLAR = Catalogue(
    metrics=(
        MetricName(name="leads", totalled_by="sum", clients=("Helio", "Quill")),
        MetricName(name="site_visits", totalled_by="sum", clients=("Helio",)),
        MetricName(name="contracts", totalled_by="sum", clients=("Helio",)),
        MetricName(name="ad_budget_used", unit="€", totalled_by="sum", clients=("Helio",)),
        MetricName(
            name="cost_per_lead", unit="€", totalled_by="ratio", ratio_of=("ad_budget_used", "leads"),
            clients=("Helio", "Quill"),
        ),
        MetricName(name="installation_fees", unit="€", totalled_by="sum"),
        MetricName(name="new_installations", totalled_by="sum"),
    )
)  # fmt: skip
COMPARED = (
    ("hotel", "by how many percent did bookings change last week compared with the week before that?", WEEK),
    ("dentist", "how did appointments change last week vs the previous week?", WEEK),
    ("charity", "by what percentage did donations go up last week?", WEEK),
    ("software", "signups on linkedin vs affiliates last week?", WEEK),
    ("energy", "contracts yesterday vs a week ago", {"compare_to": "same_period_last_week"}),
    ("grocer", "are orders higher than they were last week?", {"compare_to": "same_period_last_week"}),
    ("hotel", "clicks on the first monday of march", {"start": "2026-03-02", "end": "2026-03-02"}),
    ("energy", "total complaints in january and february together", {"start": "2026-01-01"}),
)
MEANT: tuple[tuple[str, str, tuple[str, Mapping[str, Any]]], ...] = (
    ("hotel", "how full were we last week?", figures("occupancy")),
    ("software", "how happy were they with us last week?", figures("nps")),
    ("energy", "how long do people wait, last week", figures("call_wait_time")),
    ("hotel", "bookings last 14 days 📈", ("draw_chart", {"metric": "bookings"})),
    ("grocer", "orders by channel this week :bar_chart:", ("draw_chart", {"by_channel": True})),
    ("dentist", "appointments per day last week with the usual range", ("metric_series", {"every": "day"})),
    ("grocer", "were orders within the normal band yesterday?", ("metric_series", {"every": "hour"})),
    ("hotel", "how many days is it until 1 april?", ("calendar", {"start": "2026-04-01"})),
    ("charity", "days left until the end of the month", ("calendar", {"start": "2026-03-31"})),
    ("energy", "working days left in march", ("calendar", {"start": "2026-03-12", "end": "2026-03-31"})),
    ("hotel", "how many bookings were stolen last week", ("(unknown name)", {})),
)
WORKED_OUT = (
    ("cost per contract", ("ad_budget_used", "contracts"), ""),
    ("what did a contract cost us last week", ("ad_budget_used", "contracts"), ""),
    ("is google or meta cheaper per contract?", ("ad_budget_used", "contracts"), ""),
    ("contracts per 100 leads", ("contracts", "leads"), "100"),
    ("site visits to leads conversion", ("leads", "site_visits"), ""),
    ("how many of the visits became leads?", ("leads", "site_visits"), ""),
)


@pytest.mark.parametrize(("trade", "said", "asked"), COMPARED)
def test_a_period_is_held_against_the_one_that_is_said(
    trade: str, said: str, asked: Mapping[str, str]
) -> None:
    tool, arguments = asked_of(trade, said)

    assert (tool, {name: arguments.get(name) for name in asked}) == ("channel_performance", dict(asked))


@pytest.mark.parametrize(("trade", "said", "asked"), MEANT)
def test_the_wish_is_found_by_what_its_words_stand_for(
    trade: str, said: str, asked: tuple[str, Mapping[str, Any]]
) -> None:
    tool, arguments = asked_of(trade, said)

    assert (tool, {name: arguments.get(name) for name in asked[1]}) == (asked[0], dict(asked[1]))


@pytest.mark.parametrize(("said", "metrics", "times"), WORKED_OUT)
def test_what_one_costs_or_comes_to_is_worked_out_of_the_sums(
    said: str, metrics: tuple[str, ...], times: str
) -> None:
    formula = read(said, SOLAR, THURSDAY).formula

    assert isinstance(formula, Formula)
    assert (formula.metrics, formula.number) == (metrics, times)


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("orders at 9pm yesterday", (21, 21)),
        ("plays between 18:00 and 22:00 yesterday", (18, 21)),
        ("entries between 8 and 10 this morning", (8, 9)),
        ("clicks in the last 3 hours", (-3, -1)),
        ("clicks between 8 and 10 november", None),
        ("leads last week", None),
    ],
)
def test_hours_of_a_day_are_read_as_they_are_said(said: str, hours: tuple[int, int] | None) -> None:
    assert hours_of(said) == hours


def test_money_of_something_is_what_it_brought_in_not_how_many_there_were() -> None:
    assert read("installation money in february", SOLAR, THURSDAY).sure("metric") == ("installation_fees",)


def test_of_a_metric_that_one_client_alone_has_nobody_needs_to_ask_whose_it_is() -> None:
    helio = Catalogue.of({}, {"clients": [{"slug": "helio", "name": "Helio"}]})
    known = Catalogue(metrics=SOLAR.metrics, clients=helio.clients)

    assert (known.owner(["contracts"]), known.owner(["leads"])) == (helio.clients[0], None)


@pytest.mark.parametrize(
    "said",
    ["what is left of the ad budget?", "how much budget do we still have this month", "unspent money?"],
)
def test_what_is_left_of_a_budget_is_not_what_was_spent(said: str) -> None:
    reading = read(said, SOLAR, THURSDAY)
    spent = Question(intent="performance", metrics=("ad_budget_used",))

    assert with_unheld(spent, reading).strays[0].startswith("budget ")


def test_books_are_no_booksellers() -> None:
    known = Catalogue(metrics=TRADES["grocer"].metrics, segments=("bookseller",))

    assert read("how many books last week", known, THURSDAY).named("segment") == ()
