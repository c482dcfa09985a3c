from collections.abc import Mapping
from typing import Any

from bot.views.blocks import Block, Message, section
from bot.views.channel_approval import asked
from bot.views.kind import Kind
from bot.views.links import view_buttons
from bot.views.text import escape, one_line
from houston.notify.messenger import Announcement
from houston.notify.vocabulary import EVENT_TYPES


def announced(announcement: Announcement) -> Message:
    """What Houston has to say to one person, with the buttons that belong to it; one after the other,
    where several come together."""
    said = [each.event.payload for each in announcement.all]
    blocks = [
        block
        for payload in said
        for block in (section(escape(payload["text"]) or "–"), *_buttons(payload.get("about", {})))
    ]
    return Message(text="\n".join(escape(payload["text"]) for payload in said), blocks=blocks)


def _buttons(about: Mapping[str, Any]) -> list[Block]:
    """`url` leads to what it is about."""
    return [*asked(about), *view_buttons(about.get("url"))]


def _body(announcement: Announcement) -> list[Block]:
    text = escape(announcement.event.payload.get("text") or "")
    return [section(text)] if text.strip() else []


def _name(announcement: Announcement) -> str:
    said = one_line(str(announcement.event.payload.get("text") or ""))
    return said or EVENT_TYPES.get(announcement.event.type, "News")


OTHER = Kind(
    emoji="🔔",
    noun="message",
    plural="messages",
    name=_name,
    title=lambda announcement: f"🔔 {_name(announcement)}",
    brief=lambda _: "",
    latest=_name,
    body=_body,
    can_ask=False,
)
"""What has no view of its own, as it reads in a list."""
