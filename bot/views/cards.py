"""The tool calls of an answer: as task cards in a stream, and as lines where there is none."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.views.blocks import Block, context
from bot.views.text import cut, escape, one_line, without_mentions
from houston.agent.turn import CardChanged, CardState

STATUSES: Mapping[CardState, str] = {"running": "in_progress", "done": "complete", "failed": "error"}
SIGNS: Mapping[CardState, str] = {"running": "⏳", "done": "✓", "failed": "⚠️"}

TITLE, DETAIL, LINES = 150, 250, 15
SHOWN = 10
"""Lines; of more cards the first are counted."""


def chunk(said: str | CardChanged) -> dict[str, Any]:
    """What a stream is given of it. A detail is sent once, with the end of the call: Slack adds it to those
    before."""
    if isinstance(said, str):
        return {"type": "markdown_text", "text": said}
    found = {"type": "task_update", "id": said.id, "title": _title(said), "status": STATUSES[said.state]}
    detail = "" if said.state == "running" else _detail(said)
    return found | ({"details": detail} if detail else {})


def lines(cards: Sequence[CardChanged]) -> list[Block]:
    """`✓ Reading revenue for Acme · 14 rows`, a line each."""
    if not cards:
        return []
    hidden = len(cards) - SHOWN
    earlier = [f"… and {hidden} before"] if hidden > 0 else []
    return [context("\n".join([*earlier, *(_line(card) for card in cards[-SHOWN:])]))]


def in_a_line(cards: Sequence[CardChanged]) -> list[Block]:
    """All of them behind one another, for an answer that comes at once."""
    if not cards:
        return []
    said = " · ".join(f"{SIGNS[card.state]} {_title(card)}" for card in cards[-SHOWN:])
    return [context(escape(said, 1900))]


def plain(cards: Sequence[CardChanged]) -> str:
    """For the notification of a message that has no text yet."""
    return _title(cards[-1]) if cards else ""


def _line(card: CardChanged) -> str:
    detail = "" if "\n" in card.detail else _detail(card)
    said = f"{_title(card)} · {detail}" if detail else _title(card)
    return f"{SIGNS[card.state]} {escape(said, 280)}"


def _title(card: CardChanged) -> str:
    return cut(without_mentions(one_line(card.title)), TITLE)


def _detail(card: CardChanged) -> str:
    lines = card.detail.splitlines()[:LINES]
    return "\n".join(cut(without_mentions(one_line(line)), DETAIL) for line in lines)
