import json
from dataclasses import replace
from typing import Any

from bot.playground.blocks import validate, validate_view
from bot.views import answer, clients, home, outliers, rule_fields, rule_form, rules, status, welcome
from bot.views.connection import Connection
from bot.views.home import Overview
from bot.views.notifications import Notifications
from bot.views.origin import Origin
from bot.views.place import Place
from bot.views.rule_form import Parts
from houston.agent.turn import Footer
from houston.errors import InvalidFields
from houston.notify.places.default_channel import Default
from houston.notify.quiet.hours import QuietHours
from houston.notify.vocabulary import NOTE_TYPES
from houston.status import Status
from store.tables import Channel, Client, Destination
from tests.bot.samples import ACME, ADMIN, HOSTILE, NEW_YORK, NOW, occurrence, rule, setup


def channels(count: int) -> list[Channel]:
    return [Channel(workspace_id="T1", id=f"C{i:09}", name=f"channel-{i}") for i in range(count)]


def parts(**changes: Any) -> Parts:
    return Parts(**({"clients": [ACME], "timezone": "Europe/Zurich"} | changes))


def test_a_rule_reads_as_one_line() -> None:
    assert rules.line(rule(3), has_clients=True) == (
        "*#3* Outlier Alerts → <#C0003> · Acme Outdoor · Warning and critical"
    )
    paused = rule(4, active=False, client=None, event_type="note_created")
    assert rules.line(paused, has_clients=True) == "*#4* Note Created → <#C0004> · All clients · ⏸ Paused"
    assert "clients" not in rules.line(paused, has_clients=False)


def test_a_rule_tells_its_quiet_hours_and_whom_it_escalates_to() -> None:
    mira = Destination(id=9, workspace_id="T1", kind="dm", alias="@mira", address="U9", created_at=NOW)
    quiet = QuietHours.parse("weekdays 18-8", "Europe/Zurich", True)
    night = replace(quiet, spans=QuietHours.parse("every night", "UTC").spans, critical_passes=False)
    full = rule(5, subject="cost_*", quiet_hours=quiet, escalate_to=mira, escalate_minutes=15)
    assert rules.line(full, has_clients=False, timezone="Europe/Zurich") == (
        "*#5* Outlier Alerts about `cost_*` → <#C0005> · Warning and critical · "
        "quiet on weekdays 18:00–08:00 (critical passes) · escalates to @mira after 15 min"
    )
    elsewhere = rules.line(rule(6, quiet_hours=night), has_clients=False, timezone="UTC")
    assert elsewhere.endswith("quiet daily 22:00–06:00 (Europe/Zurich)")


def test_a_failing_destination_says_what_to_do() -> None:
    failing = rule(1)
    failing.destinations[0].error = "Type /invite @Houston there. <!here>"
    shown = rules.line(failing, has_clients=True)
    assert "⚠️ <#C0001>: Type /invite @Houston there. &lt;!here&gt;" in shown


def test_a_long_list_of_rules_fits_into_a_message() -> None:
    message = rules.listed([rule(number) for number in range(1, 200)], ADMIN)
    assert validate(message.blocks, "message") == []
    assert "179 more" in json.dumps(message.blocks)


def test_no_rules_offers_to_add_one() -> None:
    message = rules.listed([], ADMIN)
    assert message.blocks[-1]["elements"][0]["action_id"] == "add_rule"


def test_the_form_has_the_fields_in_the_designed_order() -> None:
    form = rule_form.form(Origin(), parts())
    assert validate_view(form, "modal") == []
    assert [block["block_id"] for block in form["blocks"]] == [
        "channel",
        "event_type",
        "client",
        "severity",
        "quiet_hours",
        "quiet_critical",
        "subject",
        "escalate_minutes",
        "escalate_to",
        "active",
    ]
    assert (form["title"]["text"], form["submit"]["text"]) == ("Add notification", "Add")


def test_a_client_workspace_chooses_no_client() -> None:
    form = rule_form.form(Origin(), parts(clients=None))
    assert "client" not in {block["block_id"] for block in form["blocks"]}


def test_notes_have_no_severity() -> None:
    for note_type in NOTE_TYPES:
        form = rule_form.form(Origin(), parts(), event_type=note_type)
        assert "severity" not in {block["block_id"] for block in form["blocks"]}


def test_editing_starts_from_the_rule_as_it_is() -> None:
    form = rule_form.form(Origin(id=3), parts(rule=rule(3, active=False)))
    assert validate_view(form, "modal") == []
    fields = {block["block_id"]: block["element"] for block in form["blocks"]}
    channel, event_type, client = fields["channel"], fields["event_type"], fields["client"]
    severity, active = fields["severity"], fields["active"]
    assert channel["initial_options"][0]["value"] == "C0003"
    assert event_type["initial_option"]["value"] == "outlier"
    assert client["initial_option"]["value"] == "7"
    assert severity["initial_option"]["value"] == "warning"
    assert "initial_options" not in active
    assert (form["title"]["text"], form["submit"]["text"]) == ("Edit notification", "Save")


def test_more_clients_than_a_select_takes_are_searched() -> None:
    many = [Client(id=i, slug=f"c{i}", name=f"Client {i}", created_at=NOW) for i in range(1, 300)]
    form = rule_form.form(Origin(), parts(clients=many))
    assert validate_view(form, "modal") == []
    assert form["blocks"][2]["element"]["type"] == "external_select"
    assert [each["text"]["text"] for each in rule_fields.client_options(many, "client 29")][:2] == [
        "Client 29",
        "Client 290",
    ]


def test_what_was_filled_in_becomes_a_draft() -> None:
    values: dict[str, Any] = {
        "channel": {"channel": {"selected_options": [{"value": "C1"}, {"value": "C2"}]}},
        "event_type": {"event_type": {"selected_option": {"value": "outlier"}}},
        "client": {"client": {"selected_option": {"value": "7"}}},
        "severity": {"severity": {"selected_option": {"value": "critical"}}},
        "active": {"active": {"selected_options": []}},
    }
    draft = rule_form.draft(values, "UTC")
    assert draft.channels == ("C1", "C2")
    assert (draft.event_type, draft.client_id, draft.minimum_severity) == ("outlier", 7, "critical")
    assert not draft.active


def test_a_form_with_nothing_chosen_is_an_empty_draft() -> None:
    draft = rule_form.draft({"event_type": {"event_type": {"selected_option": None}}}, "UTC")
    assert draft.channels == ()
    assert (draft.event_type, draft.client_id, draft.minimum_severity) == ("", None, "info")


def test_an_error_of_a_field_that_is_not_shown_is_shown_all_the_same() -> None:
    form = rule_form.form(Origin(), parts(clients=None), event_type="note_created")
    errors = rule_form.errors_by_block(InvalidFields({"channel": "One.", "severity": "Two."}), form)
    assert errors == {"channel": "One. Two."}


def test_each_tab_of_the_home_is_taken_by_slack() -> None:
    many = [rule(number) for number in range(1, 300)]
    overview = Overview(occurrences=[occurrence()] * 5, rules=many, channels=channels(3), reader=ADMIN)
    notifications = Notifications(rules=many, reader=ADMIN)
    connection = Connection(
        setup=setup(),
        channels=channels(400),
        words="✅ Connected",
        states=(),
        default=Default(destination=None, catches_all=False),
        reader=ADMIN,
    )
    for place, content in (
        (Place(), overview),
        (Place(tab="notifications", page=5), notifications),
        (Place(tab="connection"), connection),
    ):
        view = home.home(place, content)
        assert validate_view(view, "home") == []
        assert Place.from_text(view["private_metadata"]) == place


def test_the_notifications_are_paged_and_filtered() -> None:
    many = [rule(number, event_type="note_created" if number > 20 else "outlier") for number in range(1, 26)]
    view = home.home(Place(tab="notifications", page=2), Notifications(rules=many, reader=ADMIN))
    assert "#21" in json.dumps(view)
    assert "#20*" not in json.dumps(view)
    assert "home_next" not in json.dumps(view)
    filtered = Place(tab="notifications", page=9, event_type="outlier")
    view = home.home(filtered, Notifications(rules=many, reader=ADMIN))
    assert "#11*" in json.dumps(view)
    assert "#21*" not in json.dumps(view)


def test_deleting_asks_first() -> None:
    view = home.home(Place(tab="notifications"), Notifications(rules=[rule(1)], reader=ADMIN))
    buttons = next(block for block in view["blocks"] if "delete_rule" in json.dumps(block))["elements"]
    assert [each["action_id"] for each in buttons] == ["edit_rule", "pause_rule", "delete_rule"]
    assert {each["value"] for each in buttons} == {"1"}
    assert buttons[-1]["confirm"]["confirm"]["text"] == "Delete"


def test_an_unknown_place_is_the_overview() -> None:
    assert Place.on("nonsense").tab == "overview"
    assert Place.from_text("") == Place()


def test_the_other_messages_are_taken_by_slack() -> None:
    state = Status(
        workspace=HOSTILE,
        kind="agency",
        timezone="UTC",
        channels=1,
        rules=2,
        active_rules=1,
        definitions=3,
        failing_definitions=1,
        due=1,
        sent=2,
        dead=3,
        model="patterns",
    )
    many = [Client(id=i, slug="s" * 63, name=HOSTILE * 3, created_at=NOW) for i in range(1, 300)]
    footer = Footer(tools=("channel_performance",), clients=(HOSTILE,), rows=14, freshness=NOW)
    shown = [
        status.shown(state, "✅ Connected", (), ADMIN),
        clients.listed([], ADMIN),
        clients.listed(many, ADMIN),
        outliers.listed([], NEW_YORK, days=7),
        outliers.listed([occurrence(metric=HOSTILE, channel=HOSTILE)] * 40, NEW_YORK, days=7),
        welcome.ready([], has_clients=True),
        welcome.ready([rule(number) for number in range(1, 60)], has_clients=True),
        answer.whole("# Title\n<!channel> " * 2000, answer.footer(footer, NEW_YORK)),
    ]
    for message in shown:
        assert validate(message.blocks, "message") == [], message.text
        assert "<!" not in json.dumps(message.blocks)
        assert "<@" not in json.dumps(message.blocks)
