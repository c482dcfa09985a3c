"""Slack's interactive elements and the objects they are composed of, with their limits."""

from typing import Any

from bot.playground.checks import (
    Check,
    Report,
    any_text,
    anything,
    boolean,
    exactly_one,
    integer,
    many,
    one_of,
    plain_text,
    record,
    string,
    typed,
)

ACTION_ID: dict[str, Check] = {"action_id": string(255)}
CONFIRM = record(
    {"title": plain_text(100), "text": any_text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": one_of("primary", "danger")},
)
OPTION = record(
    {"text": plain_text(75), "value": string(150)}, {"description": plain_text(75), "url": string(3000)}
)
MARKED_OPTION = record({"text": any_text(75), "value": string(150)}, {"description": any_text(75)})
OPTION_GROUP = record({"label": plain_text(75), "options": many(OPTION, 100)})
SUGGESTIONS = record({}, {"options": many(OPTION, 100, 0), "option_groups": many(OPTION_GROUP, 100, 0)})
DISPATCH = record({}, {"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 2)})
FEEDBACK = record({"text": plain_text(75), "value": string(2000)}, {"accessibility_label": string(75)})
SLACK_FILE = record({}, {"id": string(255), "url": string(3000)}, exactly_one("id", "url"))

_STYLE: dict[str, Check] = {"style": one_of("primary", "danger")}
_INPUT: dict[str, Check] = {
    **ACTION_ID,
    "placeholder": plain_text(150),
    "focus_on_load": boolean,
}
_PICK: dict[str, Check] = {**_INPUT, "confirm": CONFIRM}
_TEXT: dict[str, Check] = {**_INPUT, "initial_value": string(3000, 0), "dispatch_action_config": DISPATCH}
_MANY: dict[str, Check] = {**_PICK, "max_selected_items": integer(1, 100)}
_STATIC: dict[str, Check] = {"options": many(OPTION, 100), "option_groups": many(OPTION_GROUP, 100)}
_QUERY: dict[str, Check] = {"min_query_length": integer(0, 255)}
_IDS = many(string(255), 100)


def file_is_ready(value: Any, pointer: str, report: Report) -> None:
    slack_file = value.get("slack_file")
    if slack_file and not report.file_ready(slack_file.get("id") or slack_file.get("url")):
        report.add("invalid slack file", f"{pointer}/slack_file")


def _all_options(value: Any) -> list[Any]:
    groups = value.get("option_groups") or []
    return [*(value.get("options") or []), *(option for group in groups for option in group["options"])]


def _initial_is_offered(value: Any, pointer: str, report: Report) -> None:
    offered = {option["value"] for option in _all_options(value)}
    initial = value.get("initial_option")
    if initial and initial["value"] not in offered:
        report.add("initial_option must match one of the provided options", pointer)
    if any(option["value"] not in offered for option in value.get("initial_options") or []):
        report.add("initial_options must match the provided options", pointer)


def _element(required: dict[str, Check], optional: dict[str, Check], *also: Check) -> Check:
    return record({"type": anything, **required}, optional, *also)


_IMAGE = _element(
    {"alt_text": string(2000)},
    {"image_url": string(3000), "slack_file": SLACK_FILE},
    exactly_one("image_url", "slack_file"),
    file_is_ready,
)
_BUTTON: dict[str, Check] = {
    **ACTION_ID,
    **_STYLE,
    "url": string(3000),
    "value": string(2000),
    "confirm": CONFIRM,
    "accessibility_label": string(75),
    "agent_prompt": string(4000),
    "agent_prompt_display": string(4000),
    "visible_to_user_ids": _IDS,
}
_ICON_BUTTON: dict[str, Check] = {
    **ACTION_ID,
    "value": string(2000),
    "confirm": CONFIRM,
    "accessibility_label": string(75),
    "visible_to_user_ids": many(string(255), 10),
}
_FILTER = record(
    {},
    {
        "include": many(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
_CONVERSATIONS: dict[str, Check] = {"default_to_current_conversation": boolean, "filter": _FILTER}
_static_options = exactly_one("options", "option_groups")

ELEMENTS: dict[str, Check] = {
    "image": _IMAGE,
    "button": _element({"text": plain_text(75)}, _BUTTON),
    "icon_button": _element({"icon": string(255), "text": plain_text(75)}, _ICON_BUTTON),
    "feedback_buttons": _element({"positive_button": FEEDBACK, "negative_button": FEEDBACK}, ACTION_ID),
    "overflow": _element({"options": many(OPTION, 5)}, {**ACTION_ID, "confirm": CONFIRM}),
    "checkboxes": _element(
        {"options": many(MARKED_OPTION, 10)},
        {**_PICK, "initial_options": many(MARKED_OPTION, 10)},
        _initial_is_offered,
    ),
    "radio_buttons": _element(
        {"options": many(MARKED_OPTION, 10)}, {**_PICK, "initial_option": MARKED_OPTION}, _initial_is_offered
    ),
    "static_select": _element(
        {}, {**_PICK, **_STATIC, "initial_option": OPTION}, _static_options, _initial_is_offered
    ),
    "multi_static_select": _element(
        {}, {**_MANY, **_STATIC, "initial_options": many(OPTION, 100)}, _static_options, _initial_is_offered
    ),
    "external_select": _element({}, {**_PICK, **_QUERY, "initial_option": OPTION}),
    "multi_external_select": _element({}, {**_MANY, **_QUERY, "initial_options": many(OPTION, 100)}),
    "users_select": _element({}, {**_PICK, "initial_user": string(255)}),
    "multi_users_select": _element({}, {**_MANY, "initial_users": _IDS}),
    "conversations_select": _element(
        {},
        {**_PICK, **_CONVERSATIONS, "initial_conversation": string(255), "response_url_enabled": boolean},
    ),
    "multi_conversations_select": _element({}, {**_MANY, **_CONVERSATIONS, "initial_conversations": _IDS}),
    "channels_select": _element(
        {}, {**_PICK, "initial_channel": string(255), "response_url_enabled": boolean}
    ),
    "multi_channels_select": _element({}, {**_MANY, "initial_channels": _IDS}),
    "datepicker": _element({}, {**_PICK, "initial_date": string(10, 10)}),
    "timepicker": _element({}, {**_PICK, "initial_time": string(5, 5), "timezone": string(255)}),
    "datetimepicker": _element({}, {**_PICK, "initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
    "plain_text_input": _element(
        {},
        {
            **_TEXT,
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
    ),
    "email_text_input": _element({}, _TEXT),
    "url_text_input": _element({}, _TEXT),
    "number_input": _element(
        {"is_decimal_allowed": boolean}, {**_TEXT, "min_value": string(255), "max_value": string(255)}
    ),
    "rich_text_input": _element(
        {}, {**_TEXT, "initial_value": anything, "min_lines": integer(1, 100), "max_lines": integer(1, 100)}
    ),
    "file_input": _element(
        {}, {**ACTION_ID, "filetypes": many(string(255), 100), "max_files": integer(1, 10)}
    ),
}

_SELECTS = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
_PICKERS = ("datepicker", "timepicker", "checkboxes", "radio_buttons")
_MULTI_SELECTS = tuple(f"multi_{name}" for name in _SELECTS)


def elements(*names: str) -> Check:
    return typed({name: ELEMENTS[name] for name in names})


ACCESSORY = elements("image", "button", "overflow", *_SELECTS, *_MULTI_SELECTS, *_PICKERS)
IN_ACTIONS = elements("button", "overflow", *_SELECTS, *_PICKERS, "datetimepicker")
IN_CONTEXT_ACTIONS = elements("feedback_buttons", "icon_button")
IN_INPUT = elements(
    *_SELECTS,
    *_MULTI_SELECTS,
    *_PICKERS,
    "datetimepicker",
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
)
