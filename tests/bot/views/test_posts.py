"""A message of its own shows how things stand now, and says to its thread what is new."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.playground.blocks import validate
from bot.views.announcement import announced, plain
from bot.views.blocks import Block, Message
from houston.notify.messenger import Announcement
from houston.watch.standing import Who
from tests.bot.samples import NOW, PAYLOADS, post

ALICE = Who(name="Alice", user_id="U1ALICE")
GUEST = Who(name="Gus <!here>", user_id=None)
EPISODES = ("outlier", "task_failure", "system_error", "data_alert")
LATER = NOW + timedelta(hours=3)


def heading(message: Message) -> str:
    return str(message.blocks[0]["text"]["text"])


def fields(message: Message) -> dict[str, str]:
    """Labels and values of the facts."""
    texts = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    facts = [line.partition(":* ") for text in texts for line in text.split("\n")]
    return {label.replace("*", ""): value for label, _, value in facts}


def people(message: Message) -> list[str]:
    return [
        line
        for block in message.blocks
        if block["type"] == "context"
        for line in block["elements"][0]["text"].split("\n")
    ]


def pressed(message: Message) -> list[str]:
    (row,) = (block for block in message.blocks if block["type"] == "actions")
    return [element["action_id"] for element in row["elements"]]


def choices(message: Message, action_id: str) -> list[str]:
    elements: list[Block] = message.blocks[-1]["elements"]
    (found,) = (each for each in elements if each["action_id"] == action_id)
    return [option["value"] for option in found["options"]]


@pytest.mark.parametrize("type", EPISODES)
def test_what_goes_on_can_be_asked_about_taken_and_put_to_sleep(type: str) -> None:
    message = announced(post(type))
    links = _links(type)
    assert pressed(message) == ["ask_houston", "acknowledge", "snooze", *links, "more"]
    assert message.blocks[-1]["block_id"] == "delivery:99"
    assert choices(message, "snooze") == ["1h", "tomorrow", "1w", "change"]
    assert choices(message, "more") == ["assign", "mute_rule", "why"]
    values = [each["value"] for each in message.blocks[-1]["elements"] if "value" in each]
    assert values == ["42", "99", *(["99"] if type == "outlier" else [])]


@pytest.mark.parametrize("type", EPISODES)
def test_what_is_over_needs_nobody(type: str) -> None:
    message = announced(post(type, state="resolved", resolved_at=LATER))
    links = _links(type)
    assert heading(message).startswith("✅")
    assert pressed(message) == ["ask_houston", *links, "more"]
    assert choices(message, "more") == ["mute_rule", "why"]


def _links(type: str) -> list[str]:
    """What a message of this type has besides."""
    said = ["not_an_outlier"] if type == "outlier" else []
    return said + (["view_report"] if PAYLOADS[type].get("url") else [])


def test_who_called_it_no_outlier_is_said_and_can_be_undone() -> None:
    message = announced(post("outlier", dismissed=ALICE))
    assert people(message) == ["🙅 Not an outlier, says <@U1ALICE>"]
    assert "undo_not_an_outlier" in pressed(message)


def test_who_has_it_is_said_and_can_be_undone() -> None:
    message = announced(
        post(
            "outlier",
            acknowledged=ALICE,
            acknowledged_at=NOW + timedelta(minutes=6),
            assigned=GUEST,
            snoozed=ALICE,
            snoozed_until=NOW + timedelta(hours=1),
        )
    )
    assert people(message) == [
        "👀 Acknowledged by <@U1ALICE> · Dec 15, 2024 2:20 PM",
        "🙋 Assigned to Gus &lt;!here&gt;",
        "💤 Snoozed by <@U1ALICE> until Dec 15, 2024 3:14 PM",
    ]
    assert pressed(message) == ["ask_houston", "unacknowledge", "unsnooze", "not_an_outlier", "more"]
    assert choices(message, "more") == ["assign", "unassign", "mute_rule", "why"]


def test_a_snooze_until_something_changes_names_no_time() -> None:
    message = announced(post("outlier", snoozed=ALICE, snoozed_until_change=True))
    assert people(message) == ["💤 Snoozed by <@U1ALICE> until it changes"]


def test_in_plain_text_people_have_their_names() -> None:
    _, body = plain(post("outlier", acknowledged=ALICE, assigned=GUEST))
    assert body.endswith("👀 Acknowledged by Alice\n🙋 Assigned to Gus <!here>")


def test_the_value_that_fired_stays_beside_the_one_of_now() -> None:
    now = PAYLOADS["outlier"] | {"value": 1.1, "time": "later"}
    message = announced(post("outlier", current=now, state="resolved", resolved_at=LATER))
    assert heading(message) == "✅ Resolved: Cost per click · google-ads"
    shown = fields(message)
    assert shown["🔢 Value"] == "*$2.31*"
    assert shown["➡️ Now"] == "*$1.10*"
    assert shown["✅ Resolved"] == "Dec 15, 2024 5:14 PM · after 3 h"
    assert "$1.10 now, was $2.31" in message.text


def test_a_resolved_alert_has_the_facts_of_the_original_and_both_values() -> None:
    now = PAYLOADS["data_alert"] | {"rules": [{"text": "Revenue < 10000", "current": "12750"}]}
    message = announced(post("data_alert", current=now, state="resolved", resolved_at=LATER))
    assert heading(message) == "✅ Alert Resolved: Daily Sales Alert"
    lines = message.blocks[1]["text"]["text"].split("\n")
    assert lines[:4] == [
        "📊 *Report:* Q4 Sales Dashboard",
        "✅ This alert has returned to an 'ok' state.",
        "",
        "*Resolved:* Dec 15, 2024 5:14 PM · after 3 h",
    ]
    assert "1. Revenue &lt; 10000 (Current: 12,750, was 8,750)" in message.blocks[2]["text"]["text"]
    assert "U0WNER" not in str(message.blocks)


def test_an_alert_says_why_it_cannot_be_checked() -> None:
    error = PAYLOADS["data_alert"] | {"error": "no such table: sales"}
    message = announced(post("data_alert", state="error", current=error))
    assert heading(message) == "⚠️ Could not be checked: Daily Sales Alert"
    assert message.blocks[2]["text"]["text"] == "```no such table: sales```"
    empty = announced(post("data_alert", state="no_data"))
    assert heading(empty) == "❔ No data: Daily Sales Alert"


def test_the_same_fault_is_one_message_with_a_count() -> None:
    message = announced(post("system_error", count=12, seen_at=LATER))
    assert fields(message)["🔁 Seen"] == "12 times, last Dec 15, 2024 5:14 PM"


def test_a_task_that_succeeded_still_shows_what_failed() -> None:
    now = {"job": "load_google_ads", "run_id": "r-2", "state": "succeeded", "url": "https://x.example/2"}
    message = announced(post("task_failure", current=now, state="resolved", resolved_at=LATER))
    assert heading(message) == "✅ Task succeeded: load_google_ads"
    assert message.blocks[1]["text"]["text"] == "```Timeout after 30 s```"
    assert fields(message)["🔧 Run"] == "r-1"
    assert fields(message)["✅ Succeeded"].endswith("after 3 h")


def test_an_escalated_message_says_why_it_came() -> None:
    shown = post("outlier")
    shown.event.payload = shown.event.payload | {"escalated_minutes": 30}
    message = announced(replace(shown, is_escalated=True))
    assert people(message) == ["⏫ Nobody took this within 30 minutes"]


def test_a_webhook_is_told_the_end_in_a_message_of_its_own() -> None:
    shown = post("outlier", state="resolved", resolved_at=LATER)
    message = announced(replace(shown, delivery_id=7), interactive=False)
    assert heading(message) == "✅ Resolved: Cost per click · google-ads"
    assert all(block["type"] != "actions" for block in message.blocks)


@pytest.mark.parametrize(
    ("type", "phase", "more", "said"),
    [
        ("outlier", "repeated", {"news": "again"}, "🔁 Still unusual: $2.31, expected $1.05 ($0.91 – $1.20)"),
        ("outlier", "repeated", {"news": "worse"}, "⬆️ Now critical: $2.31, expected $1.05 ($0.91 – $1.20)"),
        ("outlier", "repeated", {"news": "reopened"}, "🔁 Unusual again: $2.31, expected"),
        (
            "outlier",
            "resolved",
            {"value": 1.1},
            "✅ Back to normal after 3 h: $1.10, expected $1.05 ($0.91",
        ),
        ("task_failure", "repeated", {"attempt": 3}, "🔁 Failed again: attempt 3, Timeout after 30 s"),
        ("task_failure", "resolved", {"error": "", "attempt": 0}, "✅ Succeeded again after 3 h"),
        ("system_error", "repeated", {}, "🔁 Still happening: seen 12 times, last Dec 15, 2024 2:14 PM"),
        ("data_alert", "repeated", {}, "🔁 Still broken: Revenue &lt; 10000 (Current: 8,750); New"),
        ("data_alert", "resolved", {}, "✅ This alert has returned to an 'ok' state after 3 h"),
        ("data_alert", "error", {"error": "no\nhost"}, "⚠️ Could not be checked: no host"),
        ("data_alert", "no_data", {}, "❔ No data: The report returned no rows"),
    ],
)
def test_news_in_the_thread_are_one_line(type: str, phase: str, more: dict[str, Any], said: str) -> None:
    message = announced(reply(type, phase, **more))
    assert message.blocks[0]["text"]["text"].startswith(said)
    assert [block["type"] for block in message.blocks] == ["section", "context"]
    assert message.text.startswith(said)
    assert validate(message.blocks, "message") == []


def reply(type: str, phase: str, **more: Any) -> Announcement:
    is_over = phase == "resolved"
    state = {"resolved": "resolved", "error": "error", "no_data": "no_data"}.get(phase, "firing")
    shown = post(type, state=state, resolved_at=LATER if is_over else None, count=12)
    shown.event.phase, shown.event.severity = phase, "critical"
    shown.event.payload = shown.event.payload | more
    return replace(shown, is_reply=True)
