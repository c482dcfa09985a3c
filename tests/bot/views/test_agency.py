"""What is shown of clients, workspaces and the log, and to whom."""

import json
from typing import Any

import pytest

from bot.playground.blocks import validate, validate_view
from bot.views import audit, clients, deletion, help, home, invitation, own_app, rules, status
from bot.views.blocks import Message, View
from bot.views.connection import Connection
from bot.views.home import Overview
from bot.views.notifications import Notifications
from bot.views.place import Place
from bot.views.reader import Reader
from houston.notify.places.default_channel import Default
from houston.status import ConnectionState, Status
from houston.team.setup import Installed, Invited, Setup
from store.tables import AuditEntry, Channel, Client, Destination, Invitation, Workspace
from tests.bot.samples import (
    ACME,
    ADMIN,
    CLIENT_ADMIN,
    CLIENT_MEMBER,
    HOSTILE,
    MEMBER,
    NEW_YORK,
    NOW,
    READERS,
    rule,
    setup,
)

CHANGING = {
    "add_rule", "edit_rule", "pause_rule", "resume_rule", "delete_rule", "invite_client", "invite_agency",
    "revoke_invitation", "add_client", "delete_client", "own_app",
}  # fmt: skip
"""The buttons of admins."""

COMMANDS = (
    "help", "ask", "rules", "outliers", "clients", "client", "note", "status", "timezone", "audit", "people",
)  # fmt: skip

STATES = (
    ConnectionState(app_id="A1", names=("main app",), state="connected"),
    ConnectionState(app_id="A2", names=("Globex GmbH", HOSTILE), state="reconnecting"),
)


def entry(seq: int, **changes: Any) -> AuditEntry:
    values: dict[str, Any] = {
        "seq": seq,
        "at": NOW,
        "actor": "member T1/U1",
        "actor_name": "Bob Best",
        "action": "rule.edited",
        "subject": "rule 3",
        "before": {"client": "acme", "active": True},
        "after": {"client": None, "active": False, "destinations": ["#a", "#b"]},
        "content_hash": "",
        "hash": "",
    }
    return AuditEntry(**(values | changes))


def full_setup() -> Setup:
    """As an agency's admin sees it, with hostile names throughout."""
    other = Workspace(id="T2", name=HOSTILE, kind="client", client_id=7, active=False, created_at=NOW)
    client = Client(id=7, slug="acme", name=HOSTILE, created_at=NOW)
    failing = Destination(
        id=1, workspace_id="T1", kind="email", alias=HOSTILE, address="x", error=HOSTILE, created_at=NOW
    )
    open_one = Invitation(id="i1", client_id=7, created_by="x", created_at=NOW, expires_at=NOW)
    return setup(
        failing=[failing] * 40,
        installed=[Installed(workspace=other, client=client, own_app=True)] * 80,
        invited=[Invited(invitation=open_one, client=client), Invited(invitation=open_one, client=None)] * 30,
    )


def connection(reader: Reader, found: Setup | None = None) -> View:
    channels = [Channel(workspace_id="T1", id="C1", name="general")]
    content = Connection(
        setup=found or setup(),
        channels=channels,
        default=Default(destination=None, catches_all=False),
        words="✅ Connected",
        states=STATES,
        reader=reader,
    )
    return home.home(Place(tab="connection"), content)


def state() -> Status:
    return Status(
        workspace="Northwind", kind="agency", timezone="UTC", channels=1, rules=2, active_rules=1,
        definitions=3, failing_definitions=0, due=0, sent=0, dead=0, model="patterns",
    )  # fmt: skip


def everything_for(reader: Reader) -> list[View | Message]:
    """Every view that depends on who reads, for this one."""
    is_client = not reader.has_clients
    ours = [rule(1, client=None if is_client else ACME), rule(2, client=None, active=False)]
    return [
        rules.listed(ours, reader),
        rules.listed([], reader),
        help.helped(reader, COMMANDS),
        help.helped(reader, COMMANDS, "clint", "ask"),
        status.shown(state(), "✅ Connected", (), reader),
        audit.page([entry(1)], NEW_YORK, has_newer=True, has_older=True, has_clients=reader.has_clients),
        home.home(Place(), Overview(occurrences=(), rules=ours, channels=(), reader=reader)),
        home.home(Place(tab="notifications"), Notifications(rules=ours, reader=reader)),
        connection(reader),
    ]


def marked_up(shown: Any) -> str:
    """The mrkdwn in it; plain text pings nobody."""
    if isinstance(shown, list):
        return "\n".join(marked_up(each) for each in shown)
    if not isinstance(shown, dict):
        return ""
    own = str(shown["text"]) if shown.get("type") == "mrkdwn" else ""
    return own + marked_up(list(shown.values()))


def as_json(shown: View | Message) -> str:
    return json.dumps(shown.blocks if isinstance(shown, Message) else shown, ensure_ascii=False)


@pytest.mark.parametrize("reader", READERS)
def test_slack_takes_what_each_kind_of_person_is_shown(reader: Reader) -> None:
    for shown in everything_for(reader):
        problems = (
            validate(shown.blocks, "message") if isinstance(shown, Message) else validate_view(shown, "home")
        )
        assert problems == [], as_json(shown)


@pytest.mark.parametrize("reader", [MEMBER, CLIENT_MEMBER])
def test_a_member_is_offered_nothing_that_changes_anything(reader: Reader) -> None:
    for shown in everything_for(reader):
        offered = {name for name in CHANGING if f'"{name}"' in as_json(shown)}
        assert not offered, as_json(shown)


def test_a_member_is_told_who_can_change_things() -> None:
    for view in (connection(MEMBER), home.home(Place(), Notifications(rules=(), reader=MEMBER))):
        assert "Ask Bob Best." in as_json(view)


@pytest.mark.parametrize("reader", [CLIENT_ADMIN, CLIENT_MEMBER])
def test_a_clients_own_people_are_shown_neither_clients_nor_agencies(reader: Reader) -> None:
    for shown in everything_for(reader):
        text = as_json(shown).lower()
        for word in ("client", "agency", "acme", "globex", "main app"):
            assert word not in text, (word, text)


def test_an_admin_of_a_narrow_channel_is_offered_nothing_of_the_agencys() -> None:
    here = Reader(has_clients=True, is_admin=True, sees_all=False, zone=NEW_YORK)
    message = clients.listed([ACME], here)
    assert "invite_client" not in as_json(message)
    assert "held to one client" in as_json(message)


def test_the_connection_tab_survives_hostile_names_and_many_of_everything() -> None:
    view = connection(ADMIN, full_setup())
    assert validate_view(view, "home") == []
    assert "<!channel" not in marked_up(view)
    for said in ("65 more", "50 more", "open invitations", "its own Slack app", "Houston was removed"):
        assert said in as_json(view), said


def test_an_agencys_admin_sees_every_app_and_a_member_none() -> None:
    assert "✅ main app: connected" in as_json(connection(ADMIN))
    assert "⚠️ Globex GmbH" in as_json(connection(ADMIN))
    assert "main app" not in as_json(connection(MEMBER))
    both = status.shown(state(), "✅ Connected", STATES, ADMIN)
    assert "reconnecting" in as_json(both)


def test_the_forms_are_taken_by_slack() -> None:
    hostile = Client(id=8, slug="s" * 63, name=HOSTILE * 2, created_at=NOW)
    going = {"metric": 3, "point": 12_000, "note": 0, "workspace": 1}
    for view in (
        clients.form(), invitation.form(), invitation.link("https://h.example/slack?invitation=x", HOSTILE),
        invitation.link("https://h.example/", None), deletion.form(), deletion.form(hostile, going),
        deletion.under_way(hostile), deletion.done(hostile), own_app.form(),
    ):  # fmt: skip
        assert validate_view(view, "modal") == []
        assert "<!channel" not in marked_up(view)


def test_deleting_says_what_goes_and_asks_for_the_slug() -> None:
    view = as_json(deletion.form(ACME, {"metric": 1, "point": 12_000, "note": 0}))
    assert "• 1 metric\\n• 12,000 data points" in view
    assert "notes" not in view
    assert "Type acme to confirm" in view


def test_an_entry_of_the_log_reads_as_one_line_with_what_changed() -> None:
    assert audit.line(entry(12), NEW_YORK, has_clients=True) == (
        "`12` Dec 15, 2024 2:14 PM · *Bob Best* · rule.edited · rule 3\n"
        "active: true → false, client: acme → nothing, destinations: nothing → #a + #b"
    )
    added = audit.line(entry(13, before=None, after={"name": "<!here>"}), NEW_YORK, has_clients=True)
    assert added.endswith("\nname: &lt;!here&gt;")
    gone = audit.line(entry(14, before={"name": "x"}, after=None), NEW_YORK, has_clients=True)
    assert gone.endswith("\nname: was x")
    assert "erased with its client, by entry 20" in audit.line(
        entry(15, erased_by=20), NEW_YORK, has_clients=True
    )


def test_a_page_of_the_log_fits_whatever_was_written_into_it() -> None:
    long = {f"field {number}": HOSTILE * 20 for number in range(50)}
    entries = [
        entry(100 - n, actor_name=HOSTILE * 9, subject=HOSTILE * 9, before=None, after=long)
        for n in range(10)
    ]
    message = audit.page(entries, NEW_YORK, has_newer=True, has_older=True, has_clients=True)
    assert validate(message.blocks, "message") == []
    assert "<!" not in as_json(message)
    turns = message.blocks[-1]["elements"]
    assert [(each["action_id"], each["value"]) for each in turns] == [
        ("audit_newer", "100"),
        ("audit_older", "91"),
    ]


def test_an_unknown_word_gets_the_nearest_command() -> None:
    message = help.helped(ADMIN, COMMANDS, "rulse", "rules")
    assert "Did you mean `/houston rules`?" in message.text
    assert "<!" not in as_json(help.helped(ADMIN, COMMANDS, HOSTILE, HOSTILE))


def test_the_help_names_only_what_exists() -> None:
    assert "audit" not in as_json(help.helped(ADMIN, ("ask", "rules")))
    assert help.words(CLIENT_MEMBER, COMMANDS) == [
        "ask",
        "outliers",
        "rules",
        "note",
        "people",
        "status",
        "timezone",
    ]
