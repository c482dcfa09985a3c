import re
from typing import Any

import pytest
from markupsafe import Markup

from bot.playground.page.reader import Reader
from bot.playground.page.render import Surface, render_blocks

EVIL = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def option(text: str, **more: Any) -> dict[str, Any]:
    return {"text": plain(text), "value": text.lower(), **more}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


def rich_section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def draw(block: dict[str, Any], reader: Reader, surface: Surface = "message", **more: Any) -> Markup:
    return render_blocks([{"block_id": "b", **block}], reader, scope="s", surface=surface, **more)


def element(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": "a", **more}


def input_block(inner: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain("Name of it"), "element": inner, **more}


EVERY_BLOCK: list[dict[str, Any]] = [
    {"type": "header", "text": plain(EVIL)},
    {"type": "section", "text": mrkdwn(EVIL), "fields": [mrkdwn(EVIL), plain(EVIL)]},
    {"type": "section", "text": mrkdwn(EVIL), "accessory": element("button", text=plain(EVIL), value=EVIL)},
    {"type": "section", "text": plain(EVIL), "accessory": element("overflow", options=[option(EVIL)])},
    {"type": "context", "elements": [mrkdwn(EVIL), {"type": "image", "image_url": EVIL, "alt_text": EVIL}]},
    {"type": "image", "image_url": f"https://x.io/{EVIL}", "alt_text": EVIL, "title": plain(EVIL)},
    {"type": "image", "slack_file": {"id": EVIL}, "alt_text": EVIL},
    {"type": "markdown", "text": EVIL},
    rich(
        rich_section({"type": "text", "text": EVIL}, {"type": "link", "url": f"https://{EVIL}", "text": EVIL})
    ),
    rich(rich_section({"type": "link", "url": "javascript:alert(1)", "text": "x"})),
    {"type": "table", "rows": [[{"type": "raw_text", "text": EVIL}], [rich(rich_section())]]},
    {"type": "task_card", "task_id": EVIL, "title": EVIL, "status": "complete"},
    {"type": "plan", "title": EVIL, "tasks": [{"task_id": "1", "title": EVIL, "status": EVIL}]},
    {
        "type": "context_actions",
        "elements": [
            element(
                "feedback_buttons",
                positive_button={"text": plain(EVIL), "value": EVIL},
                negative_button={"text": plain(EVIL), "value": EVIL, "accessibility_label": EVIL},
            ),
            element("icon_button", icon="trash", text=plain(EVIL)),
        ],
    },
    {"type": "actions", "elements": [element("button", text=plain("x"), url="javascript:alert(1)")]},
    {
        "type": "actions",
        "elements": [element("static_select", options=[option(EVIL)], placeholder=plain(EVIL))],
    },
    {
        "type": "actions",
        "elements": [
            element(
                "button",
                text=plain("x"),
                confirm={
                    "title": plain(EVIL),
                    "text": mrkdwn(EVIL),
                    "confirm": plain(EVIL),
                    "deny": plain("n"),
                },
            )
        ],
    },
    input_block(element("plain_text_input", initial_value=EVIL, placeholder=plain(EVIL)), hint=plain(EVIL)),
    input_block(element("plain_text_input", multiline=True, initial_value=EVIL)),
    input_block(element("radio_buttons", options=[option(EVIL, description=plain(EVIL))])),
    input_block(element("multi_external_select", initial_options=[option(EVIL)])),
    {"type": EVIL},
]


@pytest.mark.parametrize("block", EVERY_BLOCK, ids=lambda block: str(block["type"])[:20])
def test_hostile_content_stays_text_in_every_block(block: dict[str, Any], reader: Reader) -> None:
    html = str(draw(block, reader))
    outside_values = re.sub(r'"[^"]*"', '""', html)
    assert "<script" not in outside_values
    assert "onerror" not in re.sub(r">[^<]*<", "><", outside_values)
    assert not re.search(r'(?:href|src)="\s*javascript:', html)
    assert "<img src=x" not in html


def test_a_header_is_a_heading(reader: Reader) -> None:
    html = draw({"type": "header", "text": plain("Outlier :tada:")}, reader)
    assert 'role="heading" aria-level="3">Outlier 🎉</div>' in html


def test_a_section_shows_text_fields_and_its_accessory(reader: Reader) -> None:
    button = element("button", text=plain("Add"), value="7", style="primary")
    block = {
        "type": "section",
        "text": mrkdwn("*4 rules*"),
        "fields": [mrkdwn("*Value*\n6")],
        "accessory": button,
    }
    html = draw(block, reader)
    assert "<strong>4 rules</strong>" in html
    assert '<div class="field-cell"><strong>Value</strong><br>6</div>' in html
    assert re.search(
        r'class="btn btn-primary" data-value="7" data-action-id="a" data-block-id="b".*>Add</button>', html
    )


def test_a_link_button_goes_to_its_address(reader: Reader) -> None:
    button = element("button", text=plain("View report"), url="https://x.io/r?a=1&b=2")
    assert 'href="https://x.io/r?a=1&amp;b=2"' in draw({"type": "actions", "elements": [button]}, reader)


def test_a_confirmation_travels_with_its_button(reader: Reader) -> None:
    confirm = {
        "title": plain("Sure?"),
        "text": mrkdwn("It *goes*."),
        "confirm": plain("Go"),
        "deny": plain("No"),
    }
    html = draw(
        {"type": "actions", "elements": [element("button", text=plain("x"), confirm=confirm)]}, reader
    )
    assert "Sure?" in html
    assert "It \\u003cstrong\\u003egoes" in html or "It &lt;strong&gt;goes" in html


def test_pictures_come_from_an_address_or_an_uploaded_file(reader: Reader) -> None:
    assert 'src="https://x.io/a.png" alt="A"' in draw(
        {"type": "image", "image_url": "https://x.io/a.png", "alt_text": "A"}, reader
    )
    html = draw({"type": "image", "slack_file": {"id": "F1"}, "alt_text": "Chart"}, reader)
    assert 'src="/w/T1/u/U1/files/F1" alt="Chart"' in html


def test_rich_text_has_its_styles_lists_quotes_and_code(reader: Reader) -> None:
    block = rich(
        rich_section(
            {"type": "text", "text": "b", "style": {"bold": True, "italic": True}},
            {"type": "emoji", "name": "tada"},
            {"type": "user", "user_id": "U1"},
            {"type": "channel", "channel_id": "C1"},
            {"type": "broadcast", "range": "here"},
            {"type": "date", "timestamp": 1795284309, "format": "{date_short}"},
        ),
        {"type": "rich_text_list", "style": "ordered", "indent": 1, "elements": [rich_section()]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "q"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a < b"}]},
    )
    html = draw(block, reader)
    for piece in (
        "<em><strong>b</strong></em>🎉",
        "@Ana</span>",
        ">#general</a>",
        ">@here<",
        ">Nov 21, 2026</time>",
        '<ol class="rich-list indent-1 list-lower-alpha" start="1"><li>',
        "<blockquote>q</blockquote>",
        "<pre>a &lt; b</pre>",
    ):
        assert piece in html


def test_a_table_has_a_heading_row_and_aligned_columns(reader: Reader) -> None:
    rows = [[{"type": "raw_text", "text": "Cost"}], [{"type": "raw_number", "value": 1.5, "text": "1.50"}]]
    html = draw({"type": "table", "rows": rows, "column_settings": [{"align": "right"}]}, reader)
    assert '<th class="align-right">' in html
    assert re.search(r'<td class="align-right">\s*1\.50\s*</td>', html)


@pytest.mark.parametrize(
    ("status", "word"),
    [("pending", "Waiting"), ("in_progress", "In progress"), ("complete", "Done"), ("error", "Failed")],
)
def test_a_task_says_how_far_it_is(status: str, word: str, reader: Reader) -> None:
    task = {
        "type": "task_card",
        "task_id": "1",
        "title": "Reading revenue",
        "status": status,
        "details": rich(rich_section({"type": "text", "text": "for Acme"})),
        "sources": [{"type": "url", "url": "https://x.io", "text": "Report"}],
    }
    html = draw({"type": "plan", "title": "Looking", "tasks": [task]}, reader)
    for piece in (f'aria-label="{word}"', "Reading revenue", "for Acme", ">Report</a>", "<summary>"):
        assert piece in html


def test_an_input_is_tied_to_its_label_its_hint_and_its_error(reader: Reader) -> None:
    html = draw(input_block(element("plain_text_input"), hint=plain("Short"), optional=True), reader, "modal")
    assert '<label class="label" id="s-b-a-label" for="s-b-a">Name of it' in html
    assert "(optional)" in html
    assert re.search(r'<input class="field" id="s-b-a"[^>]*aria-describedby="s-b-a-hint"', html)
    assert 'id="s-b-a-error" role="alert" hidden' in html


@pytest.mark.parametrize(
    ("inner", "pieces"),
    [
        (element("plain_text_input", multiline=True, initial_value="x"), ["<textarea", ">\nx</textarea>"]),
        (element("number_input", initial_value="5"), ['inputmode="decimal"', 'value="5"']),
        (element("email_text_input"), ['type="email"']),
        (element("url_text_input"), ['type="url"']),
        (element("datepicker", initial_date="2026-11-22"), ['type="date"', 'value="2026-11-22"']),
        (element("timepicker", initial_time="22:00"), ['type="time"', 'value="22:00"']),
        (
            element("static_select", options=[option("One"), option("Two")], initial_option=option("Two")),
            ['role="combobox"', 'value="Two"', 'data-chosen="two"', 'data-value="two" aria-selected="true"'],
        ),
        (
            element("static_select", option_groups=[{"label": plain("Group"), "options": [option("One")]}]),
            ['class="option-group">Group<'],
        ),
        (element("external_select", min_query_length=0), ['data-remote="true"', 'data-min-query="0"']),
        (
            element("multi_static_select", options=[option("One")], initial_options=[option("One")]),
            ['aria-multiselectable="true"', 'class="chip" data-value="one"', 'aria-label="Remove One"'],
        ),
        (
            element("checkboxes", options=[option("One"), option("Two")], initial_options=[option("Two")]),
            ['role="group"', 'type="checkbox" name="s-b-a" value="two" checked'],
        ),
        (
            element("radio_buttons", options=[option("One")], initial_option=option("One")),
            ['role="radiogroup"', 'type="radio" name="s-b-a" value="one" checked'],
        ),
    ],
    ids=lambda each: each["type"] if isinstance(each, dict) else "",
)
def test_every_kind_of_input_starts_with_what_the_app_preset(
    inner: dict[str, Any], pieces: list[str], reader: Reader
) -> None:
    html = draw(input_block(inner), reader, "modal")
    for piece in pieces:
        assert piece in html


def test_what_was_entered_replaces_what_was_preset(reader: Reader) -> None:
    preset = element("static_select", options=[option("One"), option("Two")], initial_option=option("One"))
    values = {"b": {"a": {"type": "static_select", "selected_option": option("Two")}}}
    assert 'value="Two"' in draw(input_block(preset), reader, "modal", values=values)
    emptied = {"b": {"a": {"type": "static_select", "selected_option": None}}}
    assert 'data-chosen=""' in draw(input_block(preset), reader, "modal", values=emptied)


def test_an_input_is_sent_at_once_only_where_the_app_asked_for_it(reader: Reader) -> None:
    quiet = element("static_select", options=[option("One")])
    assert "data-dispatch" not in draw(input_block(quiet), reader, "modal")
    assert "data-dispatch" in draw(input_block(quiet, dispatch_action=True), reader, "modal")
    assert "data-dispatch" in draw({"type": "actions", "elements": [quiet]}, reader)


def test_feedback_and_icon_buttons_have_names(reader: Reader) -> None:
    thumbs = element(
        "feedback_buttons",
        positive_button={"text": plain("Good"), "value": "up"},
        negative_button={"text": plain("Bad"), "value": "down", "accessibility_label": "Poor answer"},
    )
    icon = element("icon_button", icon="trash", text=plain("Delete"))
    html = draw({"type": "context_actions", "elements": [thumbs, icon]}, reader)
    for name in ("Good", "Poor answer", "Delete"):
        assert f'aria-label="{name}"' in html
    assert 'data-value="down"' in html
