"""Everything paused: said where people would wonder why nothing comes."""

from bot.views.blocks import Block, Message, actions, button, section
from bot.views.reader import Reader
from bot.views.text import mention, when
from houston.notify.pausing import Paused

WAITING = "Houston goes on watching; what there is to tell waits, and comes summed up at the end."


def line(paused: Paused, reader: Reader) -> str:
    """`⏸️ Paused by @bob until Dec 15, 2024 2:14 PM.`"""
    return f"⏸️ Paused by {mention(paused.by, paused.by)} until {when(paused.until, reader.zone)}."


def blocks(paused: Paused | None, reader: Reader) -> list[Block]:
    """Nothing where nothing is paused; admins can end it."""
    if paused is None:
        return []
    said = section(f"*{line(paused, reader)}*\n{WAITING}")
    return [said, actions(button("Resume", "resume_everything"))] if reader.is_admin else [said]


def begun(paused: Paused, reader: Reader) -> Message:
    return Message(text=line(paused, reader), blocks=blocks(paused, reader))


def ended(was: Paused | None) -> Message:
    said = "▶️ Resumed: what waited is on its way." if was else "Nothing is paused: messages come as usual."
    return Message(text=said, blocks=[section(said)])
