"""Conversations about the sample agency's figures in the local Slack, without a language model.

Each figure is compared with a plain sum over the sample's own rows.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.agent.evals.ledger import Ledger, Span, bottom, ranked, top
from tests.e2e.answers.conftest import Sample
from tests.e2e.answers.reading import cards, footer, rows, said, shows

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

Wanted = Callable[[Ledger], list[float | str]]
"""The figures and words of a true answer."""


async def test_from_a_figure_to_its_channels_its_chart_and_another_client(sample: Sample) -> None:
    mira, his = await sample.talk(), sample.ledger
    week, before = his.week(-1), his.week(-2)
    first = await mira.ask("--client acme how was spend last week?")
    assert shows(said(first), his.total("acme", "spend", week))
    assert shows(said(first), his.total("acme", "spend", before))
    assert cards(first) == [f"Reading spend for Acme Outfitters, {days(week)}"]
    assert footer(first).startswith("📊 Channel performance · Acme Outfitters · ")
    assert "504 rows · data until" in footer(first), "24 hours, 7 days, 3 channels"

    parts = his.channels("acme", "spend", week)
    table = rows(await mira.more("and by channel?"))[1:]
    assert [row[0] for row in table] == ranked(parts)
    assert all(shows(row[1], parts[row[0]]) for row in table)

    charted = await mira.more("chart it")
    assert shows(said(charted), parts["email"])
    [picture] = [each for each in mira.replies() if [block["type"] for block in each.blocks] == ["image"]]
    assert "Spend for Acme Outfitters" in picture.blocks[0]["alt_text"]

    other = await mira.more("and for Globex?")
    assert shows(said(other), his.channels("globex", "spend", week)["google-ads"])
    assert "Globex Travel" in footer(other)


def days(span: Span) -> str:
    """As Houston writes them: 9–15 Nov."""
    first, last = span[0], span[1] - timedelta(days=1)
    if first.month == last.month:
        return f"{first.day}–{last.day} {last:%b}"
    return f"{first.day} {first:%b} – {last.day} {last:%b}"


PERIODS: dict[str, Wanted] = {
    "What was spend since Monday for globex?": lambda his: [his.total("globex", "spend", his.week(0))],
    "revenue of acme yesterday against the same day last week": lambda his: [
        his.total("acme", "revenue", his.day(-1)),
        his.total("acme", "revenue", his.day(-8)),
    ],
    "acme spend in the last 14 days": lambda his: [his.total("acme", "spend", his.days(14))],
    "acme spend this week vs last week": lambda his: [
        his.total("acme", "spend", his.week(0)),
        his.total("acme", "spend", his.cut(his.week(-1), his.week(0))),
    ],
    "Q3 vs Q2 revenue for acme": lambda his: ["There are no figures for **Revenue** for Acme Outfitters"],
    "what was acme's revenue in 2019?": lambda his: ["There are no figures"],
}

RATIOS: dict[str, Wanted] = {
    "acme cost per click last week": lambda his: [
        his.total("acme", "spend", his.week(-1)) / his.total("acme", "clicks", his.week(-1))
    ],
    "worst channel by return on ad spend for acme last week": lambda his: [
        bottom(his.channels("acme", "return_on_ad_spend", his.week(-1)))
    ],
    "what is revenue minus spend for acme last week?": lambda his: [
        his.total("acme", "revenue", his.week(-1)) - his.total("acme", "spend", his.week(-1))
    ],
}

BREAKDOWNS: dict[str, Wanted] = {
    "top channel by revenue for acme last week": lambda his: [
        f"**{top(his.channels('acme', 'revenue', his.week(-1)))}**",
        max(his.channels("acme", "revenue", his.week(-1)).values()),
    ],
    "revenue last week by client": lambda his: [
        *his.clients("revenue", his.week(-1)),
        *his.clients("revenue", his.week(-1)).values(),
    ],
    "top 2 channels by clicks for globex in the last 30 days": lambda his: [
        *sorted(his.channels("globex", "clicks", his.days(30)).values())[1:]
    ],
    "How was revnue of acme on google last week?": lambda his: [
        "Revenue · google-ads",
        his.total("acme", "revenue", his.week(-1), "google-ads"),
    ],
}
QUESTIONS = PERIODS | RATIOS | BREAKDOWNS


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_figure_is_the_true_one(sample: Sample, question: str) -> None:
    answer = said(await (await sample.talk()).ask(question))
    for wanted in QUESTIONS[question](sample.ledger):
        assert wanted in answer if isinstance(wanted, str) else shows(answer, wanted), (wanted, answer)
    assert "⚠️" not in answer


async def test_follow_ups_go_on_from_what_was_said(sample: Sample) -> None:
    mira, his = await sample.talk(), sample.ledger
    await mira.ask("top 2 channels by clicks for globex in the last 30 days")
    least = await mira.more("and the bottom one?")
    parts = his.channels("globex", "clicks", his.days(30))
    assert rows(least)[1][0] == bottom(parts)
    assert shows(rows(least)[1][1], parts[bottom(parts)])
    ratio = await mira.more("and cost per click by channel?")
    costs = his.channels("globex", "cost_per_click", his.days(30))
    assert len(rows(ratio)) == 4
    assert all(shows(row[1], costs[row[0]]) for row in rows(ratio)[1:])


async def test_why_drills_into_what_moved_with_an_outlier(sample: Sample) -> None:
    mira = await sample.talk()
    listed = await mira.ask("which outliers did globex have in the last 10 days?")
    assert "Spend · meta-ads" in said(listed)
    assert "critical" in said(listed)
    why = await mira.more("why was it?")
    assert "Spend · meta-ads" in said(why)
    assert "was expected" in said(why)
    assert {row[0] for row in rows(why)} >= {"google-ads", "meta-ads", "email", "Cost per click · meta-ads"}
    assert "the cause itself is not in the data" in said(why)
    assert "Looking at what moved for Globex Travel" in cards(why)
    assert "Outlier explained" in footer(why)


async def test_under_an_alert_it_knows_what_is_meant(sample: Sample) -> None:
    """Its client, its series, what was expected and what it was."""
    ada, his = await sample.talk("ada", channel="marketing-alerts"), sample.ledger_of("ada")
    ada.thread_ts = sample.alert.ts
    assert (await ada.person.click("ask_houston", message=sample.alert)).ok
    answer = await ada.answer(sample.alert)
    value = sample.agency.clients[0].metrics[0].points[-1][1]
    assert "**Spend · google-ads** for Acme Outfitters was" in said(answer)
    assert shows(str(sample.alert.blocks), value)
    assert shows(said(answer), value)
    assert "was expected" in said(answer)
    assert "Acme Outfitters" in footer(answer)
    more = await ada.more("and last week by channel?")
    parts = his.channels("acme", "spend", his.week(-1))
    assert [row[0] for row in rows(more)[1:]] == ranked(parts)
    assert all(shows(row[1], parts[row[0]]) for row in rows(more)[1:])


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Write me a limerick on the sea", "I have no data for that"),
        ("How is turnip doing for acme last week?", "no metric, channel or client called “turnip”"),
        ("Will revenue of acme grow next month?", "nothing of the future"),
    ],
)
async def test_what_it_does_not_know_it_says(sample: Sample, question: str, words: str) -> None:
    answer = await (await sample.talk()).ask(question)
    assert words in said(answer)
    assert not [row for row in rows(answer) if "$" in str(row)]
