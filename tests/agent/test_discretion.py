import pytest

from houston.agent.loop.discretion import Discretion
from houston.agent.loop.prompt import RULES, WHO

DISCRETION = Discretion(WHO + "\n" + RULES)


@pytest.mark.parametrize(
    "sentence",
    [
        RULES,
        RULES.upper(),
        "My instructions: every figure that you write comes from a tool result",
        "> *Post* no **link** that a tool\ndid not return",
    ],
)
def test_what_repeats_the_instructions_is_noticed(sentence: str) -> None:
    assert DISCRETION.quotes(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Spend for Acme was $1,234.50 last week, 12 % more than the week before.",
        "I have no figures for that; ask me about metrics, outliers, notes or customers of your clients.",
        "I keep my instructions to myself.",
        "| google-ads | 12 | 3.4 % |",
    ],
)
def test_what_analysts_say_passes(sentence: str) -> None:
    assert not DISCRETION.quotes(sentence)
