"""The words of a change that is asked for: how often, how bad, where to, what becomes of it."""

from datetime import date

import pytest

from houston.agent.patterns.understanding.dates import with_days_first, writes_month_first
from houston.agent.patterns.understanding.note_edits import NoteEdit, note_edit
from houston.agent.patterns.understanding.periods import find_periods
from houston.agent.patterns.understanding.settings import (
    direction_of,
    minimum_change_of,
    places_of,
    schedule_of,
    sensitivity_of,
    severity_of,
)
from houston.agent.patterns.understanding.writes import asked_write

WRITES = (
    ("dm me when there are outliers at open paws", "create_rule"),
    ("notify #data-pipelines of all new notes", "create_rule"),
    ("let me know when a job fails", "create_rule"),
    ("ping us in #ops if the import breaks", "create_rule"),
    ("when a pipeline fails, tell #data", "create_rule"),
    ("outliers should go to #growth", "create_rule"),
    ("message me when anyone writes a note", "create_rule"),
    ("alert me when Revenue falls below 5000 in Sales by shop", "create_alert"),
    ("let me know if revenue drops below 20", "create_alert"),
    ("start watching stall rate every hour, only spikes upwards", "create_outlier_definition"),
    ("keep an eye on refunds once a day", "create_outlier_definition"),
    ("note for Acme that google-ads overspent this morning", "create_note"),
    ("log for Globex: the pixel is back", "create_note"),
    ("jot down that the landing page is slow", "create_note"),
    ("add a note: call Bob about the note", "create_note"),
    ("put the black friday plan note to in progress", "edit_note"),
    ("add to the note about the landing page: fixed", "edit_note"),
    ("rename black friday plan to BF plan", "edit_note"),
    ("tell me about the failures", ""),
    ("tell me if there are any outliers", ""),
    ("send me the bookings of last week", ""),
    ("which notes are open", ""),
)
EDITS = (
    ('rename the note "Check tags" to "Check all tags"', NoteEdit(note="Check tags", title="Check all tags")),
    (
        "change the title of the landing page note to Mobile page",
        NoteEdit(note="landing page", title="Mobile page"),
    ),
    ("change the text of note 12 to: all fine now", NoteEdit(note="12", body="all fine now")),
    ("make the budget note say: approved by Jan", NoteEdit(note="budget", body="approved by Jan")),
    ("add to the note about the landing page: fixed", NoteEdit(note="landing page", more="fixed")),
    ('add "waiting for legal" to the budget note', NoteEdit(note="budget", more="waiting for legal")),
    ("append that the client said yes to note 44", NoteEdit(note="44", more="the client said yes")),
    (
        "put the black friday plan note to in progress",
        NoteEdit(note="black friday plan", status="in_progress"),
    ),
    ("move the consent note to done", NoteEdit(note="consent", status="done")),
    ("close note 3", NoteEdit(note="3", status="done")),
)
SCHEDULES = (
    ("watch donations once a day", "daily at 9:00"),
    ("set up an alert, weekdays at 9, into #x", "weekdays at 9:00"),
    ("watch plays every hour", "hourly"),
    ("every 15 min please", "every 15 minutes"),
    ("look every morning", "daily at 8:00"),
    ("check it mondays at 8", "Mondays at 8:00"),
    ("twice a day", "every 12 hours"),
    ("watch donations", None),
    ("alert me when revenue on mondays is below 20", None),
)
DATES = (
    ("bookings on 3/11", "2026-11-03"),
    ("bookings on 3.11.", "2026-11-03"),
    ("bookings on 3.11", "2026-11-03"),
    ("bookings on the 3rd", "2026-11-03"),
    ("bookings 3rd of nov", "2026-11-03"),
    ("bookings on 13/11", "2026-11-13"),
    ("bookings in the week of the 3rd", "2026-11-02"),
    ("bookings 31 oct/1 nov", "2026-10-31"),
)


@pytest.mark.parametrize(("said", "tool"), WRITES)
def test_a_change_is_told_from_a_question(said: str, tool: str) -> None:
    assert asked_write(said) == tool


@pytest.mark.parametrize(("said", "edit"), EDITS)
def test_what_becomes_of_a_note_is_read(said: str, edit: NoteEdit) -> None:
    assert note_edit(said) == edit


@pytest.mark.parametrize(("said", "schedule"), SCHEDULES)
def test_how_often_to_look_is_read(said: str, schedule: str | None) -> None:
    assert schedule_of(said) == schedule


def test_how_bad_where_to_and_which_way_are_read() -> None:
    said = "critical, into #marketing-alerts, only drops of more than 20%, less sensitive"
    assert severity_of(said) == "critical"
    assert places_of(said) == ["marketing-alerts"]
    assert direction_of(said) == "down"
    assert minimum_change_of(said) == 20.0
    assert sensitivity_of(said) == "low"
    assert places_of("dm me when a job fails") == ["me"]
    assert direction_of("up and down") is None


@pytest.mark.parametrize(("said", "start"), DATES)
def test_a_date_is_read_day_first(said: str, start: str) -> None:
    assert str(find_periods(said, date(2026, 11, 18))[0].period.start) == start


def test_an_american_writes_the_month_first() -> None:
    assert writes_month_first("America/New_York")
    assert not writes_month_first("America/Sao_Paulo")
    assert not writes_month_first("Europe/Berlin")
    assert with_days_first("bookings on 11/3 and 11/13/2026") == "bookings on 3/11 and 13/11/2026"
