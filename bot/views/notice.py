from bot.views.blocks import Message, section
from bot.views.channel_approval import asked
from bot.views.text import escape
from houston.notify.messenger import Announcement


def announced(announcement: Announcement, chart_file: str | None = None) -> Message:
    """What Houston has to say to one person, with the buttons that belong to it."""
    payload = announcement.event.payload
    text = escape(payload["text"], 2900)
    return Message(text=text, blocks=[section(text), *asked(payload["about"])])
