from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.views.text import (
    code,
    count,
    cut,
    duration,
    escape,
    figure,
    humanized,
    mention,
    number,
    span,
    weekday,
    when,
    without_mentions,
)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (0, "", "0"),
        (1234567.4, "", "1,234,567"),
        (999.996, "", "1000"),
        (12.345, "", "12.35"),
        (12.0, "", "12"),
        (0.045678, "", "0.0457"),
        (0.5, "", "0.5"),
        (1e-9, "", "0.000000001"),
        (-3.5, "", "-3.5"),
        (-1e-20, "", "0"),
        (2.4, "USD", "$2.40"),
        (1200, "usd", "$1,200"),
        (-0.25, "€", "-€0.25"),
        (0.345, "USD", "$0.345"),
        (3.14159, "%", "3.14%"),
        (120, "clicks", "120 clicks"),
    ],
)
def test_numbers_read_as_people_write_them(value: float, unit: str, shown: str) -> None:
    assert number(value, unit) == shown


def test_a_span_names_the_unit_at_both_ends() -> None:
    assert span(0.91, 1.2, "USD") == "$0.91 – $1.20"


def test_times_are_local_to_the_zone() -> None:
    moment = datetime(2024, 12, 15, 19, 14, tzinfo=UTC)
    assert when(moment, ZoneInfo("America/New_York")) == "Dec 15, 2024 2:14 PM"
    assert when(moment, ZoneInfo("Asia/Tokyo")) == "Dec 16, 2024 4:14 AM"
    assert when(datetime(2024, 1, 1, 0, 5, tzinfo=UTC), ZoneInfo("UTC")) == "Jan 1, 2024 12:05 AM"


def test_text_from_outside_pings_nobody_and_links_nowhere() -> None:
    assert escape("<!channel> <@U1> <http://x|y> & co") == (
        "&lt;!channel&gt; &lt;@U1&gt; &lt;http://x|y&gt; &amp; co"
    )


@pytest.mark.parametrize("limit", range(2, 24))
def test_a_cut_never_splits_an_entity(limit: int) -> None:
    shown = escape("<<<<<&&&", limit)
    assert len(shown) <= limit
    rest = shown.replace("&lt;", "").replace("&amp;", "")
    assert rest in ("", "…")


def test_text_that_fits_is_left_alone() -> None:
    assert escape("a < b", 8) == "a &lt; b"
    assert cut("12345", 5) == "12345"
    assert cut("123456", 5) == "1234…"


def test_nothing_closes_a_block_of_code_early() -> None:
    assert code("a ``` <!here>", 100) == "```a ''' &lt;!here&gt;```"


def test_markdown_pings_nobody_even_in_pieces() -> None:
    pieces = ["Hello <", "!channel> and <@U12", "3>, see <#C1> `<!here>` 1 < 2"]
    shown = "".join(without_mentions(piece) for piece in pieces)
    assert "<!" not in shown
    assert "<@" not in shown
    assert "<#" not in shown
    assert "1 < 2" in shown


def test_names_of_metrics_become_words() -> None:
    assert humanized("cost_per_click") == "Cost per click"
    assert humanized("ROAS") == "ROAS"
    assert count(1, "rule") == "1 rule"
    assert count(2000, "rule") == "2,000 rules"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=5), "1 min"),
        (timedelta(minutes=25), "25 min"),
        (timedelta(minutes=59, seconds=40), "1 h"),
        (timedelta(hours=3, minutes=10), "3 h"),
        (timedelta(hours=49), "2 days"),
    ],
)
def test_a_length_of_time_reads_in_the_unit_that_people_name(length: timedelta, said: str) -> None:
    assert duration(length) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("8750", "8,750"),
        ("8,750", "8,750"),
        (42750, "42,750"),
        (0.5, "0.5"),
        ("0042", "0042"),
        ("n/a", "n/a"),
    ],
)
def test_figures_of_a_report_are_grouped_where_they_are_numbers(value: object, said: str) -> None:
    assert figure(value) == said


def test_only_an_id_becomes_a_mention() -> None:
    assert mention("U123ABC", "Alice") == "<@U123ABC>"
    assert mention("U1> <!channel", "Alice <b>") == "Alice &lt;b&gt;"
    assert mention(None, "Alice") == "Alice"
    assert mention("") == ""


def test_a_day_of_this_week_goes_by_its_name() -> None:
    assert weekday(datetime(2024, 12, 15, 19, 14, tzinfo=UTC), ZoneInfo("America/New_York")) == "Sun 2:14 PM"
