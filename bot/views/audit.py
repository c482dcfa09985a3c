"""The audit log, a page at a time."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from bot.views.blocks import Block, Message, actions, button, section
from bot.views.text import escape, one_line, when
from store.tables import AuditEntry

PAGE = 10
OF_AGENCIES = frozenset({"client", "clients"})
"""Fields that a client's own workspace knows nothing of."""

NAME, WHAT, VALUES = 80, 120, 600


def page(
    entries: Sequence[AuditEntry], zone: ZoneInfo, *, has_newer: bool, has_older: bool, has_clients: bool
) -> Message:
    """The newest first; the buttons' values are the numbers of the first and the last entry shown."""
    title = "*Audit log*"
    if not entries:
        said = "Nothing has been changed yet."
        return Message(text=said, blocks=[section(f"{title}\n{said}")])
    blocks = [section(title), *(section(line(each, zone, has_clients=has_clients)) for each in entries)]
    turns = _turns(entries, has_newer=has_newer, has_older=has_older)
    if turns:
        blocks.append(actions(*turns))
    return Message(text=title.strip("*"), blocks=blocks)


def line(entry: AuditEntry, zone: ZoneInfo, *, has_clients: bool) -> str:
    """When, who, what, before → after."""
    moment = when(entry.at, zone)
    if entry.erased_by is not None:
        return f"`{entry.seq}` {moment} · _erased with its client, by entry {entry.erased_by}_"
    who = _text(entry.actor_name or entry.actor, NAME)
    what = f"{_text(entry.action, NAME)} · {_text(entry.subject, WHAT)}"
    changes = _changes(entry.before, entry.after, frozenset() if has_clients else OF_AGENCIES)
    return f"`{entry.seq}` {moment} · *{who}* · {what}" + (f"\n{changes}" if changes else "")


def _turns(entries: Sequence[AuditEntry], *, has_newer: bool, has_older: bool) -> list[Block]:
    turns = []
    if has_newer:
        turns.append(button("‹ Newer", "audit_newer", value=str(entries[0].seq)))
    if has_older:
        turns.append(button("Older ›", "audit_older", value=str(entries[-1].seq)))
    return turns


def _changes(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, hidden: frozenset[str]
) -> str:
    names = sorted({*(before or {}), *(after or {})} - hidden)
    pieces = [_change(name, before, after) for name in names]
    return escape(", ".join(pieces), VALUES)


def _change(name: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    if before is None:
        return f"{name}: {_value((after or {}).get(name))}"
    if after is None:
        return f"{name}: was {_value(before.get(name))}"
    return f"{name}: {_value(before.get(name))} → {_value(after.get(name))}"


def _value(value: Any) -> str:
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, list):
        return " + ".join(str(each) for each in value)
    return one_line(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _text(text: str, limit: int) -> str:
    return escape(one_line(text), limit)
