"""What stands under an answer, and how its tool calls read."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.answers.place import Pace
from bot.playground.blocks import validate
from bot.playground.limits import TIERS
from bot.views import answer, cards, choices, feedback
from houston.agent.turn import CardChanged, Footer
from tests.bot.samples import HOSTILE

LONDON = ZoneInfo("Europe/London")
DATA = Footer(
    tools=("channel_performance", "draw_chart"),
    clients=("Acme",),
    start=date(2026, 11, 1),
    end=date(2026, 11, 14),
    rows=14,
    freshness=datetime(2026, 11, 14, 9, tzinfo=UTC),
    client="Acme",
)


def said(footer: Footer) -> str:
    blocks = answer.footer(footer, LONDON)
    return str(blocks[0]["elements"][0]["text"]) if blocks else ""


def test_the_footer_names_the_data_behind_an_answer() -> None:
    assert said(DATA) == (
        "📊 Channel performance, Chart · Acme · Nov 1 – Nov 14, 2026 · 14 rows"
        " · data until Nov 14, 2026 9:00 AM"
    )


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"client": "Acme"}, "👤 About Acme"),
        ({"model_note": "answered by rules: no model"}, "🧮 Answered by rules: no model"),
        ({"marked": 1}, "⚠️ 1 sentence has a figure that I found in no data"),
        ({"marked": 2}, "⚠️ 2 sentences have a figure that I found in no data"),
    ],
)
def test_what_limits_an_answer_is_said_even_without_data(more: dict[str, object], text: str) -> None:
    assert said(Footer(**more)) == text  # type: ignore[arg-type]


def test_an_answer_about_several_clients_names_the_current_one_too() -> None:
    footer = Footer(tools=("notes",), clients=("Acme", "Globex"), client="Globex")
    assert said(footer) == "📊 Notes · Acme, Globex\n👤 About Globex"


def test_an_answer_from_nothing_has_no_footer() -> None:
    assert said(Footer()) == ""


@pytest.mark.parametrize("options", [(), ("Acme",), tuple(HOSTILE + str(n) for n in range(9))])
def test_every_layout_under_an_answer_is_one_that_slack_takes(options: tuple[str, ...]) -> None:
    for layout in answer.under(DATA, LONDON, options=options, turn_id=7):
        assert validate(layout, "message") == []


def test_a_feedback_button_holds_the_turns_id_and_nothing_else() -> None:
    element = feedback.asked(7)["elements"][0]
    values = [element[half]["value"] for half in ("positive_button", "negative_button")]
    assert [feedback.opinion({"value": value}) for value in values] == [(7, True), (7, False)]
    assert [each["value"] for each in feedback.asked(7, plainly=True)["elements"]] == values


def test_a_choice_takes_the_place_of_its_buttons_alone() -> None:
    blocks = [*choices.offered(("Acme", "Globex"), 7), feedback.asked(7, plainly=True)]
    kept = choices.chosen(blocks, "<!channel>", "U1")
    assert [block["type"] for block in kept] == ["context", "actions"]
    assert "<!channel>" not in str(kept)


def test_a_card_pings_nobody_and_fits() -> None:
    card = CardChanged(id="r1", title=HOSTILE * 20, state="failed", detail=HOSTILE * 20)
    chunk = cards.chunk(card)
    assert "<!channel>" not in str(chunk)
    assert len(chunk["title"]) <= 150
    lines = cards.lines([card] * 30)
    assert "… and 20 before" in str(lines)
    assert "<!channel>" not in str(lines + cards.in_a_line([card] * 30))
    assert validate(lines, "message") == []


def test_a_running_call_sends_no_detail_for_slack_might_say_it_twice() -> None:
    running = CardChanged(id="r1", title="Reading", state="running", detail="soon")
    assert "details" not in cards.chunk(running)


def test_the_pace_keeps_within_slacks_limits() -> None:
    pace = Pace()
    assert 60 / pace.append <= 0.9 * TIERS[4]
    assert 60 / pace.update <= 0.9 * TIERS[3]
