import json
from typing import Any

import pytest

from bot.playground.blocks import validate
from bot.views.announcement import ANNOUNCERS, announced
from bot.views.blocks import Block
from houston.notify.vocabulary import EVENT_TYPES
from houston.team.notices import NOTICE
from tests.bot.samples import HOSTILE, PAYLOADS, announcement, chart


def texts(blocks: list[Block]) -> str:
    return json.dumps(blocks, ensure_ascii=False)


def test_every_event_type_has_a_message() -> None:
    assert set(ANNOUNCERS) == {*EVENT_TYPES, NOTICE}


@pytest.mark.parametrize("type", EVENT_TYPES)
def test_slack_takes_each_message(type: str) -> None:
    message = announced(announcement(type))
    assert validate(message.blocks, "message") == []
    assert message.text


def test_an_outlier_says_what_when_and_how_far_off() -> None:
    message = announced(announcement("outlier", chart=chart()), "F123")
    header, reason, facts, picture, buttons = message.blocks
    assert header["text"]["text"] == "📈 Outlier: Cost per click · google-ads"
    assert reason["text"]["text"] == "Cost per click is 2.2 times what is usual for a Sunday."
    shown = [field["text"] for field in facts["fields"]]
    assert shown == [
        "*📅 When*\nDec 15, 2024 2:14 PM",
        "*🔢 Value*\n*$2.31*",
        "*📏 Expected*\n$1.05 ($0.91 – $1.20)",
        "*Severity*\n🟠 Warning",
        "*👤 Client*\nAcme Outdoor",
    ]
    assert picture["slack_file"] == {"id": "F123"}
    assert picture["alt_text"] == "Cost per click jumped to $2.31."
    (button,) = buttons["elements"]
    assert (button["action_id"], button["value"]) == ("ask_houston", "42")
    assert message.text == (
        "📈 Outlier: Cost per click · google-ads for Acme Outdoor is $2.31, "
        "expected $1.05 ($0.91 – $1.20). Dec 15, 2024 2:14 PM"
    )


def test_a_fall_points_down() -> None:
    message = announced(announcement("outlier", value=0.2))
    assert message.text.startswith("📉")


def test_without_its_picture_the_alert_is_whole() -> None:
    message = announced(announcement("outlier", chart=chart()), None)
    assert [block["type"] for block in message.blocks] == ["header", "section", "section", "actions"]


def test_a_task_failure_links_to_its_run() -> None:
    message = announced(announcement("task_failure"))
    assert message.blocks[0]["text"]["text"] == "⚠️ Task failed: load_google_ads"
    assert message.blocks[-1]["elements"][0]["url"] == "https://pipelines.example/runs/1"
    assert announced(announcement("task_failure", state="dead_letter")).text.startswith("☠️")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://x", "https://x y", "", "https://x/" + "a" * 3000]
)
def test_an_address_that_is_no_web_page_gets_no_button(url: str) -> None:
    message = announced(announcement("task_failure", url=url))
    assert all(block["type"] != "actions" for block in message.blocks)


def test_an_updated_note_says_what_changed() -> None:
    message = announced(announcement("note_updated"))
    assert "*Status*: 🟡 Open → ✅ Done" in texts(message.blocks)
    assert "Until New Year." in texts(message.blocks)


@pytest.mark.parametrize("type", EVENT_TYPES)
def test_hostile_text_is_only_text(type: str) -> None:
    hostile: dict[str, Any] = {
        name: HOSTILE for name, value in PAYLOADS[type].items() if isinstance(value, str)
    }
    hostile.pop("unit", None)
    if "changes" in PAYLOADS[type]:
        hostile["changes"] = [{"field": HOSTILE, "before": HOSTILE, "after": HOSTILE}]
    message = announced(announcement(type, **hostile))
    assert validate(message.blocks, "message") == []
    assert_only_text(message.text)
    for block in message.blocks:
        for text in mrkdwn_of(block):
            assert_only_text(text["text"])
            assert text["verbatim"] is True


@pytest.mark.parametrize("type", EVENT_TYPES)
def test_very_long_text_still_fits(type: str) -> None:
    long: dict[str, Any] = {
        name: "<" * 9000 for name, value in PAYLOADS[type].items() if isinstance(value, str)
    }
    if "changes" in PAYLOADS[type]:
        long["changes"] = [{"field": "body", "before": "x" * 9000, "after": "<" * 9000}]
    message = announced(announcement(type, **long))
    assert validate(message.blocks, "message") == []
    assert len(message.text) <= 4000


def assert_only_text(text: str) -> None:
    assert "<" not in text
    assert ">" not in text


def mrkdwn_of(block: Block) -> list[Block]:
    found = [block["text"]] if block["type"] == "section" and "text" in block else []
    return [*found, *block.get("fields", ()), *(block["elements"] if block["type"] == "context" else ())]
