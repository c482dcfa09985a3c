"""Channels where Houston answers no questions: what is said of it, and where it is chosen."""

from collections.abc import Iterator, Sequence

from bot.views.blocks import Block, Message, actions, context, plain, section
from bot.views.reader import Reader
from store.tables import Channel

SWITCH = "answers_of_channel"
HOW = "`/houston answers on` and `/houston answers off` change it."

DECLINED = Message(
    text="🔕 This channel gets alerts only: I answer no questions here. Ask me in a direct message, or with "
    "`/houston ask QUESTION`, which only you see the answer of."
)
"""To the one who asked, alone."""


def shown(channel: Channel, reader: Reader) -> Message:
    said = (
        "💬 I answer questions in this channel."
        if channel.answers
        else "🔕 This channel gets alerts only: I answer no questions here."
    )
    return _said(f"{said} {HOW}" if reader.is_admin else said)


def changed(channel: Channel) -> Message:
    name = f"<#{channel.id}>"
    if channel.answers:
        return _said(f"✅ I answer questions in {name} again.")
    return _said(f"✅ {name} gets alerts only: who asks there is told, alone, to ask elsewhere.")


def choosing(channels: Sequence[Channel], reader: Reader) -> Iterator[Block]:
    """On the *Connection* tab: the channels with alerts only; for admins, the way to change it."""
    quiet = [f"<#{each.id}>" for each in channels if not each.answers]
    if quiet or reader.is_admin:
        yield section(f"*Alerts only*\n{', '.join(quiet) or 'Questions are answered in every channel.'}")
    if reader.is_admin:
        yield context("Choose a channel to switch answers off there, or on again.")
        yield actions(
            {
                "type": "external_select",
                "action_id": SWITCH,
                "placeholder": plain("Choose a channel", 150),
                "min_query_length": 0,
            }
        )


def _said(text: str) -> Message:
    return Message(text=text, blocks=[section(text)])
