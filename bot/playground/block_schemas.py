"""Slack's blocks with their limits, and which surface takes which."""

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
from bot.playground.element_schemas import (
    ACCESSORY,
    ELEMENTS,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    SLACK_FILE,
    file_is_ready,
)

_ID: dict[str, Check] = {"block_id": string(255)}
_STATUS = one_of("pending", "in_progress", "complete", "error")


def _block(required: dict[str, Check], optional: dict[str, Check] | None = None, *also: Check) -> Check:
    return record({"type": anything, **required}, {**_ID, **(optional or {})}, *also)


def _text_or_fields(value: Any, pointer: str, report: Report) -> None:
    if not value.get("text") and not value.get("fields"):
        report.add("missing required field: text", pointer)


def _part(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    style = record({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight"), boolean))
    return record({"type": anything, **required}, {"style": style, **(optional or {})})


_LONG = string(12_000, 0)
_PARTS = typed(
    {
        "text": _part({"text": string(12_000)}),
        "link": _part({"url": string(3000)}, {"text": _LONG, "unsafe": boolean}),
        "user": _part({"user_id": string(255)}),
        "usergroup": _part({"usergroup_id": string(255)}),
        "team": _part({"team_id": string(255)}),
        "channel": _part({"channel_id": string(255)}),
        "emoji": _part({"name": string(255)}, {"unicode": string(255), "skin_tone": integer(1, 6)}),
        "broadcast": _part({"range": one_of("here", "channel", "everyone")}),
        "date": _part(
            {"timestamp": integer(0, 99_999_999_999), "format": string(255)},
            {"url": string(3000), "fallback": string(3000)},
        ),
        "color": _part({"value": string(255)}),
    }
)
_PARTS_LIST = many(_PARTS, 1000, 0)
_SECTION = record({"type": anything, "elements": _PARTS_LIST})
_BORDER: dict[str, Check] = {"border": integer(0, 1)}
RICH_TEXT = _block(
    {
        "elements": many(
            typed(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_quote": record({"type": anything, "elements": _PARTS_LIST}, _BORDER),
                    "rich_text_preformatted": record(
                        {"type": anything, "elements": _PARTS_LIST}, {**_BORDER, "language": string(255)}
                    ),
                    "rich_text_list": record(
                        {
                            "type": anything,
                            "style": one_of("bullet", "ordered"),
                            "elements": many(typed({"rich_text_section": _SECTION}), 1000, 0),
                        },
                        {**_BORDER, "indent": integer(0, 8), "offset": integer(0, 1_000_000)},
                    ),
                }
            ),
            1000,
            0,
        )
    }
)


def _number(value: Any, pointer: str, report: Report) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        report.add("must provide a number", pointer)


_CELL = typed(
    {
        "raw_text": record({"type": anything, "text": string(10_000)}),
        "raw_number": record({"type": anything, "value": _number}, {"text": string(10_000)}),
        "rich_text": RICH_TEXT,
    }
)
_COLUMN = record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
_TASK_CARD = _block(
    {"task_id": string(255), "title": string(3000), "status": _STATUS},
    {
        "details": typed({"rich_text": RICH_TEXT}),
        "output": typed({"rich_text": RICH_TEXT}),
        "sources": many(record({"type": one_of("url"), "url": string(3000), "text": string(3000)}), 100, 0),
    },
)
_TASK = typed({"task_card": _TASK_CARD})
_CONTEXT_TEXT = any_text(3000)
_IN_CONTEXT = typed({"image": ELEMENTS["image"], "plain_text": _CONTEXT_TEXT, "mrkdwn": _CONTEXT_TEXT})

_EVERYWHERE: dict[str, Check] = {
    "section": _block(
        {},
        {
            "text": any_text(3000),
            "fields": many(any_text(2000), 10),
            "accessory": ACCESSORY,
            "expand": boolean,
        },
        _text_or_fields,
    ),
    "header": _block({"text": plain_text(150)}),
    "divider": _block({}),
    "image": _block(
        {"alt_text": string(2000)},
        {"image_url": string(3000), "slack_file": SLACK_FILE, "title": plain_text(2000)},
        exactly_one("image_url", "slack_file"),
        file_is_ready,
    ),
    "context": _block({"elements": many(_IN_CONTEXT, 10)}),
    "actions": _block({"elements": many(IN_ACTIONS, 25)}),
    "input": _block(
        {"label": plain_text(2000), "element": IN_INPUT},
        {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": RICH_TEXT,
    "video": _block(
        {
            "alt_text": string(2000),
            "title": plain_text(199),
            "thumbnail_url": string(3000),
            "video_url": string(3000),
        },
        {
            "title_url": string(3000),
            "description": plain_text(199),
            "author_name": string(49),
            "provider_name": string(255),
            "provider_icon_url": string(3000),
        },
    ),
}
_MESSAGES_ONLY: dict[str, Check] = {
    "markdown": _block({"text": string(12_000)}),
    "table": _block(
        {"rows": many(many(_CELL, 20), 100)},
        {"column_settings": many(_COLUMN, 20, 0)},
    ),
    "context_actions": _block({"elements": many(IN_CONTEXT_ACTIONS, 5)}),
    "task_card": _TASK_CARD,
    "plan": _block({"title": string(3000)}, {"tasks": many(_TASK, 50, 0)}),
}
_MESSAGE = typed(_EVERYWHERE | _MESSAGES_ONLY)
_VIEW = typed(_EVERYWHERE)

BLOCKS: dict[str, Check] = {
    "message": many(_MESSAGE, 50, 0),
    "modal": many(_VIEW, 100, 0),
    "home": many(_VIEW, 100, 0),
}
_META: dict[str, Check] = {
    "callback_id": string(255, 0),
    "private_metadata": string(3000, 0),
    "external_id": string(255, 0),
}
VIEWS: dict[str, Check] = {
    "modal": record(
        {"type": anything, "title": plain_text(24), "blocks": anything},
        {
            **_META,
            "submit": plain_text(24),
            "close": plain_text(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    "home": record({"type": anything, "blocks": anything}, _META),
}
