"""What may be said of results, and what may not: sentence by sentence."""

import json

import pytest

from houston.agent.grounding.complaint import MARK
from houston.agent.messages import Message
from tests.agent.grounding.results import complaint

TRUE = [
    "Revenue was $12,345.60 last week, up 15.4 % ($1,645.10) on the $10,700.50 of the week before.",
    "Revenue came to $12.3k, and 12,346 is that in whole dollars.",
    "Google Ads brought $8,900, Meta $3,445.",
    "google-ads (72%) and meta-ads (28 %) together: $12,345.60.",
    "Meta fell by 9.3 %, from $3,800.50 to $3,445.35.",
    "Clicks were down 9.7% to 6 321.",
    "Clicks: 6.321 (−9,7 %).",
    "On Thursday 12 Nov there were 1,002 clicks, 125 more than the 877 of 13 Nov.",
    "Almost three quarters of it came from google-ads.",
    "Two channels brought $12,345.60: google-ads and meta-ads.",
    "There are three notes, two of them open.",
    "The note says that spend rose to 4711 a day.",
    "1. **Budget up by 20 %** is still open.",
    "GA4 moved, in Q3, says Bo.",
    "On average that is $1,763.66 a day over the 7 days.",
    "See [the report](https://sheets.example/s?id=7) with its 31 rows.",
    "I have no figures for that.",
    "",
]


@pytest.mark.parametrize("text", TRUE)
def test_what_was_returned_may_be_said(text: str) -> None:
    assert complaint(text) is None


FALSE = [
    ("Revenue was $12,435.60.", "$12,435.60"),
    ("Revenue was €12,345.60.", "€12,345.60"),
    ("Revenue was $12.3M.", "$12.3M"),
    ("Revenue fell 15.4 %.", "15.4 %"),
    ("Clicks rose 9.7 %.", "9.7 %"),
    ("Clicks were 12,345.60.", "12,345.60"),
    ("Meta-ads brought $8,900.25.", "$8,900.25"),
    ("google-ads brought $3,445.35 and meta-ads $8,900.25.", "$3,445.35"),
    ("On 13 Nov there were 1,002 clicks.", "1,002"),
    ("On Friday 12 Nov there were 1,002 clicks.", "Friday 12 Nov"),
    ("There are five notes.", "five"),
    ("Revenue doubled.", "doubled"),
    ("The average day brought $12,345.60.", "$12,345.60"),
    ("Revenue rose from $12,345.60 to $10,700.50.", "$10,700.50"),
    ("Spend rose to 4711 yesterday.", "4711"),
    ("| Channel | Revenue |\n|---|---|\n| meta-ads | $8,900.25 |\n", "$8,900.25"),
    ("| Channel | Change |\n|---|---|\n| meta-ads | 9.3% |\n", "9.3%"),
    ("Clicks were １２３４.", "1234"),
    ("Clicks were 9\u200b999.", "9999"),
]


@pytest.mark.parametrize(("text", "figure"), FALSE)
def test_what_was_not_returned_is_caught(text: str, figure: str) -> None:
    found = complaint(text)
    assert found is not None
    assert figure in found.figures


def test_what_goes_out_anyway_is_marked() -> None:
    text = "Revenue was **$9,999** ([more](https://evil.example))."
    found = complaint(text)
    assert found is not None
    assert found.marked(text) == f"Revenue was **~$9,999~ {MARK}** (more)."


def test_the_model_is_told_what_comes_near() -> None:
    found = complaint("Revenue was $12,435.60.")
    assert found is not None
    assert "12,345.6 at r1.total" in found.for_model


def test_a_figure_of_something_else_is_named_as_that() -> None:
    found = complaint("Clicks were 12,345.60.")
    assert found is not None
    assert "r1.total (revenue" in found.for_model


def test_the_persons_own_figures_may_be_said_back() -> None:
    assert complaint("It is above the 5,000 that you named.", question="Is revenue above 5000?") is None


def test_older_results_are_evidence_too() -> None:
    old = Message(
        role="tool", text=json.dumps({"ref": "r0", "metric": "visits", "unit": "", "total": 4242.0})
    )
    assert complaint("Visits were 4,242.", history=(old,)) is None
    assert complaint("Visits were 4,242.") is not None


def test_older_answers_and_shortened_results_are_no_evidence() -> None:
    said = (
        Message(role="assistant", text="Visits were 4,242."),
        Message(role="tool", text="total 4242 (shortened)"),
    )
    assert complaint("Visits were 4,242.", history=said) is not None
