from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.blocks import Surface, text_length, validate, validate_view

Json = dict[str, Any]


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def _mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def _button(**fields: Any) -> Json:
    return {"type": "button", "action_id": "go", "text": _plain("Go"), **fields}


def _option(number: int) -> Json:
    return {"text": _plain(f"Option {number}"), "value": str(number)}


def _select(**fields: Any) -> Json:
    return {"type": "static_select", "action_id": "pick", "options": [_option(1)], **fields}


def _actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def _input(**element: Any) -> Json:
    return {"type": "input", "block_id": "b", "label": _plain("Name"), "element": element}


def _rich(*elements: Json) -> Json:
    section = {"type": "rich_text_section", "elements": list(elements)}
    return {"type": "rich_text", "elements": [section]}


FINE: list[Json] = [
    {"type": "header", "text": {**_plain("Revenue"), "emoji": True}},
    {"type": "section", "text": _mrkdwn("*bold*"), "accessory": _button(style="danger", value="1")},
    {"type": "section", "fields": [_mrkdwn("a"), _plain("b")]},
    {"type": "divider"},
    {"type": "context", "elements": [_mrkdwn("small"), {"type": "image", "image_url": "u", "alt_text": "a"}]},
    _actions(_button(url="https://example.com"), _select(), {"type": "datepicker", "action_id": "d"}),
    {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a", "title": _plain("A")},
    {"type": "markdown", "text": "# Title"},
    _rich({"type": "text", "text": "x", "style": {"bold": True}}, {"type": "user", "user_id": "U1"}),
    {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_number", "value": 1}]],
        "column_settings": [{"align": "right"}, {"is_wrapped": True}],
    },
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "f",
                "positive_button": {"text": _plain("Good"), "value": "1"},
                "negative_button": {"text": _plain("Bad"), "value": "0"},
            },
            {"type": "icon_button", "action_id": "i", "icon": "trash", "text": _plain("Delete")},
        ],
    },
    {
        "type": "plan",
        "title": "Plan",
        "tasks": [{"type": "task_card", "task_id": "1", "title": "T", "status": "complete"}],
    },
    _input(type="plain_text_input", action_id="x", multiline=True),
]


def test_every_kind_of_block_in_order_is_taken() -> None:
    assert validate(FINE, "message") == []


CASES: list[tuple[Json, str]] = [
    ({"type": "nonsense"}, "unsupported type: nonsense [json-pointer:/blocks/0/type]"),
    ({"text": "x"}, "missing required field: type [json-pointer:/blocks/0]"),
    ({"type": "section"}, "missing required field: text [json-pointer:/blocks/0]"),
    ({"type": "section", "text": "x"}, "must provide an object [json-pointer:/blocks/0/text]"),
    (
        {"type": "section", "text": {"type": "mrkdwn", "text": 7}},
        "must provide a string [json-pointer:/blocks/0/text/text]",
    ),
    (
        {"type": "section", "text": _mrkdwn("")},
        "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        {"type": "section", "text": _mrkdwn("x" * 3001)},
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        {"type": "section", "text": _mrkdwn("x"), "colour": "red"},
        "invalid additional property: colour [json-pointer:/blocks/0]",
    ),
    (
        {"type": "section", "fields": [_mrkdwn("x")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    ({"type": "header", "text": _mrkdwn("x")}, "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"),
    (
        {"type": "header", "text": _plain("x" * 151)},
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        {"type": "context", "elements": [_mrkdwn("x")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    ({"type": "actions", "elements": []}, "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
    (
        _actions(*(_button(action_id=str(n)) for n in range(26))),
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        _actions(_button(text=_plain("x" * 76))),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        _actions(_button(value="x" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        _actions(_button(style="green")),
        "must be a valid enum value (primary, danger) [json-pointer:/blocks/0/elements/0/style]",
    ),
    (
        _actions(_button(confirm={"title": _plain("Sure?")})),
        "missing required field: text [json-pointer:/blocks/0/elements/0/confirm]",
    ),
    (_actions(_button(), _button()), "`action_id` go already exists [json-pointer:/blocks/0]"),
    (
        _actions(_select(options=[_option(n) for n in range(101)])),
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        _actions(_select(option_groups=[])),
        "no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/option_groups]",
    ),
    (
        _actions(_select(initial_option=_option(9))),
        "initial_option must match one of the provided options [json-pointer:/blocks/0/elements/0]",
    ),
    (
        _actions({"type": "plain_text_input", "action_id": "x"}),
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    (
        _actions({"type": "overflow", "action_id": "o", "options": [_option(n) for n in range(6)]}),
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    ({"type": "image", "image_url": "u"}, "missing required field: alt_text [json-pointer:/blocks/0]"),
    (
        {"type": "image", "alt_text": "a"},
        "must provide exactly one of: image_url, slack_file [json-pointer:/blocks/0]",
    ),
    (
        {"type": "image", "alt_text": "a", "slack_file": {"id": "F1"}},
        "invalid slack file [json-pointer:/blocks/0/slack_file]",
    ),
    (
        {"type": "markdown", "text": "x" * 12_001},
        "must be less than 12001 characters [json-pointer:/blocks/0/text]",
    ),
    (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]},
        "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]",
    ),
    (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101},
        "no more than 100 items allowed [json-pointer:/blocks/0/rows]",
    ),
    (
        {"type": "context_actions", "elements": [_button()]},
        "unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
    ),
    (
        {"type": "task_card", "task_id": "1", "title": "T", "status": "done"},
        "must be a valid enum value (pending, in_progress, complete, error) [json-pointer:/blocks/0/status]",
    ),
    (
        _input(type="number_input", action_id="n"),
        "missing required field: is_decimal_allowed [json-pointer:/blocks/0/element]",
    ),
    (
        _rich({"type": "shout", "text": "x"}),
        "unsupported type: shout [json-pointer:/blocks/0/elements/0/elements/0/type]",
    ),
    ({"type": "divider", "block_id": "x" * 256}, "must be less than 256 characters"),
]


@pytest.mark.parametrize(("block", "problem"), CASES, ids=[problem[:60] for _, problem in CASES])
def test_slacks_limits_are_kept(block: Json, problem: str) -> None:
    found = validate([block], "message")
    assert any(each.startswith(f"[ERROR] {problem}") for each in found), found


def test_a_message_takes_50_blocks_and_a_view_100() -> None:
    blocks: list[Json] = [{"type": "divider"}] * 101
    assert validate(blocks[:50], "message") == []
    assert validate(blocks[:51], "message") == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]
    assert validate(blocks[:100], "home") == []
    assert validate(blocks, "modal")


@pytest.mark.parametrize("kind", ["markdown", "table", "context_actions", "task_card", "plan"])
@pytest.mark.parametrize("surface", ["modal", "home"])
def test_some_blocks_are_for_messages_only(kind: str, surface: Surface) -> None:
    assert f"unsupported type: {kind}" in validate([{"type": kind}], surface)[0]


def test_block_ids_are_unique() -> None:
    blocks = [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}]
    assert len(validate(blocks, "message")) == 2


def test_markdown_and_tables_are_limited_together() -> None:
    markdown = {"type": "markdown", "text": "x" * 7000}
    assert "12001" in validate([markdown, markdown], "message")[0]
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}
    assert "only_one_table_allowed" in validate([table, table], "message")[0]


def test_a_file_may_be_shown_when_it_is_ready() -> None:
    block = {"type": "image", "alt_text": "a", "slack_file": {"id": "F1"}}
    assert validate([block], "message", lambda file: file == "F1") == []


@pytest.mark.parametrize("blocks", ["x", {"type": "divider"}, [None], ["x"], 7])
def test_what_is_no_list_of_blocks_is_refused(blocks: Any) -> None:
    assert validate(blocks, "message")


MODAL: Json = {"type": "modal", "title": _plain("Title"), "blocks": [{"type": "divider"}]}
VIEW_CASES: list[tuple[Json, str]] = [
    ({"title": None}, "missing required field: title [json-pointer:/view]"),
    ({"title": _plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/title/text]"),
    ({"submit": _plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/submit/text]"),
    ({"private_metadata": "x" * 3001}, "must be less than 3001 characters"),
    ({"callback_id": "x" * 256}, "must be less than 256 characters"),
    ({"type": "home"}, "must be of type modal [json-pointer:/view/type]"),
    (
        {"blocks": [_input(type="plain_text_input", action_id="x")]},
        "missing required field: submit [json-pointer:/view]",
    ),
    ({"blocks": [{"type": "markdown", "text": "x"}]}, "unsupported type: markdown"),
    ({"colour": "red"}, "invalid additional property: colour [json-pointer:/view]"),
]


@pytest.mark.parametrize(("change", "problem"), VIEW_CASES, ids=[problem[:60] for _, problem in VIEW_CASES])
def test_views_have_limits_of_their_own(change: Json, problem: str) -> None:
    assert validate_view(MODAL, "modal") == []
    found = validate_view({**MODAL, **change}, "modal")
    assert any(each.startswith(f"[ERROR] {problem}") for each in found), found


def test_the_text_of_blocks_is_counted_wherever_it_is() -> None:
    assert text_length([_actions(_button()), {"type": "markdown", "text": "four"}]) == len("Go") + 4


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(index=st.integers(0, len(FINE) - 1), key=st.text(max_size=8), value=_JSON, data=st.data())
def test_no_input_however_odd_breaks_the_check(index: int, key: str, value: Any, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from([key, *FINE[index]]))
    assert isinstance(validate([{**FINE[index], field: value}], "message"), list)
    assert validate_view({"type": "modal", "title": value, "blocks": value}, "modal")
