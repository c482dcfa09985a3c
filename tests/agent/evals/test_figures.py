import pytest

from houston.agent.evals.figures import data_figures, figures, shown


@pytest.mark.parametrize(
    ("wanted", "text", "is_shown"),
    [
        (12345.67, "It was $12,345.67.", True),
        (12345.67, "about 12.3k", True),
        (12345.67, "12345.7 in all", True),
        (12345.67, "**12,346**", True),
        (12345.67, "12 thousand", True),
        (12345.67, "10k or so", False),
        (12345.67, "12,354.67", False),
        (12345.67, "CHF 12'345.67", True),
        (1_200_000, "1.2M", True),
        (-8.17, "down 8.2 %", True),
        (-0.4744, "down 0.5%", True),
        (0.0400231, "4.0 %", True),
        (0.0400231, "0.0400", True),
        (0.0400231, "0.04", False),
        ("12.3%", "12.3 percent", True),
        ("12.3%", "12.3 clicks", False),
        ("12.3k", "12,345.67", True),
        ("$1,200", "1,200", True),
        (14, "on 14 Nov it was 12", False),
        (14, "14 clicks on 12 Nov", True),
        (9, "09:00 on 9–15 Nov", False),
        (2, "2.5 clicks", False),
        (5, "r5 and Q5", False),
        (7, "2026-11-07", False),
    ],
)
def test_a_value_is_found_at_its_shown_rounding(wanted: float | str, text: str, is_shown: bool) -> None:
    assert shown(wanted, figures(text)) is is_shown


def test_what_is_no_data_is_no_figure() -> None:
    text = "I have no data of 2019: they begin on 14 Oct 2026, 35 days ago, in week 42.\n1. Ask for October."
    assert data_figures(text) == []
