"""Whose figures a conversation is about, and what is not there for who may not see it."""

import pytest

from bot.playground.state import Message
from tests.e2e.answers.conftest import Sample
from tests.e2e.answers.reading import buttons, cards, footer, options, said, shows

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

CLIENTS = ["Acme Outfitters", "Globex Travel", "Initech Software"]


@pytest.mark.parametrize(
    "question",
    [
        "--client globex how was spend last week?",
        "How was --client globex spend last week?",
        "How was spend last week? --client=globex",
        "How was spend last week?\n—client GLOBEX",
    ],
)
async def test_the_client_is_named_anywhere_in_the_first_message(sample: Sample, question: str) -> None:
    mira, his = await sample.talk(), sample.ledger
    answer = await mira.ask(question)
    assert shows(said(answer), his.total("globex", "spend", his.week(-1)))
    assert "Globex Travel" in footer(answer)
    more = await mira.more("and clicks?")
    assert shows(said(more), his.total("globex", "clicks", his.week(-1))), "it stays for the thread"


async def test_a_conversation_goes_from_client_to_client(sample: Sample) -> None:
    mira, his = await sample.talk(), sample.ledger
    await mira.ask("how was spend of acme last week?")
    for name, slug, words in (
        ("Globex Travel", "globex", "and for Globex?"),
        ("Acme Outfitters", "acme", "what about acme?"),
    ):
        answer = await mira.more(words)
        assert shows(said(answer), his.total(slug, "spend", his.week(-1)))
        assert name in footer(answer)
    assert "Initech Software" in footer(await mira.more("switch to Initech"))
    answer = await mira.more("how was revenue last week?")
    assert shows(said(answer), his.total("initech", "revenue", his.week(-1)))


async def test_where_several_are_meant_a_button_answers_which(sample: Sample) -> None:
    mira, his = await sample.talk(), sample.ledger
    asked_back = await mira.ask("revenue last week")
    assert "Which client do you mean" in said(asked_back)
    assert options(asked_back) == CLIENTS
    await mira.person.click(buttons(asked_back)[1]["action_id"], message=asked_back)
    answer = await mira.answer(asked_back)
    assert shows(said(answer), his.total("globex", "revenue", his.week(-1)))
    await mira.person.wait_for(lambda: not buttons(asked_back))


async def test_a_name_that_is_nearly_one_is_asked_about_with_buttons(sample: Sample) -> None:
    mira, his = await sample.talk(), sample.ledger
    asked_back = await mira.ask("--client acne how was spend last week?")
    assert "I know no client called 'acne'" in said(asked_back)
    assert options(asked_back)[0] == "Acme Outfitters"
    await mira.person.click("choose_answer_0", message=asked_back)
    answer = await mira.answer(asked_back)
    assert shows(said(answer), his.total("acme", "spend", his.week(-1)))


async def test_an_unknown_name_gets_a_question_with_buttons(sample: Sample) -> None:
    mira = await sample.talk()
    asked_back = await mira.ask("--client zorblax how was spend last week?")
    assert "I know no client called 'zorblax'" in said(asked_back)
    assert sorted(options(asked_back)) == CLIENTS


@pytest.mark.parametrize(
    "question",
    [
        "--client {} how was spend last week?",
        "how was spend of {} last week?",
        "switch to {}",
        "--client acme how was spend last week?/and for {}?",
        "compare the revenue of acme and {} last week",
        "which notes are open for {}?",
        "which tasks failed at {} yesterday?",
        "top 3 customers of {}",
        "acknowledge the spend outlier of {}",
        "note for {}: the budget is doubled",
    ],
)
async def test_what_one_may_not_see_is_as_if_it_did_not_exist(sample: Sample, question: str) -> None:
    """Word for word, down to the cards, the footer and the buttons."""
    heard = []
    for name in ("globex", "zorblax"):
        ada = await sample.talk("ada")
        first, *more = question.format(name).split("/")
        answer = await ada.ask(first)
        for each in more:
            answer = await ada.more(each)
        heard.append(_read(answer, name))
    assert heard[0] == heard[1]
    assert "Travel" not in heard[0]


def _read(answer: Message, name: str) -> str:
    whole = (said(answer), cards(answer), footer(answer), options(answer))
    return str(whole).replace(name, "NAME").replace(name.capitalize(), "NAME")


async def test_who_sees_one_client_needs_not_name_it(sample: Sample) -> None:
    """Her week begins in London."""
    ada, his = await sample.talk("ada"), sample.ledger_of("ada")
    answer = await ada.ask("how was clicks last week?")
    assert shows(said(answer), his.total("acme", "clicks", his.week(-1)))
    listed = await ada.ask("which clients are there?")
    assert "Acme Outfitters" in said(listed)
    assert "Globex" not in said(listed)
