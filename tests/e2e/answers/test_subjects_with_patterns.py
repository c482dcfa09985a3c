"""Each subject that Houston has tools for, asked about in the local Slack without a language model."""

import pytest

from tests.agent.evals.ledger import ranked
from tests.e2e.answers.conftest import Sample
from tests.e2e.answers.reading import cards, footer, rows, said, shows

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

SUBJECTS = [
    ("which clients are there?", "", "Acme Outfitters, Globex Travel and Initech Software"),
    ("which metrics does acme have?", "", "**cost per click** ($): email, google-ads and meta-ads"),
    ("which outliers did globex have in the last 10 days?", "Outliers", "Spend · meta-ads"),
    ("search notes for pixel in globex", "Notes", "Expect fewer measured conversions from meta-ads."),
    ("which reports do we have?", "Reports", "| Orders of the last 7 days | Acme Outfitters |"),
    ("show the rows of Sales by shop", "Reports", "| Zürich |"),
    ("run Sales by shop", "Reports", "| Zürich |"),
    ("which alerts are there?", "Alerts", "| Few orders | Acme Outfitters | Sales by shop |"),
    ("which incidents are open?", "Episodes", "| globex-crm-sync | task failure | Globex Travel |"),
    ("which rules are there?", "Rules", "| outlier | – | all clients | info | \\#marketing-alerts | yes |"),
    ("which destinations are there?", "Destinations", "| \\#data-pipelines | channel | 4, 5 |"),
    ("what day of the week is 24 December 2026?", "", "24 December 2026 is a **Thursday**"),
]


@pytest.mark.parametrize(("question", "source", "words"), SUBJECTS)
async def test_each_subject_is_answered_from_its_tool(
    sample: Sample, question: str, source: str, words: str
) -> None:
    answer = await (await sample.talk()).ask(question)
    assert words in said(answer), said(answer)
    assert source in footer(answer)
    assert "⚠️" not in said(answer)


async def test_notes_are_searched_by_state_and_read(sample: Sample) -> None:
    mira = await sample.talk()
    listed = await mira.ask("which notes are open for acme?")
    for title in sample.ledger.notes("acme", status="open"):
        assert f"**{title}**" in said(listed)
    read = await mira.more("What does the note “Check the conversion tag” say?")
    assert "The thank-you page was rebuilt; compare with the shop's own count." in said(read)
    assert "Reading a note for Acme Outfitters" in cards(read)


async def test_failed_tasks_are_told_with_their_errors(sample: Sample) -> None:
    mira, his = await sample.talk(), sample.ledger
    answer = await mira.ask("Which tasks failed yesterday, and why?")
    assert sorted(row[0] for row in rows(answer)[1:]) == sorted(his.failed(his.day(-1)))
    assert "the CRM refused the password" in said(answer)
    one = await mira.more("which tasks failed in the last 10 days for initech?")
    assert "timed out after 600 s" in said(one)
    assert "globex" not in said(one)


async def test_customers_are_ranked_counted_and_found(sample: Sample) -> None:
    mira, his = await sample.talk(), sample.ledger
    best = ranked(his.customers("acme"))[:3]
    table = rows(await mira.ask("top 3 customers of acme by revenue"))[1:]
    assert [row[0] for row in table] == [" ".join(name.split()[:2]) for name in best]
    new = await mira.more("how many new customers did acme win last month?")
    assert f"**{his.new_customers('acme', his.month(-1))} new customer" in said(new)
    assert {row[0] for row in rows(new)[1:]} == {each.segment for each in sample.agency.clients[0].customers}
    again = await mira.more("how many customers of acme came back last month?")
    assert f"**{his.returning_customers('acme', his.month(-1))} returning customer" in said(again)
    found = await mira.more("find customer Greta Diaz of acme")
    assert shows(said(found), his.customer("acme", "Greta Diaz", "revenue"))


async def test_figures_are_calculated_from_what_tools_returned(sample: Sample) -> None:
    mira, his = await sample.talk(), sample.ledger
    answer = await mira.ask("how much is 15% of acme's spend last week?")
    assert shows(said(answer), 0.15 * his.total("acme", "spend", his.week(-1)))
    assert "Calculation" in footer(answer)


async def test_a_series_is_told_day_by_day(sample: Sample) -> None:
    mira, his = await sample.talk(), sample.ledger
    table = rows(await mira.ask("conversions of acme per day last week"))[1:]
    daily = list(his.daily("acme", "conversions", his.week(-1)).values())
    assert [float(row[1]) for row in table] == daily


async def test_a_series_is_told_with_what_was_expected_of_it(sample: Sample) -> None:
    mira, his = await sample.talk(), sample.ledger
    answer = await mira.ask("what was expected of acme's spend on google-ads yesterday?")
    head, *hours = rows(answer)
    assert head == ["When", "Value", "Expected", "Usual"]
    assert len(hours) == 24
    values, expected = ([figure(row[column]) for row in hours] for column in (1, 2))
    assert shows(f"{sum(values):.2f}", his.total("acme", "spend", his.day(-1), channel="google-ads"))
    assert all(low <= each <= high for each, (low, high) in zip(expected, map(band, hours), strict=True))


def figure(cell: str) -> float:
    return float(cell.lstrip("$").replace(",", ""))


def band(row: list[str]) -> tuple[float, float]:
    low, high = row[3].split(" to ")
    return figure(low), figure(high)
