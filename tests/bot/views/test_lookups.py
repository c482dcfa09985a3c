"""How several look-ups read on one card."""

from dataclasses import replace

import pytest

from bot.views import cards
from bot.views.lookups import together
from houston.agent.turn import CardChanged, CardState
from tests.bot.samples import HOSTILE


def looking(
    subject: str, state: CardState = "done", *, client: str = "", period: str = "", detail: str = ""
) -> CardChanged:
    whose = f" for {client}" if client else ""
    return CardChanged(
        id=f"{subject}-{client}-{period}",
        title=f"Looking up {subject}{whose}",
        state=state,
        detail=detail,
        subject=subject,
        client=client,
        period=period,
    )


def of(client: str, *subjects: str) -> list[CardChanged]:
    return [looking(subject, client=client) for subject in subjects]


@pytest.mark.parametrize(
    ("lookups", "title"),
    [
        (of("Acme", "alerts", "jobs"), "Looking at Acme: alerts and jobs"),
        (of("Acme", "alerts", "jobs", "notes", "rules"), "Looking at Acme: alerts, jobs, notes and rules"),
        (of("Acme", *"abcdef"), "Looking at Acme: a, b, c and 3 more"),
        (of("", "alerts", "jobs", "alerts"), "Looking at alerts and jobs"),
        ([*of("Acme", "spend"), *of("Globex", "spend")], "Looking at spend for Acme and Globex"),
        (
            [*of("Acme", "spend", "clicks"), *of("Globex", "spend")],
            "Looking at Acme and Globex: spend and clicks",
        ),
        (
            [looking("spend", client="Acme", period=period) for period in ("1–7 Nov", "8–14 Nov")],
            "Looking at spend for Acme: 1–7 Nov and 8–14 Nov",
        ),
        (of("", "calculations", "calculations"), "Looking at calculations: 2 times"),
    ],
)
def test_the_title_names_what_is_looked_at_and_whose(lookups: list[CardChanged], title: str) -> None:
    assert together(lookups).title == title


@pytest.mark.parametrize(
    ("states", "state", "title"),
    [
        (("running", "failed", "done"), "running", "Looking at a, b and c"),
        (("done", "done", "done"), "done", "Looking at a, b and c"),
        (("done", "failed", "done"), "done", "Looking at a, b and c (1 failed)"),
        (("failed", "failed", "failed"), "failed", "Looking at a, b and c"),
    ],
)
def test_a_card_of_several_is_done_once_all_are(
    states: tuple[CardState, ...], state: CardState, title: str
) -> None:
    card = together([looking(name, each) for name, each in zip("abc", states, strict=True)])
    assert (card.state, card.title) == (state, title)


def test_each_look_up_has_a_line_once_all_have_ended_and_what_failed_comes_first() -> None:
    found = [looking("alerts", detail="3 rows"), looking("jobs", "failed", detail="No data")]
    assert together(found).detail == "⚠️ Looking up jobs · No data\n✓ Looking up alerts · 3 rows"
    assert together([*found, looking("notes", "running")]).detail == ""
    assert together(found, whole=False).detail == ""


def test_a_single_look_up_is_shown_as_it_is() -> None:
    card = looking("alerts", detail="3 rows")
    assert together([card]) == card
    assert together([card], whole=False).detail == ""


def test_many_hostile_look_ups_fit_a_card_and_ping_nobody() -> None:
    hostile = looking(HOSTILE * 20, detail=HOSTILE * 20)
    many = [replace(hostile, id=f"r{number}") for number in range(30)]
    chunk = cards.chunk(together(many))
    assert "<!channel>" not in str(chunk)
    assert len(chunk["title"]) <= 150
    assert chunk["details"].splitlines()[-1] == "… and 18 more"
    assert len(chunk["details"]) < 3000


def test_without_a_stream_a_card_of_several_is_its_title() -> None:
    (line,) = cards.lines([together(of("Acme", "alerts", "jobs"))])
    assert line["elements"][0]["text"] == "✓ Looking at Acme: alerts and jobs"
