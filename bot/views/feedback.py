"""What people think of an answer: the two buttons under it, and the form that asks why not."""

from collections.abc import Mapping
from typing import Any

from bot.views.blocks import Block, View, actions, button, field_block, plain
from bot.views.filled import row_id

OPINION, GOOD, BAD = "answer_opinion", "answer_opinion_good", "answer_opinion_bad"
"""Of Slack's own feedback buttons, and of the two plain ones where Slack will not have those."""

FORM, REASON = "opinion_form", "answer_opinion_reason"
LONGEST_REASON = 1000


def asked(turn_id: int, *, plainly: bool = False) -> Block:
    """A button's value is the turn's id; that of the second is negative."""
    if plainly:
        return actions(button("👍", GOOD, value=f"{turn_id}"), button("👎", BAD, value=f"-{turn_id}"))
    element = {
        "type": "feedback_buttons",
        "action_id": OPINION,
        "positive_button": _half("Good answer", f"{turn_id}", "Say that this answer is good"),
        "negative_button": _half("Bad answer", f"-{turn_id}", "Say that this answer is bad"),
    }
    return {"type": "context_actions", "elements": [element]}


def opinion(action: Mapping[str, Any]) -> tuple[int, bool]:
    """Of which turn, and whether it was good."""
    value = str(action["value"])
    return row_id(value.removeprefix("-")), not value.startswith("-")


def form(turn_id: int) -> View:
    element: Block = {
        "type": "plain_text_input",
        "action_id": REASON,
        "multiline": True,
        "max_length": LONGEST_REASON,
        "placeholder": plain("The figure is wrong, it is about another client, too long…", 150),
    }
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain("A bad answer", 24),
        "submit": plain("Send", 24),
        "close": plain("No reason", 24),
        "private_metadata": str(turn_id),
        "blocks": [
            field_block(
                REASON,
                "What was wrong with it?",
                element,
                optional=True,
                hint=plain("Houston's admins read it, with question and answer. Your 👎 is noted already."),
            )
        ],
    }


def reason(values: Mapping[str, Any]) -> str:
    return str(values[REASON][REASON].get("value") or "").strip()


def _half(text: str, value: str, label: str) -> Block:
    return {"text": plain(text, 75), "value": value, "accessibility_label": label}
