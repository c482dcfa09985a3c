"""A page of a section of *Watching*: rows with buttons, an empty state, and the way to the next page."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.blocks import Block, Message, actions, button, confirm, context, divider, section
from bot.views.reader import Reader, who_can
from bot.views.text import count, escape

PAGE = 8
"""Rows on one page: three blocks each, of the 50 of a message."""

NAME, ERROR = 150, 500


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line in mrkdwn, and what an admin can do about it."""

    line: str
    buttons: Sequence[Block] = ()


@dataclass(frozen=True, kw_only=True)
class Listing:
    """`what` is the noun, `nothing` is said where there is none, `add` the buttons on top."""

    what: str
    rows: Sequence[Row]
    nothing: str
    add: Sequence[Block] = ()


def listing(found: Listing, reader: Reader, page: int = 0) -> list[Block]:
    pages = max(1, -(-len(found.rows) // PAGE))
    page = min(max(page, 0), pages - 1)
    blocks = [actions(*found.add)] if reader.is_admin and found.add else []
    if not reader.is_admin:
        blocks.append(context(who_can(reader, f"{found.what}s")))
    for row in found.rows[page * PAGE : (page + 1) * PAGE]:
        blocks += [divider(), section(row.line)]
        if reader.is_admin and row.buttons:
            blocks.append(actions(*row.buttons))
    if not found.rows:
        blocks.append(section(found.nothing))
    return [*blocks, *_pager(page, pages, len(found.rows), found.what)]


def editing(noun: str, id: int | None) -> Block:
    return button("Edit…", f"edit_{noun}", value=str(id))


def switching(noun: str, id: int | None, *, active: bool) -> Block:
    return button("Pause" if active else "Resume", f"{'pause' if active else 'resume'}_{noun}", value=str(id))


def deleting(noun: str, id: int | None, *, name: str, what: str, follows: str) -> Block:
    """`follows` says what goes with it."""
    question = f"Delete {name}? {follows}"
    delete = button("Delete", f"delete_{noun}", value=str(id), style="danger")
    return delete | {"confirm": confirm(f"Delete {what}", question, "Delete")}


def deleted(name: str, what: str) -> Message:
    said = f"✅ Deleted: {what} {named(name)}"
    return Message(text=said, blocks=[section(said)])


def named(name: str) -> str:
    return f"*{escape(name, NAME)}*"


def wrong(error: str) -> list[str]:
    """What is to be said of one that does not work."""
    return [f"⚠️ {escape(error, ERROR)}"] if error else []


def _pager(page: int, pages: int, found: int, what: str) -> list[Block]:
    if pages == 1:
        return []
    turns = []
    if page > 0:
        turns.append(button("‹ Previous", "watching_previous", value=str(page - 1)))
    if page < pages - 1:
        turns.append(button("Next ›", "watching_next", value=str(page + 1)))
    return [context(f"Page {page + 1} of {pages}, {count(found, what)}"), actions(*turns)]
