"""What a message says beside the names: two questions in one, what is wanted changed, customers."""

from datetime import date

import pytest

from houston.agent.patterns.clauses import clauses
from houston.agent.patterns.understanding.conditions import condition_in
from houston.agent.patterns.understanding.overwriting import overwrites
from houston.agent.patterns.understanding.reading import read
from tests.agent.test_patterns_trades import TRADES, asked_of

TODAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("say", "parts"),
    [
        ("how are bookings this week, and are there any open notes?", 2),
        ("is it still going on, and has somebody taken it?", 2),
        ("which jobs failed yesterday? also, how many bookings did we have?", 2),
        ("which jobs failed and why did they fail", 1),
        ("how many bookings did we have and how many clicks were there last week", 1),
        ("how many customers are there and what did they spend", 1),
        ("which notes are open and who wrote them", 1),
    ],
)
def test_two_questions_about_different_things_are_answered_one_by_one(say: str, parts: int) -> None:
    assert len(clauses(say, TRADES["hotel"], TODAY, goes_on=True)) == parts


@pytest.mark.parametrize(
    ("say", "gist"),
    [
        (
            "Sorry, long day, I had Ledgerly on the phone about their trials for hours, and now my boss"
            " wants "
            "to know how many bookings Casa Azul had",
            "how many bookings Casa Azul had",
        ),
        (
            "I am preparing the deck for Casa Azul and nobody is in today who could help me. How many"
            " bookings "
            "last week?",
            "How many bookings last week for Casa Azul?",
        ),
        ("how many bookings did Casa Azul have last week", "how many bookings did Casa Azul have last week"),
    ],
)
def test_a_long_introduction_is_left_out_but_for_its_client(say: str, gist: str) -> None:
    assert clauses(say, TRADES["hotel"], TODAY, goes_on=False) == (gist,)


@pytest.mark.parametrize(
    ("say", "is_declined"),
    [
        ("set the bookings of the newsletter on 5 march to 700", True),
        ("bookings should be 900 on 5 march, please fix it", True),
        ("add 100 clicks to organic yesterday", True),
        ("make zoe malone a vip", True),
        ("add a customer called Max", True),
        ("change the chart to the last 10 days", False),
        ("put bookings by channel in a table", False),
        ("compare bookings to 5 march", False),
        ("update me on bookings", False),
    ],
)
def test_figures_and_customers_are_never_changed(say: str, is_declined: bool) -> None:
    assert overwrites(read(say, TRADES["hotel"], TODAY)) is is_declined


@pytest.mark.parametrize(
    ("say", "orders", "are_meant"),
    [
        ("customers who never bought anything", 0, True),
        ("who has at least 20 orders", 20, True),
        ("customers with more than 20 orders", 20, False),
        ("who ordered more than once", 2, True),
        ("who ordered just once", 2, False),
    ],
)
def test_customers_are_chosen_by_what_they_ordered(say: str, orders: int, are_meant: bool) -> None:
    condition = condition_in(say)
    assert condition is not None
    assert condition.holds({"orders": orders, "revenue": 10.0}) is are_meant


@pytest.mark.parametrize(
    ("trade", "say", "tool"),
    [
        ("hotel", "what did we write down about black friday", "notes"),
        ("software", "who wrote about the outage", "notes"),
        ("charity", "has the team jotted down anything lately", "notes"),
        ("grocer", "what are the latest notes", "notes"),
        ("hotel", "which channel gets told when a job fails", "rules"),
        ("energy", "who hears about failed imports", "rules"),
        ("dentist", "what goes to #front-desk", "rules"),
        ("grocer", "has anybody acknowledged the orders alert", "episodes"),
        ("energy", "is somebody looking into this", "episodes"),
        ("software", "who is the best customer by revenue", "customers"),
        ("grocer", "look up GREEN-1030", "customers"),
        ("charity", "who gave the most", "customers"),
        ("dentist", "was 7 march a saturday", "calendar"),
    ],
)
def test_what_is_kept_is_told_by_its_roles_in_any_trade(trade: str, say: str, tool: str) -> None:
    assert asked_of(trade, say)[0] == tool
