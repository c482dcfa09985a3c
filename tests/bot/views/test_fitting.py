"""Whatever people and machines write: Slack takes the message, and nothing in it is more than text."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.blocks import text_length, validate
from bot.views.announcement import announced, plain
from bot.views.blocks import Message, actions, button, context, long_header, section
from bot.views.fitting import MOST_FALLBACK, MOST_TEXT, fitted, shortened
from bot.views.text import code, escape
from houston.notify.messenger import Announcement
from tests.bot.samples import PAYLOADS, announcement, standing

pytestmark = pytest.mark.slow

OURS = re.compile(
    r"<@U0WNER>|<https://(reports|wiki|notebooks|pipelines)\.example/[a-z0-9/]*\|[^<>|]*>|<@U1ALICE>"
)
"""The only marks that Slack may act on: those that we made from proper ids and addresses."""

PARTS = st.sampled_from(
    [
        "<!channel>",
        "<@U999>",
        "<https://evil.example|click>",
        "&lt;",
        "&",
        "```",
        "`",
        "*",
        "_",
        "~",
        "|",
        ">",
        "\n",
        "\r\n",
        "👩‍👩‍👧‍👦",
        "🔴",
        "مرحبا",
        "\u202eabc",
        "\u0000",
        " ",
        "word ",
        "x" * 400,
        "@here",
        "#general",
        "https://evil.example/?a=1&b=2",
    ]
)
TEXTS = st.one_of(
    st.lists(PARTS, max_size=40).map("".join),
    st.tuples(PARTS, st.integers(1, 50_000)).map(lambda drawn: (drawn[0] * drawn[1])[:50_000]),
    st.text(max_size=60),
)
TYPES = tuple(type for type in PAYLOADS if type != "daily_digest")
KEPT = frozenset({"url", "runbook", "owner", "unit", "state", "status"})
"""What is no text, or chosen from a list."""


@st.composite
def announcements(draw: st.DrawFn, type: str) -> Announcement:
    payload = {name: draw(filled(name, value)) for name, value in PAYLOADS[type].items()}
    shown = replace(announcement(type, **payload), client_name=draw(st.none() | TEXTS), delivery_id=9)
    state = draw(st.sampled_from(["", "firing", "resolved", "no_data", "error"]))
    if state and type not in ("note_created", "note_updated", "notebook_alert"):
        now = {name: draw(filled(name, value)) for name, value in PAYLOADS[type].items()}
        shown = replace(
            shown, episode=standing(shown, state=state, current=now, count=draw(st.integers(1, 9)))
        )
    return replace(shown, is_reply=draw(st.booleans()))


def filled(name: str, value: Any) -> st.SearchStrategy[Any]:
    if name == "rules":
        return st.lists(st.fixed_dictionaries({"text": TEXTS, "current": TEXTS}), max_size=30)
    if name == "changes":
        change = {"field": st.sampled_from(["title", "body", "status"]), "before": TEXTS, "after": TEXTS}
        return st.lists(st.fixed_dictionaries(change), max_size=3)
    return TEXTS if isinstance(value, str) and name not in KEPT else st.just(value)


@pytest.mark.parametrize("type", TYPES)
@settings(max_examples=15)
@given(data=st.data())
def test_any_payload_makes_a_message_that_slack_takes(type: str, data: st.DataObject) -> None:
    shown = data.draw(announcements(type))
    assert_sound(announced(shown, interactive=data.draw(st.booleans())))
    title, _ = plain(shown)
    assert len(title) <= 150


@settings(max_examples=15)
@given(data=st.data())
def test_any_group_or_summary_makes_a_message_that_slack_takes(data: st.DataObject) -> None:
    types = data.draw(st.lists(st.sampled_from(TYPES), min_size=2, max_size=4))
    shown = [data.draw(announcements(type)) for type in types]
    many = [renumbered(each, number) for number, each in enumerate(shown * data.draw(st.integers(1, 12)))]
    held = data.draw(st.sampled_from(["", "quiet", "pause", "paused", "daily"]))
    assert_sound(announced(replace(many[0], others=tuple(many[1:]), held=held)))


def renumbered(shown: Announcement, number: int) -> Announcement:
    event = type(shown.event)(**(shown.event.model_dump() | {"id": number}))
    kept = replace(shown.episode, id=number) if shown.episode else None
    return replace(shown, event=event, episode=kept)


def assert_sound(message: Message) -> None:
    assert validate(message.blocks, "message") == []
    assert text_length(message.blocks) <= MOST_TEXT
    assert 0 < len(message.text) <= MOST_FALLBACK
    for text in (message.text, *mrkdwn(message.blocks)):
        rest = OURS.sub("", text)
        assert "<" not in rest
        assert ">" not in rest
        assert not re.search(r"&(?!amp;|lt;|gt;)", rest)


def mrkdwn(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for each in node for text in mrkdwn(each)]
    if not isinstance(node, dict):
        return []
    if node.get("type") == "mrkdwn":
        assert node["verbatim"] is True
        return [node["text"]]
    return [text for each in node.values() for text in mrkdwn(each)]


def test_what_fits_is_left_as_it_is() -> None:
    message = Message(text="Hello", blocks=[section("word " * 500), actions(button("Go", "go"))])
    assert fitted(message) == message


def test_a_long_text_is_cut_at_a_word_and_says_so() -> None:
    message = fitted(Message(text="t", blocks=[section("Fourteen words " * 400)]))
    text = message.blocks[0]["text"]["text"]
    assert len(text) <= 3000
    assert re.search(r"(words|Fourteen)… \(cut\)$", text)
    assert message.full_text == ("Fourteen words " * 400)


def test_where_there_is_a_page_the_cut_leads_to_it() -> None:
    message = announced(announcement("task_failure", error="Traceback\n" * 900))
    text = message.blocks[1]["text"]["text"]
    assert text.endswith("```\n… (cut) <https://pipelines.example/runs/1|Read the rest>")
    assert text.count("```") == 2
    assert not message.full_text


def test_without_a_page_all_of_it_goes_along() -> None:
    body = "All of this <matters> & more. " * 600
    message = announced(announcement("note_created", body=body))
    assert message.blocks[1]["text"]["text"].endswith("… (cut)")
    assert body.strip() in message.full_text
    assert message.full_text.startswith("📝 Note: Budget raised")
    assert message.arguments().keys() == {"text", "blocks", "unfurl_links", "unfurl_media"}


def test_a_long_title_is_cut_at_a_word_with_its_whole_in_the_file() -> None:
    title = "a < b & " + "very long title " * 20
    message = announced(announcement("note_created", title=title))
    shown = message.blocks[0]["text"]["text"]
    assert shown.startswith("📝 Note: a < b & very long")
    assert re.search(r"(very|long|title)…$", shown)
    assert title.strip() in message.full_text


def test_together_all_texts_stay_below_what_slack_takes() -> None:
    blocks = [section(f"{number} " + "word " * 590) for number in range(8)]
    message = fitted(Message(text="t", blocks=[*blocks, actions(button("Go", "go"))]))
    assert len(message.blocks) == 9
    assert text_length(message.blocks) <= MOST_TEXT
    assert message.blocks[-1]["type"] == "actions"


def test_of_too_many_blocks_the_buttons_are_kept() -> None:
    blocks = [long_header("Many"), *(section(f"Row {number}") for number in range(80))]
    message = fitted(Message(text="t", blocks=[*blocks, actions(button("Go", "go"))]))
    assert len(message.blocks) == 50
    assert message.blocks[-2] == context("… (cut)")
    assert message.blocks[-1]["type"] == "actions"
    assert "Row 79" in message.full_text


@pytest.mark.parametrize("length", range(20, 80))
def test_a_cut_leaves_nothing_open(length: int) -> None:
    for text in (escape("a&b<c>" * 40), "see <https://x.example/a|the page> " * 9, code("x & y " * 30)):
        cut = shortened(text, length)
        assert len(cut) <= length
        assert cut.count("<") == cut.count(">")
        assert cut.count("```") % 2 == 0
        assert not re.search(r"&(?!amp;|lt;|gt;)", cut)
