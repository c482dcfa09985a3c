import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from houston.agent.desk import Desk
from houston.agent.facts import ClientName, ThreadAlert, ThreadEvent
from houston.agent.loop.agent import Agent
from houston.agent.messages import Message
from houston.agent.patterns import PatternsModel
from houston.agent.turn import AgentEvent, Finished, Turn
from store.tables import Client
from tests.agent.fakes import context, finished, text_of
from tools import ALL_TOOLS

ALERT = ThreadAlert(
    metric="revenue",
    channel="google-ads",
    client=ClientName(slug="acme", name="Acme"),
    time=datetime(2026, 11, 12, tzinfo=UTC),
    value=300.0,
    expected=100.0,
    lower=90.0,
    upper=110.0,
    severity="critical",
    reason="173 % over the usual 90–110",
    unit="$",
)


def events_of(alert: ThreadAlert | None) -> tuple[ThreadEvent, ...]:
    if alert is None:
        return ()
    return (
        ThreadEvent(
            id=1,
            type="outlier",
            title="Outlier",
            time=alert.time,
            severity=alert.severity,
            client=alert.client,
            outlier=alert,
        ),
    )


@dataclass
class Thread:
    """A conversation with the patterns model over the sample agency."""

    desk: Desk
    client: Client | None
    alert: ThreadAlert | None = None
    history: tuple[Message, ...] = ()

    async def say(self, *questions: str) -> str:
        """Asks one after the other; the answer to the last."""
        answer = ""
        for question in questions:
            answer = await self._ask(question)
        return answer

    async def _ask(self, question: str) -> str:
        events = await self.events(question)
        end = finished(events)
        asked = (Message(role="user", text=question), Message(role="assistant", text=end.record.answer))
        self.history += asked
        self.client = end.record.client
        return text_of(events)

    async def events(self, question: str) -> list[AgentEvent]:
        agent = Agent(model=PatternsModel(), tools=ALL_TOOLS)
        turn = Turn(
            question=question,
            context=context(self.client, desk=self.desk),
            history=self.history,
            events=events_of(self.alert),
        )
        return [event async for event in agent.answer(turn)]


pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]


@pytest.fixture
def thread(agency: tuple[Desk, Mapping[str, Client]]) -> Thread:
    desk, clients = agency
    return Thread(desk=desk, client=clients["acme"])


PHRASINGS = [
    ("revenue last week", ["9–15 Nov", "$1,250", "up 19% (+$200)", "$1,050"]),
    ("What was our revenue last week?", ["9–15 Nov", "$1,250"]),
    ("how much revenue did we make last week", ["$1,250"]),
    ("Revenu last week please", ["$1,250"]),
    ("total sales for the last 7 days?", ["11–17 Nov", "$1,250"]),
    ("turnover yesterday", ["Tue 17 Nov", "$150"]),
    ("revenue since Monday", ["16–18 Nov", "$300", "up to the end of Tue 17 Nov"]),
    ("revenue in October", ["1–31 Oct", "$4,650", "1–30 Sep"]),
    ("revenue this month", ["1–18 Nov", "$2,750"]),
    ("revenue between 1 and 14 November", ["1–14 Nov", "$2,300"]),
    ("revenue on 12 November", ["Thu 12 Nov", "$350"]),
    ("revenue on the 12th of November", ["$350"]),
    ("revenue from 2026-11-10 to 2026-11-12", ["10–12 Nov", "$650"]),
    ("sales in october vs september", ["$4,650", "$4,500"]),
    ("compare revenue in october with september", ["$4,650", "$4,500"]),
    ("revenue on 12 november against the same day last week", ["$350", "Thu 5 Nov", "$150"]),
    ("Is revenue up on last week?", ["16–18 Nov", "9–11 Nov"]),
    ("revenue this month compared to last month", ["$2,750", "1–18 Oct", "$2,550"]),
    ("revenue by channel last month", ["| google-ads | $3,100 | 66.7%", "| meta-ads | $1,550 |"]),
    ("break down revenue by channel for last month", ["| google-ads | $3,100 |"]),
    ("best channel by revenue last month", ["highest", "google-ads", "$3,100"]),
    ("which channel had the lowest spend last week?", ["lowest", "meta-ads", "$140"]),
    ("which day had the highest revenue in november?", ["Thu 12 Nov", "$350"]),
    ("revenue by day from 11 to 13 november", ["| Wed 11 Nov | $150", "| Thu 12 Nov | $350"]),
    ("google ads revenue last week", ["google-ads", "$900"]),
    ("How much did facebook cost us last week?", ["Spend · meta-ads", "$140"]),
    ("spend on google vs meta last week", ["| google-ads | $280 |", "| meta-ads | $140 |"]),
    ("cost per click in October", ["$0.67"]),
    ("What's our CPC in October by channel?", ["$0.67", "| meta-ads | $2.00 |", "| google-ads | $0.50 |"]),
    ("revenue and spend last week", ["| Revenue | $1,250 |", "| Spend | $420 |"]),
    ("how did google-ads do last week?", ["| Clicks | 560 |", "| Revenue | $900 |"]),
    ("how are we doing this week?", ["| Revenue | $300 |"]),
    ("customer satisfaction last week", ["40.57", "a mean"]),
    ("subscribers yesterday", ["739,937"]),
    ("revenue", ["11–17 Nov", "You named no period"]),
    ("subscribers today", ["no figures", "Tue 17 Nov"]),
    ("any outliers since 9 November?", ["1 outlier", "Revenue · google-ads", "$300", "$100", "+200%"]),
    ("Did anything unusual happen last week?", ["1 outlier"]),
    ("were there anomalies in spend last week", ["No outliers in spend"]),
    ("any critical alerts yesterday?", ["no critical episodes", "Tue 17 Nov"]),
    ("which notes are open?", ["Tracking broken on checkout", "1 open", "1 done"]),
    ("show me the done notes", ["New landing page"]),
    ("notes about the landing page", ["New landing page"]),
    ('any notes mentioning "checkout"?', ["Tracking broken on checkout"]),
    ("notes from the last 7 days", ["Tracking broken"]),
    ("how many customers do we have?", ["3 customers", "| vip | 2 | 13 |"]),
    ("who are our best customers?", ["by revenue", "Ada Lovelace"]),
    ("top 2 customers by orders", ["by orders", "Ada Lovelace", "Cy Twombly"]),
    ("vip customers", ["Ada Lovelace", "Cy Twombly"]),
    ("how many vip customers?", ["2 customers", "of 3"]),
    ("new customers in october", ["1 new customer", "1–31 Oct"]),
    ("find customer Lovelace", ["Ada Lovelace"]),
    ("which clients are there?", ["Acme and Globex"]),
    ("what metrics do you have?", ["cost per click", "google-ads and meta-ads"]),
    ("revenue yesterday for Globex", ["Globex", "$10"]),
    ("<@UHOUSTON> revenue yesterday --client acme", ["$150"]),
    ("why did revenue jump on 12 November?", ["| google-ads | $300 | $100 |", "not in the data"]),
]


@pytest.mark.parametrize(("question", "parts"), PHRASINGS, ids=[question for question, _ in PHRASINGS])
async def test_a_question_is_understood(thread: Thread, question: str, parts: Sequence[str]) -> None:
    answer = await thread.say(question)
    assert [part for part in parts if part not in answer] == [], answer


@pytest.mark.parametrize(
    ("questions", "parts"),
    [
        (["revenue last week", "and last month?"], ["Revenue", "1–31 Oct", "$4,650"]),
        (["revenue last week", "by channel?"], ["9–15 Nov", "| google-ads | $900 |"]),
        (["revenue last week", "and for Globex?"], ["Globex", "9–15 Nov", "$70"]),
        (["revenue last week", "and for Globex?", "and Acme?"], ["Acme", "$1,250"]),
        (["revenue last week", "what about spend?"], ["Spend", "9–15 Nov", "$420"]),
        (["revenue last week", "and meta?"], ["meta-ads", "$350"]),
        (["revenue last week", "and the week before?"], ["2–8 Nov", "$1,050"]),
        (["revenue last week", "compare it with october"], ["$1,250", "1–31 Oct", "$4,650"]),
        (["revenue last month", "any outliers?"], ["No outliers", "1–31 Oct"]),
        (["any outliers last week?", "why?"], ["Thu 12 Nov", "| google-ads | $300 |"]),
        (["switch to Globex", "revenue yesterday"], ["Globex", "$10"]),
        (["revenue last week", "thanks!", "and yesterday?"], ["Revenue", "$150"]),
    ],
)
async def test_a_follow_up_keeps_what_it_does_not_change(
    thread: Thread, questions: Sequence[str], parts: Sequence[str]
) -> None:
    answer = await thread.say(*questions)
    assert [part for part in parts if part not in answer] == [], answer


@pytest.mark.parametrize("question", ["", "lorem ipsum dolor", "42", "¿qué tal?", "🚀"])
async def test_what_is_not_understood_gets_an_honest_answer(thread: Thread, question: str) -> None:
    answer = await thread.say(question)
    assert "I did not understand" in answer
    assert "metrics, outliers, notes and customers" in answer
    assert "OPENAI_API_KEY" in answer
    assert "cost per click" in answer or "clicks" in answer


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("bounce rate last week", "bounce rate"),
        ("forecast revenue for december", "forecast"),
        ("revenue yesterday for Initech", "initech"),
        ("revenue on 31 February", "february"),
        ("revenue of snapchat last week", "snapchat"),
    ],
)
async def test_a_word_that_nothing_explains_is_asked_about(thread: Thread, question: str, word: str) -> None:
    answer = await thread.say(question)
    assert f"“{word}”" in answer
    assert "$" not in answer


async def test_without_a_client_it_asks_and_the_reply_is_enough(thread: Thread) -> None:
    thread.client = None
    assert "Which client" in await thread.say("revenue yesterday")
    assert "$150" in await thread.say("Acme")


async def test_a_name_that_fits_several_things_is_asked_about(thread: Thread) -> None:
    answer = await thread.say("clicks on ads last week")
    assert answer == "Which one do you mean: **google-ads** or **meta-ads**?"
    assert "| google-ads |" not in await thread.say("meta")


async def test_private_notes_stay_private(thread: Thread) -> None:
    answer = await thread.say("all notes") + await thread.say("notes about salary")
    assert "Salary talk" not in answer


@pytest.mark.parametrize("question", ["What happened here?", "why?", "explain this", "what's going on?"])
async def test_in_an_alerts_thread_this_means_the_alert(thread: Thread, question: str) -> None:
    thread.alert = ALERT
    answer = await thread.say(question)
    for part in ("$300", "$100", "12 Nov", "| google-ads | $300 |"):
        assert part in answer, answer


async def test_an_alerts_thread_goes_on_with_its_metric(thread: Thread) -> None:
    thread.alert = ALERT
    answer = await thread.say("What happened here?", "and last month?")
    assert "Revenue · google-ads" in answer
    assert "$3,100" in answer


async def test_every_figure_comes_from_a_tool_result(thread: Thread) -> None:
    for question in [question for question, _ in PHRASINGS]:
        thread.history = ()
        end = next(event for event in await thread.events(question) if isinstance(event, Finished))
        returned = {round(value, 6) for result in end.record.results for value in _numbers(result.data)}
        for said in re.findall(r"\$([\d,]+(?:\.\d+)?)", end.record.answer):
            value = float(said.replace(",", ""))
            assert any(abs(abs(known) - value) < 0.006 for known in returned), (question, said)


async def test_the_footer_names_the_data(thread: Thread) -> None:
    end = next(event for event in await thread.events("revenue last week") if isinstance(event, Finished))
    assert end.footer.tools == ("channel_performance",)
    assert end.footer.clients == ("Acme",)
    assert (end.footer.start, end.footer.end) == (date(2026, 11, 9), date(2026, 11, 15))
    assert end.footer.rows == 14
    assert end.footer.freshness == datetime(2026, 11, 17, tzinfo=UTC)


def _numbers(data: object) -> list[float]:
    if isinstance(data, bool):
        return []
    if isinstance(data, int | float):
        return [float(data)]
    if isinstance(data, dict):
        return [number for value in data.values() for number in _numbers(value)]
    if isinstance(data, list):
        return [number for value in data for number in _numbers(value)]
    return []
