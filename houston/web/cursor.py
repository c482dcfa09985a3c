"""Where the next page of a list begins: after the last item of this one."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from houston.errors import Invalid

T = TypeVar("T")
LARGEST_ID = 2**63


def cursor(time: datetime, id: int) -> str:
    return _encoded(f"{time.isoformat()} {id}")


def position(cursor: str | None) -> tuple[datetime, int] | None:
    """Raises Invalid for a cursor that we did not make."""
    if cursor is None:
        return None
    time, _, id = _decoded(cursor).partition(" ")
    try:
        found = datetime.fromisoformat(time), int(id)
    except ValueError as error:
        raise _foreign() from error
    if found[0].tzinfo is None or not 0 <= found[1] < LARGEST_ID:
        raise _foreign()
    return found


def numbered(cursor: str | None) -> int | None:
    """The number behind `after(id)`. Raises Invalid."""
    if cursor is None:
        return None
    key = _key(cursor)
    if not isinstance(key, int) or not 0 <= key < LARGEST_ID:
        raise _foreign()
    return key


def after(key: int | str) -> str:
    return _encoded(json.dumps(key))


def newest(rows: Sequence[T], limit: int, id: Callable[[T], int]) -> tuple[Sequence[T], str | None]:
    """The page of rows that were asked for with one more than `limit`, and where the next one begins."""
    page = rows[:limit]
    return page, after(id(page[-1])) if len(rows) > limit else None


def sliced(
    rows: Sequence[T], limit: int, cursor: str | None, key: Callable[[T], int] | Callable[[T], str]
) -> tuple[Sequence[T], str | None]:
    """A page of a list that is short enough to be had whole, ordered by key. Raises Invalid."""
    ordered = sorted(rows, key=key)
    if cursor is not None:
        last = _key(cursor)
        if ordered and type(last) is not type(key(ordered[0])):
            raise _foreign()
        ordered = [row for row in ordered if key(row) > last]  # type: ignore[operator]
    page = ordered[:limit]
    return page, after(key(page[-1])) if len(ordered) > limit else None


def _key(cursor: str) -> int | str:
    try:
        key = json.loads(_decoded(cursor))
    except (ValueError, RecursionError) as error:
        raise _foreign() from error
    if not isinstance(key, int | str) or isinstance(key, bool):
        raise _foreign()
    return key


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


def _decoded(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor.encode()).decode("ascii")
    except (ValueError, binascii.Error) as error:
        raise _foreign() from error


def _foreign() -> Invalid:
    return Invalid("cursor", "cursor is not one of ours: use the next_cursor of a page.")
