"""Whole conversations: what is pointed at, counted on from or meant by a later message."""

from collections.abc import AsyncIterator, Sequence

import pytest
import pytest_asyncio

from houston.agent.evals.answering import Answer, converse
from houston.agent.evals.opening import opened
from houston.agent.evals.question import Asked, QuestionSet, Saying
from houston.agent.evals.world import World
from houston.agent.patterns.model import PatternsModel
from tools import ALL_TOOLS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

ALERT = "spend/google-ads"
TALKS: list[tuple[dict[str, str], list[tuple[str, list[str]]]]] = [
    (
        {"alert": ALERT},
        [
            ("why?", ["$150.47", "moved with it"]),
            ("was it the same at Globex?", ["No, there it was as usual", "$83.98", "Globex Travel"]),
            ("and the day before?", ["as usual then", "Tue 17 Nov, 09:00", "Globex Travel"]),
            ("note that we raised the budget", ["Create a note for Acme Outfitters", "Title We raised"]),
        ],
    ),
    (
        {"alert": ALERT},
        [
            ("how bad is it", ["$150.47", "+335.5%", "still unusual"]),
            ("since when?", ["$150.47", "Wed 18 Nov, 09:00"]),
            ("what's normal?", ["Usual there is $24.54 to $43.09"]),
            ("was it higher than normal on meta-ads?", ["No, there", "$22.52"]),
            ("did clicks go up too at that hour?", ["Clicks · meta-ads", "Wed 18 Nov, 09:00"]),
            ("and the other channels?", ["Clicks", "meta-ads", "email"]),
            ("got it, on it", ["Acknowledge spend/google-ads"]),
        ],
    ),
    (
        {"client": "acme"},
        [
            ("clicks by channel last week", ["4,733"]),
            ("which one grew the most?", ["google-ads", "grew most, by percentage: +2.5%"]),
            ("which of them fell the most?", ["meta-ads", "fell most, by percentage: −0.7%"]),
            ("and which of them is cheapest per click?", ["email", "$0.84"]),
            ("since when is Zora Blank with us and what did she order", ["No customers matching"]),
            ("did anyone write about the autumn campaigns?", ["Autumn campaign is live"]),
            ("what profit did the autumn campaign make", ["I know no metric"]),
        ],
    ),
    (
        {"alert": ALERT},
        [
            ("was it the same on meta?", ["No, there", "Spend · meta-ads", "$22.52"]),
            ("is it back to normal?", ["Spend · google-ads", "still out of line"]),
            ("did this happen before?", ["no earlier outlier"]),
            ("the week before?", ["Wed 11 Nov, 09:00"]),
        ],
    ),
    (
        {},
        [
            (
                "what should I know today?",
                ["What matters", "1. **Spend · google-ads**", "2. **globex-crm-sync**"],
            ),
            ("tell me more about the first one", ["$150.47", "moved with it"]),
            ("and the second?", ["globex-crm-sync", "refused the password"]),
            ("when did it last succeed?", ["Mon 16 Nov, 05:07", "newest run", "failed"]),
            ("snooze it until tomorrow", ["Snooze globex-crm-sync"]),
        ],
    ),
    (
        {},
        [
            ("anything odd since Friday?", ["2 outliers"]),
            ("why did the Globex one happen?", ["Spend · meta-ads", "Globex Travel"]),
            ("#1", ["Spend · google-ads", "Acme Outfitters"]),
            ("the ninth one", ["no such row"]),
        ],
    ),
    (
        {"client": "acme"},
        [
            ("how did we do last week?", ["| Revenue | $17,643 |"]),
            ("by channel", ["| Channel | Revenue | Spend |", "| google-ads | $9,499.49 |"]),
            ("and for Globex?", ["Globex Travel, 9–15 Nov", "| google-ads | $20,066 |"]),
            ("which channel is best?", ["Which metric"]),
            ("and the week before?", ["2–8 Nov", "| Channel | Revenue |"]),
        ],
    ),
    (
        {},
        [
            ("which job failed most this month?", ["failed most, 1–18 Nov", "2 failed each"]),
            ("the crm one", ["globex-crm-sync", "refused the password"]),
            ("when did it last fail?", ["last failed on", "Wed 18 Nov, 05:07"]),
        ],
    ),
    (
        {},
        [
            ("which client spent the most on ads this month?", ["**Globex Travel**", "highest spend"]),
            ("what did a click cost them on each channel?", ["Cost per click", "Globex Travel", "| email |"]),
            ("is that more than last month?", ["1–18 Oct"]),
        ],
    ),
    (
        {"client": "globex"},
        [
            ("who are our best customers?", ["| Farid Abel | loyal | 10 | $2,630.30 |"]),
            ("what is their share of revenue?", ["The customers listed bring **57.52%**"]),
            ("tell me about the second one", ["**Luca Diaz** (loyal)", "14 orders"]),
        ],
    ),
    (
        {"client": "acme"},
        [
            ("conversion rate last week", ["9–15 Nov"]),
            ("best weekday for orders?", ["I know nothing called “orders”", "conversions"]),
            ("sessions by channel", ["I know nothing called “sessions”"]),
            ("any notes about conversion rate?", ["Check the conversion tag"]),
        ],
    ),
    (
        {"client": "acme"},
        [
            ("conversions on meta-ads last week", ["132"]),
            ("any notes about that?", ["Meta pixel asks for consent now"]),
        ],
    ),
    (
        {"client": "acme"},
        [
            ("revenue last week", ["9–15 Nov"]),
            ("and the day before?", ["Sun 8 Nov"]),
            ("and the month before?", ["1–31 Oct"]),
        ],
    ),
    (
        {"client": "acme"},
        [
            ("spend last week", ["$9,660.63"]),
            ("as a share of revenue?", ["54.75%"]),
        ],
    ),
    (
        {"client": "acme"},
        [
            ("spend last week", ["$9,660.63"]),
            ("by channel", ["$5,180.33"]),
            ("and per click?", ["Spend per clicks", "$1.09", "$1.03"]),
        ],
    ),
    (
        {"client": "acme"},
        [
            ("clicks by channel last week", ["4,733"]),
            ("what did each of those cost?", ["Spend", "$5,180.33", "$3,713.72"]),
        ],
    ),
    ({"client": "acme"}, [("orders on 20 October", ["I know nothing called “orders”"])]),
    (
        {"client": "acme"},
        [
            ("any open notes?", ["Black Friday plan"]),
            ("read the last one", ["Double the bids"]),
            ("close it", ["Edit the note “Black Friday plan”", "done"]),
        ],
    ),
    (
        {"workspace": "acme"},
        [
            ("hi! what's new?", ["What matters", "for Acme Outfitters"]),
            ("tell me more about number 1", ["$150.47"]),
            ("is it over now?", ["still out of line"]),
        ],
    ),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[World]:
    found = QuestionSet(questions=(_asked({}, ["hello"]),))
    async with opened(found, model=PatternsModel(), tools=ALL_TOOLS) as world:
        yield world


def _asked(where: dict[str, str], says: Sequence[str]) -> Asked:
    turns = tuple(Saying(say=say) for say in says)
    return Asked.model_validate({"id": "-".join(says)[:40], "category": "talks", **where, "turns": turns})


@pytest.mark.parametrize(
    ("where", "talk"), TALKS, ids=[talk[0][0] + str(number) for number, (_, talk) in enumerate(TALKS)]
)
async def test_a_conversation_goes_on_from_what_was_said_and_shown(
    world: World, where: dict[str, str], talk: list[tuple[str, list[str]]]
) -> None:
    answers: list[Answer] = await converse(world, _asked(where, [say for say, _ in talk]), repeat=0)
    for (say, expected), answer in zip(talk, answers, strict=True):
        for words in expected:
            assert words in answer.whole, f"{say}: {answer.whole}"


async def test_an_agency_where_nothing_goes_on_is_told_so(world: World) -> None:
    (answer,) = await converse(world, _asked({"client": "initech"}, ["what should I know today?"]), repeat=0)
    assert "Nothing that you must look at for Initech Software" in answer.whole
