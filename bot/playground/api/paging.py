"""Slack's cursors: opaque to the caller, here the place to go on from."""

import base64
from typing import TypeVar

from bot.playground.api.call import Call, Refusal

T = TypeVar("T")


def page(call: Call, items: list[T], *, default: int = 100) -> tuple[list[T], str]:
    """One page of the items, and the cursor of the next (empty on the last)."""
    start = _start(call.optional("cursor"))
    size = call.number("limit", default)
    end = start + size
    return items[start:end], _cursor(end) if end < len(items) else ""


def _cursor(start: int) -> str:
    return base64.b64encode(f"next:{start}".encode()).decode()


def _start(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("next:"))
    except ValueError:
        raise Refusal("invalid_cursor") from None
