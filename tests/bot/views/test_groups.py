"""Several things in one message: those that came together, and those that were held back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.playground.blocks import validate
from bot.views.announcement import announced, plain
from bot.views.blocks import Message
from houston.notify.messenger import Announcement
from houston.watch.standing import Who
from tests.bot.samples import NOW, announcement, post, standing

ALICE = Who(name="Alice", user_id="U1ALICE")


def one(number: int, type: str = "outlier", phase: str = "fired", **changes: Any) -> Announcement:
    shown = post(type)
    payload = shown.event.payload | ({"channel": f"ch-{number}"} if type == "outlier" else {})
    shown.event.id = shown.event.episode_id = number
    shown.event.payload, shown.event.phase = payload, phase
    shown = replace(shown, delivery_id=100 + number)
    return replace(shown, episode=standing(shown, id=number, **changes))


def over(number: int, **changes: Any) -> Announcement:
    return one(number, state="resolved", resolved_at=NOW + timedelta(hours=1), **changes)


def together(*all: Announcement, held: str = "") -> Message:
    message = announced(replace(all[0], others=all[1:], held=held))
    assert validate(message.blocks, "message") == []
    return message


def heading(message: Message) -> str:
    return str(message.blocks[0]["text"]["text"])


def sections(message: Message) -> list[str]:
    return [block["text"]["text"] for block in message.blocks if block["type"] == "section"]


def pressed(message: Message) -> list[str]:
    elements = message.blocks[-1].get("elements", ())
    return [element["action_id"] for element in elements if "action_id" in element]


def test_a_group_is_a_list_with_a_count_and_buttons_for_all() -> None:
    message = together(*(one(number) for number in range(1, 6)))
    assert heading(message) == "📈 5 outliers for Acme Outdoor"
    (listed,) = sections(message)
    lines = listed.split("\n")
    assert len(lines) == 5
    assert lines[0] == "🟠 *Cost per click · ch-1*: $2.31, expected $1.05"
    assert pressed(message) == ["ask_houston", "acknowledge", "snooze", "more"]
    row = message.blocks[-1]
    assert row["block_id"] == "delivery:101"
    assert [each["value"] for each in row["elements"] if "value" in each] == ["1", "101"]
    assert message.text == (
        "📈 5 outliers for Acme Outdoor: Cost per click · ch-1, Cost per click · ch-2, "
        "Cost per click · ch-3 and 2 more"
    )


def test_a_group_says_how_many_are_back_and_who_has_the_rest() -> None:
    message = together(over(1), one(2, acknowledged=ALICE), over(3), one(4, severity="critical"), over(5))
    progress, listed = sections(message)
    assert progress == "✅ 3 of 5 are back to normal"
    assert [line[0] for line in listed.split("\n")] == ["✅", "🟠", "✅", "🔴", "✅"]
    assert listed.split("\n")[1].endswith(" · 👀 <@U1ALICE>")


def test_a_group_that_everybody_took_offers_the_way_back() -> None:
    message = together(one(1, acknowledged=ALICE), one(2, acknowledged=ALICE), over(3))
    assert pressed(message) == ["ask_houston", "unacknowledge", "snooze", "more"]


def test_a_group_of_which_all_is_over_says_so() -> None:
    message = together(over(1), over(2))
    assert heading(message) == "✅ 2 outliers for Acme Outdoor: all back to normal"
    assert pressed(message) == ["ask_houston", "more"]


def test_of_very_many_the_open_ones_are_named_and_the_rest_is_counted() -> None:
    message = together(*(over(number) for number in range(1, 13)), *(one(number) for number in range(13, 33)))
    listed = "\n".join(sections(message)[1:]).split("\n")
    assert listed[-1] == "and 12 more"
    assert len(listed) == 21
    assert all(line.startswith("🟠") for line in listed[:20])


def test_two_events_of_one_episode_are_one_message_of_it() -> None:
    message = together(one(1), one(1, phase="repeated"))
    assert heading(message) == "📈 Outlier: Cost per click · ch-1"


def test_many_notes_are_a_list_too() -> None:
    notes = [note(number) for number in range(3)]
    message = together(*notes)
    assert heading(message) == "📝 3 notes for Acme Outdoor"
    assert "📝 *Budget raised*: by Alice" in sections(message)[0]
    assert "accessory" in message.blocks[1]


def test_a_list_links_to_what_it_names() -> None:
    message = together(one(1, "task_failure"), one(2, "task_failure"))
    assert "*<https://pipelines.example/runs/1|load_google_ads>*" in sections(message)[0]


def test_what_was_held_is_told_by_how_it_stands() -> None:
    message = together(
        one(1),
        one(2, severity="critical"),
        over(3),
        over(4, phase="resolved"),
        note(50),
        held="quiet",
    )
    assert heading(message) == "🌙 While it was quiet"
    still, cleared, brief, news = sections(message)
    assert still.split("\n")[0] == "*Still on* · 2"
    assert still.split("\n")[1].startswith("🔴 *Cost per click · ch-2*")
    assert cleared.startswith("*Cleared* · 1\n✅ *Cost per click · ch-4*")
    assert brief.startswith("*Fired and cleared* · 1\n✅ *Cost per click · ch-3*")
    assert news.startswith("*News* · 1\n📝 *Budget raised*")
    assert pressed(message) == ["ask_houston", "acknowledge", "snooze", "more"]
    assert message.text == "🌙 While it was quiet — still on: 2, cleared: 1, fired and cleared: 1, news: 1"


def test_of_what_is_over_nobody_has_to_press_anything() -> None:
    message = together(over(1), over(2), held="pause")
    assert heading(message) == "⏸️ While Houston was paused"
    assert all(block["type"] != "actions" for block in message.blocks)


def test_clients_are_named_where_a_summary_tells_of_several() -> None:
    other = replace(one(2), client_name="Zeta <b>")
    message = together(one(1), other, held="paused")
    assert heading(message) == "📬 What could not be delivered until now"
    assert "_Zeta &lt;b&gt;_" in sections(message)[0]
    alike = together(one(1), one(2), held="daily")
    assert "Acme" not in sections(alike)[0]
    assert alike.blocks[1]["elements"][0]["text"] == "Since Sun 2:14 PM · Acme Outdoor"


def test_replies_on_several_things_come_in_one_message() -> None:
    replies = [replace(over(number, phase="resolved"), is_reply=True) for number in (1, 2)]
    message = together(*replies)
    assert [text[:16] for text in sections(message)] == ["✅ Back to normal"] * 2


def test_a_summary_reads_as_plain_text() -> None:
    shown = replace(one(1, acknowledged=ALICE), others=(over(2),), held="quiet")
    title, body = plain(shown)
    assert title == "🌙 While it was quiet"
    assert "Still on · 1\n🟠 Cost per click · ch-1: $2.31" in body
    assert "👀 Alice" in body


def note(number: int) -> Announcement:
    shown = announcement("note_created")
    shown.event.id = 1000 + number
    return replace(shown, delivery_id=1000 + number)
