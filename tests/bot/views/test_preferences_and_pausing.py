import json
from typing import Any

import pytest

from bot.playground.blocks import validate, validate_view
from bot.views import home, pausing, preference_form, preferences
from bot.views.blocks import Block
from bot.views.home import Overview
from bot.views.place import Place
from bot.views.preferences import Preferences
from bot.views.reader import Reader
from houston.errors import Invalid, InvalidFields
from houston.notify.pausing import Paused
from houston.notify.preferences import PreferenceDraft, PreferenceSeen
from houston.notify.quiet.hours import QuietHours
from houston.notify.vocabulary import EVENT_TYPES
from store.tables import Client
from tests.bot.samples import ACME, ADMIN, HOSTILE, MEMBER, NEW_YORK, NOW

NEW = PreferenceSeen(timezone="America/New_York", is_new=True)
NIGHTS = QuietHours.parse("every night", "America/New_York")
FULL = PreferenceSeen(
    timezone="America/New_York",
    event_types=tuple(EVENT_TYPES),
    clients=(ACME,),
    minimum_severity="warning",
    quiet_hours=NIGHTS,
    daily_at="07:30",
)
PAUSED = Paused(until=NOW, by="UBOB")


def form(seen: PreferenceSeen, *, has_clients: bool = True) -> dict[str, Any]:
    return preference_form.form(seen, has_clients=has_clients, home=True, response_url="")


def fields(view: dict[str, Any]) -> dict[str, Block]:
    return {each["block_id"]: each["element"] for each in view["blocks"] if "block_id" in each}


def test_the_form_offers_every_type_and_begins_as_it_was_left() -> None:
    view = form(FULL)
    assert validate_view(view, "modal") == []
    assert [*fields(view)] == [
        "event_types",
        "clients",
        "severity",
        "quiet_hours",
        "quiet_critical",
        "rhythm",
        "daily_at",
        "active",
    ]
    assert [each["value"] for each in fields(view)["event_types"]["options"]] == list(EVENT_TYPES)
    assert fields(view)["rhythm"]["initial_option"]["value"] == "daily"
    assert (fields(view)["daily_at"]["initial_time"], fields(view)["daily_at"]["timezone"]) == (
        "07:30",
        "America/New_York",
    )
    assert fields(view)["quiet_hours"]["initial_value"] == "daily 22:00-06:00"


def test_a_new_form_is_taken_by_slack() -> None:
    view = form(NEW, has_clients=False)
    assert validate_view(view, "modal") == []
    assert "clients" not in fields(view)
    assert "initial_options" in fields(view)["active"]


def test_what_was_filled_in_becomes_a_draft() -> None:
    values: dict[str, Any] = {
        "event_types": {"event_types": {"selected_options": [{"value": "outlier"}]}},
        "clients": {"clients": {"selected_options": [{"value": "7"}, {"value": "x"}]}},
        "severity": {"severity": {"selected_option": {"value": "critical"}}},
        "quiet_hours": {"quiet_hours": {"value": " every night "}},
        "rhythm": {"rhythm": {"selected_option": {"value": "daily"}}},
        "daily_at": {"daily_at": {"selected_time": "07:30"}},
        "active": {"active": {"selected_options": [{"value": "active"}]}},
    }
    assert preference_form.draft(values, "America/New_York") == PreferenceDraft(
        event_types=("outlier",),
        client_ids=(7, 0),
        minimum_severity="critical",
        quiet_hours=NIGHTS,
        daily_at="07:30",
    )
    one_by_one = values | {"rhythm": {"rhythm": {"selected_option": {"value": "each"}}}}
    assert preference_form.draft(one_by_one, "UTC").daily_at == ""


@pytest.mark.parametrize("wrong", [Invalid("quiet_hours", "One."), InvalidFields({"quiet_hours": "One."})])
def test_each_error_is_shown_at_its_field(wrong: Invalid | InvalidFields) -> None:
    assert preference_form.errors_by_block(wrong, form(NEW)) == {"quiet_hours": "One."}
    hidden = InvalidFields({"clients": "Two."})
    assert preference_form.errors_by_block(hidden, form(NEW, has_clients=False)) == {"event_types": "Two."}


def test_the_tab_says_all_of_it() -> None:
    for seen in (None, NEW, FULL):
        view = home.home(Place(tab="preferences"), Preferences(seen=seen, has_clients=True))
        assert validate_view(view, "home") == []
    shown = json.dumps(preferences.tab(Preferences(seen=FULL, has_clients=True)), ensure_ascii=False)
    for said in ("Acme Outdoor", "Warning and critical", "daily 22:00–06:00", "once a day at 07:30"):
        assert said in shown
    assert "Clients" not in json.dumps(preferences.tab(Preferences(seen=FULL, has_clients=False)))


def test_many_clients_with_hostile_names_fit() -> None:
    many = tuple(Client(id=i, slug="s", name=HOSTILE * 3, created_at=NOW) for i in range(1, 300))
    seen = PreferenceSeen(timezone="UTC", event_types=tuple(EVENT_TYPES), clients=many)
    blocks = preferences.tab(Preferences(seen=seen, has_clients=True))
    assert validate(blocks, "home") == []
    assert "<!" not in json.dumps(blocks)
    assert validate_view(form(seen), "modal") == []
    assert len(preference_form.client_options(many, "")) == 100


def test_a_pause_says_by_whom_and_until_when() -> None:
    reader = Reader(has_clients=True, is_admin=True, zone=NEW_YORK)
    assert pausing.line(PAUSED, reader) == "⏸️ Paused by <@UBOB> until Dec 15, 2024 2:14 PM."
    assert pausing.blocks(None, reader) == []
    assert "resume_everything" in json.dumps(pausing.blocks(PAUSED, ADMIN))
    assert "resume_everything" not in json.dumps(pausing.blocks(PAUSED, MEMBER))


def test_who_paused_cannot_forge_a_mention() -> None:
    assert "<!" not in pausing.line(Paused(until=NOW, by=HOSTILE), ADMIN)


def test_the_overview_begins_with_the_pause() -> None:
    overview = Overview(occurrences=(), rules=(), channels=(), reader=ADMIN, paused=PAUSED)
    view = home.home(Place(), overview)
    assert validate_view(view, "home") == []
    assert "Paused by" in json.dumps(view["blocks"][2], ensure_ascii=False)
