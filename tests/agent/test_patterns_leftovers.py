"""Words that no name, period or cue explains: which of them narrow a question, and which say nothing."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.agent.test_patterns_trades import asked_of, figures

SAYS_NOTHING = (
    ("hotel", "what whopping bookings did newsletter net feb 2-8", figures("bookings", channel="newsletter")),
    ("hotel", "how many clicks did booking.com haul in last week", figures("clicks", channel="booking.com")),
    ("hotel", "how abysmal was occupancy in february", figures("occupancy", start="2026-02-01")),
    ("hotel", "was occupancy lousy yesterday", figures("occupancy", start="2026-03-11")),
    ("hotel", "did bookings crater yesterday", figures("bookings", start="2026-03-11")),
    ("software", "did nps improve in february over january", figures("nps", start="2026-02-01")),
    ("software", "how many signups did linkedin drum up in feb", figures("signups", channel="linkedin")),
    ("software", "tell me the juicy mrr numbers for feb", figures("mrr", start="2026-02-01")),
    ("software", "signups in feb for my slides", figures("signups", start="2026-02-01")),
    ("software", "my boss keeps bugging me about Peter. what were signups in feb?", figures("signups")),
    ("charity", "how generous were donations last week", figures("donations", start="2026-03-02")),
    ("charity", "an influx of volunteers last week?", figures("volunteers", start="2026-03-02")),
    ("charity", "which day did the most donations land", figures("donations", by="day")),
    ("energy", "our least lucrative channel for leads last month", figures("leads", by="channel")),
    ("energy", "how many people knocked on doors last week? (leads)", figures("leads", start="2026-03-02")),
    ("energy", "Combien... sorry, how many contracts last week?", figures("contracts", start="2026-03-02")),
)  # fmt: skip
NARROWS = (
    ("hotel", "french room revenue last week"),
    ("hotel", "mobile bookings last week"),
    ("hotel", "pinterest bookings last week"),
    ("hotel", "family bookings last week"),
    ("hotel", "bookings for the spa last week"),
    ("software", "twitch signups last week"),
    ("software", "enterprise signups last week"),
    ("software", "signups from germany"),
    ("software", "is intercom cheaper than us"),
    ("software", "are we beating mailchimp"),
    ("software", "who's cheaper, us or quickbooks"),
    ("charity", "legacy donations last month"),
    ("charity", "bounce rate last week"),
    ("energy", "solar leads last week"),
    ("energy", "leads of the heat pump campaign"),
)
CONSTRUCTED: tuple[tuple[str, str, tuple[str, dict[str, Any]]], ...] = (
    ("charity", "donations by town last week", figures("donations", by="channel")),
    ("charity", "which branch had most donors in feb", figures("donors", by="channel")),
    ("charity", "volunteers at all shops, last week", figures("volunteers", by="channel")),
    ("hotel", "what share of clicks turned into bookings last week", figures("bookings", by="total")),
    ("energy", "conversion from leads to contracts in feb", figures("contracts", by="total")),
    ("energy", "media spend as a % of margin eur last month", figures("media_spend", by="total")),
    ("energy", "cheapest channel per lead in feb", figures("media_spend", by="channel")),
    ("energy", "cost per contract by channel in feb", figures("media_spend", by="channel")),
    ("grocer", "what was our most lucrative day in feb", figures("revenue", by="day")),
    ("grocer", "which channel earned us the most last month", figures("revenue", by="channel")),
    ("grocer", "did the app outsell organic last week", figures("revenue", by="channel")),
    ("grocer", "how much went out the door on ads yesterday", figures("ad_cost", start="2026-03-11")),
    ("grocer", "ggl revenue last week", figures("revenue", channel="google")),
    ("charity", "how many people donated last week", figures("donations")),
    ("charity", "cost per donation feb", figures("fundraising_cost")),
    ("charity", "which place raised the most in feb", figures("donations", by="channel")),
    ("energy", "top 5 readers of the blog", ("customers", {"limit": 5})),
    ("grocer", "who spends most on average", ("customers", {"order_by": "revenue"})),
    ("software", "what is 19% of 2400", ("calculate", {"expression": "19 / 100 * 2400"})),
    ("software", "what day was it three weeks ago", ("calendar", {"start": "2026-02-19"})),
    ("software", "when did KW 8 start", ("calendar", {"start": "2026-02-16"})),
    ("software", "how many working days are there in december 2026", ("calendar", {"end": "2026-12-31"})),
    ("software", "what did Jürgen write", ("notes", {})),
    ("software", "anyone jot down anything about the outage?", ("notes", {})),
    ("software", "which notes are in the works", ("notes", {"status": "in_progress"})),
    ("software", "what spiked on friday", ("outlier_occurrences", {"start": "2026-03-06"})),
    ("software", "is something broken at the moment", ("episodes", {})),
)


@pytest.mark.parametrize(("trade", "said", "expected"), [*SAYS_NOTHING, *CONSTRUCTED])
def test_a_word_that_narrows_nothing_is_passed_over(
    trade: str, said: str, expected: tuple[str, Mapping[str, Any]]
) -> None:
    tool, arguments = asked_of(trade, said)
    assert (tool, {name: arguments.get(name) for name in expected[1]}) == expected


@pytest.mark.parametrize(("trade", "said"), NARROWS)
def test_nothing_is_answered_past_a_word_that_narrows(trade: str, said: str) -> None:
    assert asked_of(trade, said)[0] in ("(unknown name)", "(asks)")


@pytest.mark.parametrize("said", ["signups on 20 mar", "mrr on the 30th of march", "nps april 2nd"])
def test_a_day_that_is_soon_to_come_has_no_figures_yet(said: str) -> None:
    assert asked_of("software", said)[0] == "(beyond)"


@pytest.mark.parametrize(
    "said", ["i want to buy more ads", "we should buy more linkedin ads", "we need to pause the campaign"]
)
def test_what_somebody_plans_is_no_order(said: str) -> None:
    assert asked_of("software", said)[0] != "(refused)"
