import pytest

from houston.agent.evals.answering import Answer
from houston.agent.evals.question import Asked
from houston.agent.evals.report import Prices, failures, quantile, summary, wilson
from houston.agent.evals.running import Result
from houston.agent.messages import Usage


def result(category: str, *, why: str = "", **expect: object) -> Result:
    turns = [{"say": "revenue?", "expect": expect}]
    asked = Asked.model_validate({"id": f"{category}-1", "category": category, "turns": turns})
    usage = Usage(prompt_tokens=2000, completion_tokens=100)
    return Result(
        asked=asked, repeat=1, why=why, answers=(Answer(text="It was 5.", usage=usage, seconds=0.5),)
    )


def test_the_interval_is_wilsons() -> None:
    low, high = wilson(9, 10)
    assert [low, high] == [pytest.approx(0.5958, abs=1e-4), pytest.approx(0.9821, abs=1e-4)]
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(10, 10)[1] == pytest.approx(1.0)


def test_a_quantile_is_a_value_that_was_measured() -> None:
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile([3.0, 1.0, 2.0], 0.95) == 3.0


def test_the_report_counts_by_category_and_kind_and_says_what_it_cost() -> None:
    found = [result("rank"), result("rank", why="wrong"), result("hostile", refusal=True)]
    told = summary(found, model="some-model", prices=Prices(prompt=1.0, completion=10.0))
    assert "rank           1/2      50.0%   9.5% – 90.5%" in told
    assert "refusal        1/1     100.0%" in told
    assert "tokens     2,000 in, 100 out a question" in told
    assert "cost       $0.00300 a question, $0.01 in all" in told
    assert "latency    p50 0.500 s, p95 0.500 s an answer" in told
    assert "cost" not in summary(found, model="patterns")


def test_a_wrong_answer_is_told_as_it_was_read() -> None:
    told = failures([result("rank", why="the figure 6 does not occur"), result("rank")])
    assert told == "✗ rank-1\n  the figure 6 does not occur\n  > revenue?\n    It was 5."
