"""The question whether Houston may speak in a Slack Connect channel, and what follows from it."""

from collections.abc import Mapping
from typing import Any

from bot.views.blocks import Block, Message, actions, button, section
from bot.views.text import count, cut, escape

APPROVE, REFUSE = "approve_channel", "refuse_channel"


def asked(about: Mapping[str, Any]) -> list[Block]:
    """The buttons of a notice that asks it: `channel` is an id, `channel_name` its name."""
    if "channel" not in about:
        return []
    quiet = button("Keep quiet", REFUSE, value=about["channel"])
    return [actions(_approve(about["channel_name"], about["channel"]), quiet)]


def approved(name: str, by: str, rules: int) -> Message:
    follows = f" {count(rules, 'notification')} can post there." if rules else ""
    return _said(f"✅ {escape(by, 80)} approved *#{escape(name, 80)}*: Houston speaks there now.{follows}")


def kept_quiet(name: str, id: str, by: str) -> Message:
    said = _said(f"🔇 {escape(by, 80)} keeps Houston quiet in *#{escape(name, 80)}*.")
    return Message(text=said.text, blocks=[*said.blocks, actions(_approve(name, id))])


def declined(*, is_admin: bool) -> Message:
    """For somebody who asks Houston something in such a channel."""
    mend = (
        "I have sent you a direct message with the button that approves it."
        if is_admin
        else "One of Houston's admins has to approve it first."
    )
    return _said(f"🔇 This channel is shared with another company, so I say nothing here. {mend}")


def _approve(name: str, id: str) -> Block:
    return button(cut(f"Approve #{name}", 75), APPROVE, value=id, style="primary")


def _said(text: str) -> Message:
    return Message(text=text, blocks=[section(text)])
