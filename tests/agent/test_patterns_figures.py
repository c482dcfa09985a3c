"""Figures asked for in one message: periods, corrections, metrics that share a word, supposed shares."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from houston.agent.patterns.understanding.candidates import is_money
from houston.agent.patterns.understanding.catalogue import Catalogue, MetricName
from houston.agent.patterns.understanding.reading import read
from tests.agent.test_patterns_trades import TRADES, asked_of, figures

THURSDAY = date(2026, 3, 12)
GARAGES, BOOKS = ("altstadt", "bahnhof", "messe"), ("audio", "webshop", "wholesale")
PARKING = Catalogue(
    metrics=(
        MetricName(name="entries", channels=GARAGES, totalled_by="sum"),
        MetricName(name="parking_fees", channels=GARAGES, totalled_by="sum"),
        MetricName(
            name="fee_per_car", channels=GARAGES, totalled_by="ratio", ratio_of=("parking_fees", "entries")
        ),
    )
)
PRESS = Catalogue(
    metrics=(
        MetricName(name="copies_sold", channels=BOOKS, totalled_by="sum"),
        MetricName(name="returned_copies", channels=BOOKS, totalled_by="sum"),
        MetricName(name="net_sales", channels=BOOKS, totalled_by="sum"),
    )
)
PERIODS = (
    ("hotel", "bookings 2026-03-02..2026-03-08", {"start": "2026-03-02", "end": "2026-03-08"}),
    ("hotel", "bookings in the 3 days before 5 march", {"start": "2026-03-02", "end": "2026-03-04"}),
    ("hotel", "bookings the 10 days from 20 february", {"start": "2026-02-20", "end": "2026-03-01"}),
    ("energy", "leads, the two weeks ending 8 march", {"start": "2026-02-23", "end": "2026-03-08"}),
    ("energy", "weekly leads for the four weeks up to last sunday", {"start": "2026-02-09"}),
    ("hotel", "bookings on the monday of this week", {"start": "2026-03-09", "end": "2026-03-09"}),
    ("hotel", "bookings tue vs wed last week", {"start": "2026-03-03", "compare_start": "2026-03-04"}),
    ("hotel", "clicks this week: monday vs tuesday", {"start": "2026-03-09", "compare_start": "2026-03-10"}),
    ("hotel", "clicks mon 2 mar vs mon 23 feb", {"start": "2026-03-02", "compare_start": "2026-02-23"}),
)
WEEK = {"start": "2026-03-09", "end": "2026-03-12", "compare_to": "same_period_last_week"}
MONTH = {"start": "2026-03-01", "end": "2026-03-12", "compare_to": "same_period_last_month"}
DAY = {"start": "2026-03-12", "end": "2026-03-12", "compare_to": "previous_period"}
AS_FAR = (
    ("hotel", "are bookings ahead of last week at this point", WEEK),
    ("hotel", "bookings so far this week against the same point last week", WEEK),
    ("hotel", "did we have more bookings by this time last week?", WEEK),
    ("charity", "donations by now vs at this stage last month", MONTH),
    ("software", "are we behind last month at this point on signups", MONTH),
    ("hotel", "how do clicks compare with yesterday at this time", DAY),
    ("hotel", "bookings at this point last year", {"start": "2026-01-01", "end": "2026-03-12"}),
)
CORRECTED = (
    ("hotel", "bookings last week, no wait, the week before", figures("bookings", start="2026-02-23")),
    ("hotel", "bookings last week - sorry i mean february", figures("bookings", start="2026-02-01")),
    ("hotel", "clicks, no, bookings last week", figures("bookings", start="2026-03-02")),
    ("hotel", "how were clicks? no, bookings. last week", figures("bookings", start="2026-03-02")),
    ("charity", "donations in leeds, actually york, in feb", figures("donations", channel="york")),
    ("software", "mrr in jan - make that feb", figures("mrr", start="2026-02-01")),
    ("dentist", "no show rate last week? no shows over appointments", figures("no_shows")),
)
MEANT = (
    ("hotel", "how much money went into paid-search last week", figures("ad_cost", channel="paid-search")),
    ("grocer", "what did we pull in last week", figures("revenue")),
    ("grocer", "are we making more money than the week before? last week", figures("revenue")),
    ("grocer", "what's the average amount per order last week", figures("basket_size")),
    ("energy", "which lead source signed the most contracts in feb", figures("contracts", by="channel")),
    ("energy", "which outlet brought the most leads in feb", figures("leads", by="channel")),
    ("charity", "donations at the leeds shop last week", figures("donations", channel="leeds")),
    ("energy", "contracts on the books last week", figures("contracts")),
    ("software", "ad spend last week in dollars", figures("ad_spend")),
)
SHARED: tuple[tuple[Catalogue, str, tuple[str, ...]], ...] = (
    (PARKING, "at which hour do most cars come in", ("entries",)),
    (PARKING, "did messe bring in more fees than altstadt", ("parking_fees",)),
    (PARKING, "bahnhof + messe fees added up", ("parking_fees",)),
    (PARKING, "how much does a car bring in", ("fee_per_car",)),
    (PARKING, "fee for one car", ("fee_per_car",)),
    (PRESS, "how much copies was sold in wholesale", ("copies_sold",)),
    (PRESS, "how much more did webshop sell than audio (copies)", ("copies_sold",)),
    (PRESS, "how many copies were returned", ("returned_copies",)),
    (PRESS, "copies last week", ("copies_sold", "returned_copies")),
)
SUPPOSED = (
    ("software", "if we had spent 10% less last week what would ad spend have been", "100 - 10"),
    ("hotel", "what would room revenue have been last week with 5% on top", "100 + 5"),
    ("hotel", "bookings last week plus 10%", "100 + 10"),
    ("hotel", "ad cost last month minus 20%", "100 - 20"),
    ("software", "if ad spend had been 15% higher in feb, what would it have been", "100 + 15"),
    ("hotel", "was occupancy 10% higher than last week?", ""),
)


@pytest.mark.parametrize(("trade", "said", "dates"), [*PERIODS, *AS_FAR])
def test_a_period_is_read_however_its_ends_are_named(trade: str, said: str, dates: Mapping[str, str]) -> None:
    _, arguments = asked_of(trade, said)
    assert {name: arguments.get(name) for name in dates} == dates


@pytest.mark.parametrize(("trade", "said", "expected"), [*CORRECTED, *MEANT])
def test_the_figure_that_is_meant_is_read(
    trade: str, said: str, expected: tuple[str, Mapping[str, Any]]
) -> None:
    tool, arguments = asked_of(trade, said)
    assert (tool, {name: arguments.get(name) for name in expected[1]}) == expected


@pytest.mark.parametrize(("catalogue", "said", "metrics"), SHARED)
def test_of_metrics_that_share_a_word_the_sentence_leaves_one_or_it_is_asked(
    catalogue: Catalogue, said: str, metrics: tuple[str, ...]
) -> None:
    found = {name for match in read(said, catalogue, THURSDAY).named("metric") for name in match.names}
    assert found == set(metrics)


@pytest.mark.parametrize(("trade", "said", "number"), SUPPOSED)
def test_a_supposed_percentage_is_arithmetic(trade: str, said: str, number: str) -> None:
    formula = read(said, TRADES[trade], THURSDAY).formula
    assert (formula.number if formula else "") == number


@pytest.mark.parametrize(
    "said",
    ["if we spend 10% more on ads, what mrr do we get?", "what would mrr be if we raised prices by 10%"],
)
def test_what_would_follow_or_be_made_up_is_in_no_data(said: str) -> None:
    assert asked_of("software", said)[0] == "(beyond)"


def test_what_is_unusual_in_the_last_days_is_listed_up_to_now() -> None:
    _, arguments = asked_of("hotel", "list everything unusual in the last 10 days")
    assert arguments["end"] == "2026-03-12"


def test_another_noun_in_a_metrics_name_is_no_slip_of_the_pen() -> None:
    reading = read("how many parking fines were handed out last week", PARKING, THURSDAY)
    assert reading.strays == ("fines",)


@pytest.mark.parametrize("said", ["bookings by this point last quarter", "bookings this season"])
def test_a_stretch_that_is_not_known_is_never_left_out(said: str) -> None:
    assert asked_of("hotel", said)[0] != "channel_performance"


@pytest.mark.parametrize(
    ("said", "channels"),
    [
        ("bookings last week for whoever is writing the daily mail", ()),
        ("I'm drafting the monday email, how many bookings last week?", ()),
        ("bookings from email last week", ("email",)),
    ],
)
def test_a_mail_that_is_being_written_is_no_channel(said: str, channels: tuple[str, ...]) -> None:
    stays = Catalogue(metrics=(MetricName(name="bookings", channels=("email", "google"), totalled_by="sum"),))
    assert read(said, stays, THURSDAY).sure("channel") == channels


@pytest.mark.parametrize(("unit", "money"), [("EUR", True), ("€", True), ("chf", True), ("KWH", False)])
def test_money_is_what_the_currencies_know(unit: str, money: bool) -> None:
    assert is_money(MetricName(name="takings", channels=(), unit=unit)) is money
