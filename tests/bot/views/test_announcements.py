import json
from dataclasses import replace
from typing import Any

import pytest

from bot.playground.blocks import validate
from bot.views.announcement import ANNOUNCERS, KINDS, announced, plain
from bot.views.blocks import Block
from houston.notify.vocabulary import EVENT_TYPES
from houston.team.notices import NOTICE
from store.tables import Event
from tests.bot.samples import HOSTILE, NOW, PAYLOADS, announcement, chart

TOLD = tuple(type for type in EVENT_TYPES if type in PAYLOADS and type != "daily_digest")


def texts(blocks: list[Block]) -> str:
    return json.dumps(blocks, ensure_ascii=False)


def test_every_event_type_has_a_message() -> None:
    assert {*KINDS, *ANNOUNCERS} == {*EVENT_TYPES, NOTICE}


@pytest.mark.parametrize("type", TOLD)
def test_slack_takes_each_message(type: str) -> None:
    message = announced(announcement(type))
    assert validate(message.blocks, "message") == []
    assert message.text
    assert not message.full_text


def test_an_outlier_says_what_when_and_how_far_off() -> None:
    message = announced(replace(announcement("outlier", chart=chart()), chart_file="F123"))
    header, reason, facts, picture, buttons = message.blocks
    assert header["text"]["text"] == "📈 Outlier: Cost per click · google-ads"
    assert reason["text"]["text"] == "Cost per click is 2.2 times what is usual for a Sunday."
    assert facts["text"]["text"].split("\n") == [
        "📅 *When:* Dec 15, 2024 2:14 PM",
        "🔢 *Value:* *$2.31*",
        "📏 *Expected:* $1.05 ($0.91 – $1.20)",
        "🟠 *Severity:* Warning",
        "👤 *Client:* Acme Outdoor",
    ]
    assert picture["slack_file"] == {"id": "F123"}
    assert picture["alt_text"] == "Cost per click jumped to $2.31."
    (button,) = buttons["elements"]
    assert (button["action_id"], button["value"]) == ("ask_houston", "42")
    assert message.text == (
        "📈 Outlier: Cost per click · google-ads for Acme Outdoor: $2.31, "
        "expected $1.05. Dec 15, 2024 2:14 PM"
    )


def test_a_fall_points_down() -> None:
    message = announced(announcement("outlier", value=0.2))
    assert message.text.startswith("📉")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("2.2 times the usual 0.91–1.2", "2.2 times the usual $0.91 – $1.20"),
        ("stuck at 2.31", "stuck at $2.31"),
        ("120 % over the expected 1.05, like the rows", "120 % over the expected $1.05, like the rows"),
        ("2.31, where 1.05 was expected, was", "$2.31, where $1.05 was expected, was"),
        ("written by somebody: 7", "written by somebody: 7"),
    ],
)
def test_the_figures_of_the_reason_get_the_metrics_unit(reason: str, said: str) -> None:
    message = announced(announcement("outlier", reason=reason))
    assert message.blocks[1]["text"]["text"] == said


def test_without_its_picture_the_alert_is_whole() -> None:
    message = announced(announcement("outlier", chart=chart()))
    assert [block["type"] for block in message.blocks] == ["header", "section", "section", "actions"]


def test_a_task_failure_links_to_its_run() -> None:
    message = announced(announcement("task_failure"))
    assert message.blocks[0]["text"]["text"] == "⚠️ Task failed: load_google_ads"
    assert message.blocks[-1]["elements"][-1]["url"] == "https://pipelines.example/runs/1"
    assert announced(announcement("task_failure", state="dead_letter")).text.startswith("☠️")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://x", "https://x y", "", "https://x/" + "a" * 3000]
)
def test_an_address_that_is_no_web_page_gets_no_button(url: str) -> None:
    message = announced(announcement("task_failure", url=url))
    assert "view_report" not in texts(message.blocks)


def test_an_updated_note_says_what_changed() -> None:
    message = announced(announcement("note_updated"))
    assert "*Status*: 🟡 Open → ✅ Done" in texts(message.blocks)
    assert "Until New Year." in texts(message.blocks)
    assert "Status: 🟡 Open → ✅ Done; Body changed" in message.text


def test_the_rule_of_a_note_can_be_muted_without_a_row_of_buttons() -> None:
    message = announced(replace(announcement("note_created"), delivery_id=99))
    assert [block["type"] for block in message.blocks] == ["header", "section", "context"]
    body = message.blocks[1]
    assert body["block_id"] == "delivery:99"
    assert [each["value"] for each in body["accessory"]["options"]] == ["ask", "mute_rule", "why"]


def test_a_notebook_alert_has_the_facts_of_the_original() -> None:
    message = announced(announcement("notebook_alert"))
    header, facts, *_, buttons = message.blocks
    assert header["text"]["text"] == "📔 Notebook Alert: Data Processing Update"
    assert facts["text"]["text"] == (
        "*Status:* Success ✅\n*Message:* Daily ETL completed successfully. 1,247 records processed."
    )
    assert [each["text"]["text"] for each in buttons["elements"]] == ["Ask Houston", "View Report"]


def test_a_triggered_data_alert_has_the_facts_of_the_original_in_its_order() -> None:
    message = announced(announcement("data_alert"))
    header, facts, rules, buttons = message.blocks
    assert header["text"]["text"] == "🚨 Alert Triggered: Daily Sales Alert"
    assert facts["text"]["text"].split("\n") == [
        "📊 *Report:* Q4 Sales Dashboard",
        "⚠️ *Alert:* Daily Sales Alert",
        "📅 *When:* Dec 15, 2024 2:14 PM",
        "👤 *Client:* Acme Outdoor",
        "🙋 *Owner:* <@U0WNER>",
        "📖 *Runbook:* <https://wiki.example/sales|What to do>",
    ]
    assert rules["text"]["text"].split("\n") == [
        "🔎 *Broken Rules:*",
        "1. Revenue &lt; 10000 (Current: 8,750)",
        "2. New Customers &lt; 50 (Current: 23)",
    ]
    assert buttons["elements"][-1]["text"]["text"] == "View Report"


@pytest.mark.parametrize("owner", ["", "<!channel>", "somebody", "U1> <!here"])
def test_only_a_slack_id_is_mentioned_as_owner(owner: str) -> None:
    assert "Owner" not in texts(announced(announcement("data_alert", owner=owner)).blocks)


@pytest.mark.parametrize("type", TOLD)
def test_without_interactivity_only_links_are_to_be_pressed(type: str) -> None:
    shown = replace(announcement(type, chart=chart()), delivery_id=99, chart_file="F1")
    message = announced(shown, interactive=False)
    pressed = [each for block in message.blocks for each in block.get("elements", ()) if "action_id" in each]
    assert all("url" in each for each in pressed)
    assert "accessory" not in texts(message.blocks)
    assert "slack_file" not in texts(message.blocks)
    assert validate(message.blocks, "message") == []


@pytest.mark.parametrize("type", TOLD)
def test_each_reads_as_plain_text(type: str) -> None:
    title, body = plain(announcement(type))
    assert title
    assert "Acme Outdoor" in body
    for mark in ("&lt;", "<@", "<http", "```", "*"):
        assert mark not in body


def test_plain_text_names_its_links_and_nobody_by_id() -> None:
    title, body = plain(announcement("data_alert"))
    assert title == "🚨 Alert Triggered: Daily Sales Alert"
    assert "1. Revenue < 10000 (Current: 8,750)" in body
    assert body.endswith("View Report: https://reports.example/q4")
    assert "Owner" not in body


def test_several_notices_come_one_under_the_other() -> None:
    first, second = (
        replace(announcement("note_created"), event=notice(text)) for text in ("One *thing*", "<!here>")
    )
    message = announced(replace(first, others=(second,)))
    assert [block["text"]["text"] for block in message.blocks] == ["One *thing*", "&lt;!here&gt;"]


@pytest.mark.parametrize("type", TOLD)
def test_hostile_text_is_only_text(type: str) -> None:
    hostile: dict[str, Any] = {
        name: HOSTILE for name, value in PAYLOADS[type].items() if isinstance(value, str)
    }
    hostile.pop("unit", None)
    if "changes" in PAYLOADS[type]:
        hostile["changes"] = [{"field": HOSTILE, "before": HOSTILE, "after": HOSTILE}]
    if "rules" in PAYLOADS[type]:
        hostile["rules"] = [{"text": HOSTILE, "current": HOSTILE}]
    message = announced(announcement(type, **hostile))
    assert validate(message.blocks, "message") == []
    assert_only_text(message.text)
    for block in message.blocks:
        for text in mrkdwn_of(block):
            assert_only_text(text["text"])
            assert text["verbatim"] is True


def notice(text: str) -> Event:
    return Event(
        id=len(text),
        type=NOTICE,
        severity="info",
        occurred_at=NOW,
        recorded_at=NOW,
        dedupe_key=text,
        payload={"text": text, "about": {}},
    )


def assert_only_text(text: str) -> None:
    assert "<" not in text
    assert ">" not in text


def mrkdwn_of(block: Block) -> list[Block]:
    found = [block["text"]] if block["type"] == "section" and "text" in block else []
    return [*found, *block.get("fields", ()), *(block["elements"] if block["type"] == "context" else ())]
