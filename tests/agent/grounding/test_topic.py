"""Figures that make each other are believed of what a sentence names, and of nothing else."""

import pytest

from tests.agent.grounding.results import complaint


@pytest.mark.parametrize(
    "text",
    [
        "Clicks rose from $10,700.50 to $12,345.60 (15.4 %).",
        "We had $12,345.60 of clicks, 15.4 % more than the $10,700.50 of the week before.",
        "meta-ads grew from $6,900.00 to $8,900.25 (+29 %).",
    ],
)
def test_coherent_figures_of_another_are_marked(text: str) -> None:
    assert complaint(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Revenue rose from $10,700.50 to $12,345.60 (15.4 %).",
        "Sales are up from $10,700.50 to $12,345.60 (15.4 %).",
        "google-ads is ahead of meta-ads by $5,454.90 ($8,900.25 vs. $3,445.35).",
        "google-ads grew from $6,900.00 to $8,900.25 (+29 %).",
    ],
)
def test_coherent_figures_of_what_is_named_are_not(text: str) -> None:
    assert complaint(text) is None
