"""What `/houston` says when it is asked for help, or not understood."""

from bot.views.blocks import Message, actions, button, context, section
from bot.views.text import escape

COMMANDS = (
    ("ask [--client SLUG] QUESTION", "ask about metrics, outliers, notes and customers"),
    ("outliers", "what was unusual in the last 7 days"),
    ("rules", "the notifications: what is posted where"),
    ("rules add", "add a notification"),
    ("rules pause|resume|delete N", "change notification N"),
    ("note [--client SLUG] TEXT", "write a note; its first line is the title"),
    ("clients", "the clients that you can ask about"),
    ("status", "how Houston is doing"),
    ("timezone Area/City", "the workspace's time zone"),
)
"""The usage of each command, in the order shown."""


def helped(unknown: str = "", nearest: str | None = None) -> Message:
    """`nearest` is the command that was probably meant by `unknown`."""
    lines = [f"`/houston {usage}` — {what}" for usage, what in COMMANDS]
    blocks = [section("\n".join(lines))]
    intro = "🛰️ *Houston* watches your metrics, tells the right channel and answers your questions."
    if unknown:
        intro = f"I do not know `{escape(unknown.replace('`', ''), 60)}`."
        if nearest:
            intro += f" Did you mean `/houston {nearest}`?"
    blocks.insert(0, section(intro))
    blocks.append(
        actions(
            button("Add notification", "add_rule", style="primary"),
            button("Notifications", "show_rules"),
            button("Latest outliers", "show_outliers"),
        )
    )
    blocks.append(context("You can also write to me in a direct message, or mention me in a channel."))
    return Message(text=intro, blocks=blocks)
