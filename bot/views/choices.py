"""The buttons under an answer that asks something back."""

from collections.abc import Sequence
from typing import Any

from bot.views.blocks import Block, Message, actions, button, context
from bot.views.text import escape, mention, one_line

CHOOSE = "choose_answer_"
MOST = 5


def offered(options: Sequence[str], turn_id: int) -> list[Block]:
    """At most five; the value is the turn's id, and which one it is says the action's id."""
    if not options:
        return []
    pressed = [
        button(one_line(each), f"{CHOOSE}{at}", value=str(turn_id)) for at, each in enumerate(options[:MOST])
    ]
    return [actions(*pressed)]


def index(action: Any) -> int:
    return int(str(action["action_id"]).removeprefix(CHOOSE))


def chosen(blocks: Sequence[Block], option: str, user_id: str) -> list[Block]:
    """The message's blocks with `✓ Globex Travel — @ann` where the buttons were."""
    said = _said(option, user_id)
    return [said if _offers(block) else block for block in blocks]


def chosen_alone(option: str, user_id: str) -> Message:
    """The same as a message."""
    return Message(text=f"✓ {escape(one_line(option))}", blocks=[_said(option, user_id)])


def _said(option: str, user_id: str) -> Block:
    return context(f"✓ {escape(one_line(option), 150)} — {mention(user_id)}")


def _offers(block: Block) -> bool:
    return block["type"] == "actions" and any(
        str(each.get("action_id", "")).startswith(CHOOSE) for each in block["elements"]
    )
