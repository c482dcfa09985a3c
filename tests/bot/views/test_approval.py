"""The card shows all that is approved, and nothing from outside can make it show something else."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.playground import blocks as rules_of_slack
from bot.views import approval as views
from bot.views.blocks import Message
from houston.agent.tool import Change
from houston.agent.turn import ApprovalAsked
from store.tables import Approval

NOON = datetime(2026, 11, 14, 12, tzinfo=UTC)
EVIL = "x*\n\n*Status*: done <!channel> <https://evil.example|click> <@U2>"


def card(
    *lines: tuple[str, str, str], title: str = "Create a note", remarks: tuple[str, ...] = ()
) -> Message:
    change = Change(title=title, lines=lines, remarks=remarks)
    asked = ApprovalAsked(approval_id=7, change=change, expires_at=NOON)
    return views.card(asked, user_id="U1", zone=ZoneInfo("Europe/Berlin"))


def ended(state: str, **more: Any) -> Approval:
    return Approval(
        id=7,
        turn_id=1,
        workspace_id="T1",
        user_id="U1",
        tool="create_note",
        arguments={},
        title="Create a note",
        lines=[["Title", "", "Hello"]],
        state=state,
        created_at=NOON,
        decided_at=NOON,
        expires_at=NOON + timedelta(minutes=30),
        **more,
    )


def words(message: Message) -> list[str]:
    """What each part of the rich text says."""
    found = next(block for block in message.blocks if block["type"] == "rich_text")
    return ["".join(each["text"] for each in part["elements"]) for part in found["elements"]]


def test_a_card_names_every_field_its_asker_and_when_it_expires() -> None:
    message = card(("Title", "", "Hello"), ("Status", "open", "done"), remarks=("Would never have fired.",))
    assert words(message) == ["Title: Hello", "Status: open  →  done"]
    shown = str(message.blocks)
    assert "Only <@U1> can approve this, until Nov 14, 2026 1:00 PM" in shown
    assert "Would never have fired." in shown


def test_the_buttons_hold_the_number_and_nothing_else() -> None:
    buttons = card(("Title", "", "Hello")).blocks[-1]["elements"]
    assert [(each["action_id"], each["value"]) for each in buttons] == [
        ("approve_change", "7"),
        ("decline_change", "7"),
    ]


@pytest.mark.parametrize("where", ["title", "before", "after", "remark", "name"])
def test_what_comes_from_outside_fakes_no_field_and_mentions_nobody(where: str) -> None:
    line = {"name": "Title", "before": "", "after": "Hello"}
    line |= {where: EVIL} if where in line else {}
    message = card(
        (line["name"], line["before"], line["after"]),
        title=EVIL if where == "title" else "Create a note",
        remarks=(EVIL,) if where == "remark" else (),
    )
    for block in message.blocks:
        if block["type"] == "rich_text":
            bold = [
                each
                for part in block["elements"]
                for each in part["elements"]
                if each.get("style", {}).get("bold")
            ]
            assert all(each["text"].endswith(": ") or "→" in each["text"] for each in bold)
            assert {each["type"] for part in block["elements"] for each in part["elements"]} == {"text"}
            assert len(bold) <= 2
        else:
            assert "<!channel>" not in str(block)
            assert "<https" not in str(block)
            assert "<@U2>" not in str(block)
    assert "<!channel>" not in message.text


def test_text_of_several_lines_stands_in_a_box_of_its_own() -> None:
    message = card(("Text", "one\ntwo", "three\nfour"), ("Status", "", "open"))
    assert words(message) == ["Text: ", "before:", "one\ntwo", "after:", "three\nfour", "Status: open"]
    parts = message.blocks[1]["elements"]
    assert [part["type"] for part in parts if "\n" in str(part["elements"][0]["text"])] == [
        "rich_text_preformatted",
        "rich_text_preformatted",
    ]


def test_what_will_be_is_shown_whole_and_slack_takes_it() -> None:
    long = "y" * 2_500
    message = card(("Text", "z" * 20_000, long), ("Empty", "was", ""))
    assert words(message)[0].endswith(long)
    assert words(message)[1] == "Empty: was  →  (nothing)"
    assert rules_of_slack.validate(message.blocks, "message", lambda _: True) == []


@pytest.mark.parametrize(
    ("state", "later", "says"),
    [
        ("done", 0, "✅ Done by <@U1>: *Create a note*. It is kept."),
        ("failed", 0, "⚠️ Not done: *Create a note*. It is kept."),
        ("declined", 0, "🚫 Declined by <@U1>"),
        ("expired", 0, "⌛ Expired, nothing was changed"),
        ("approved", 1, "being done"),
        ("approved", 9, "❔ Approved by <@U1>, but Houston stopped meanwhile"),
    ],
)
def test_what_became_of_it_stands_in_its_place_without_buttons(state: str, later: int, says: str) -> None:
    message = views.ended(ended(state, outcome="It is kept."), NOON + timedelta(minutes=later))
    assert says in message.text
    assert says in str(message.blocks[0])
    assert words(message) == ["Title: Hello"]
    assert not [block for block in message.blocks if block["type"] == "actions"]


def test_a_card_in_the_place_of_another_says_that_nothing_was_done() -> None:
    message = views.again(ended("waiting"), ZoneInfo("UTC"))
    assert "Nothing was done" in str(message.blocks[0])
    assert message.blocks[-1]["type"] == "actions"
