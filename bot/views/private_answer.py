"""What stands under an answer that only its asker sees, and that answer once it is shared."""

from collections.abc import Mapping
from typing import Any

from bot.views.answer import MARKDOWN, whole
from bot.views.blocks import Block, Message, actions, button, confirm, context
from bot.views.text import count, cut, escape
from houston.agent.grounding.links import unlinked
from houston.agent.grounding.text import clean
from houston.watch.chart import Chart
from store.tables import Turn

SHARE = "share_answer"
WARNED = "share_answer_"
"""Begins the block's id; what follows is how many people its confirmation names."""


def offer(turn_id: int, kept_out: int) -> list[Block]:
    why = f"👁️ Only you see this: {_people(kept_out)} in this channel may not see all that it shows."
    sure = (
        f"{_people(kept_out).capitalize()} in this channel may not see all that this answer shows. Share it?"
    )
    press = button("Share here", SHARE, value=str(turn_id)) | {
        "confirm": confirm("Share here", sure, "Share")
    }
    return [context(why), actions(press) | {"block_id": f"{WARNED}{kept_out}"}]


def again(markdown: str, turn_id: int, kept_out: int) -> Message:
    """The same answer, since more people came who may not see it."""
    return whole(markdown, offer(turn_id, kept_out))


def warned_of(action: Mapping[str, Any]) -> int:
    """How many people were named to the one who presses."""
    number = str(action.get("block_id", "")).removeprefix(WARNED)
    return int(number) if number.isdecimal() else 0


def shared(turn: Turn, user_id: str) -> Message:
    question = escape(cut(" ".join(turn.question.split()), 300))
    return whole(cut(turn.answer, MARKDOWN - 10), [context(f"Shared by <@{user_id}>, who asked: {question}")])


def instead_of(chart: Chart) -> str:
    """Slack shows no picture in a message that one person sees, so its figures are said."""
    return f"_(A picture cannot be shown to you alone. It says: {cut(unlinked(clean(chart.alt)), 1000)})_"


def _people(number: int) -> str:
    return count(number, "person", "people")
