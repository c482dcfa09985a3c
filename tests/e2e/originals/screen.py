"""A message as a person reads it in Slack: its lines from top to bottom, and what can be pressed."""

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from bot.playground.state import Channel, Message
from tests.bot.conftest import House
from tests.patience import PATIENCE

Block = dict[str, Any]
T = TypeVar("T")

LINK = re.compile(r"<(https?://[^|>]+)(?:\|([^>]*))?>")
MENTION = re.compile(r"<@([A-Z0-9]+)>")
BOLD = re.compile(r"(?<!\w)\*([^*\n]+)\*(?!\w)")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def read(house: House, message: Message) -> list[str]:
    """Labels and values of fields read `label: value`, buttons `[text]`, pictures `(alt text)`."""
    if not message.blocks:
        return [message.text]
    names = {user.id: user.name for user in house.slack.playground.users.values()}
    lines = [line for block in message.blocks for line in _lines(block, names)]
    return [line for line in lines if line.strip()]


def said(house: House, message: Message) -> str:
    return "\n".join(read(house, message))


def buttons(message: Message) -> dict[str, str]:
    """What is on the buttons, with the web page that each opens ('' where it opens none)."""
    elements = [each for block in message.blocks for each in block.get("elements", ())]
    return {each["text"]["text"]: each.get("url", "") for each in elements if each["type"] == "button"}


async def posted(house: House, channel: Channel, text: str, *, thread_ts: str | None = None) -> Message:
    """Wait until everybody who is in it could read a message with this text there."""

    def found() -> Message | None:
        for message in house.slack.playground.messages[channel.id].values():
            is_there = not message.deleted and message.ephemeral_to is None
            is_in_place = message.thread_ts == thread_ts if thread_ts else not message.is_reply
            if is_there and is_in_place and text in said(house, message):
                return message
        return None

    return await _waited(house, found, channel)


async def becomes(house: House, message: Message, text: str) -> str:
    """Wait until the message itself says this; all that it says then."""

    def shows() -> str | None:
        now = said(house, message)
        return now if text in now else None

    return await _waited(house, shows, house.slack.playground.channels[message.channel])


async def nothing_else(house: House, channel: Channel, count: int) -> None:
    """All that was to be sent was sent, and that many notifications are in the channel."""
    assert house.houston.dispatcher
    await house.houston.dispatcher.drained()
    there = [said(house, each) for each in house.slack.posts(channel) if each.metadata]
    assert len(there) == count, there


async def _waited(house: House, condition: Callable[[], T | None], channel: Channel) -> T:
    """Or fail with all that is in the channel instead."""
    try:
        return await house.alice.wait_for(condition, timeout=PATIENCE)
    except TimeoutError:
        there = house.slack.playground.messages[channel.id].values()
        raise AssertionError("\n---\n".join(said(house, each) for each in there)) from None


def _lines(block: Block, names: dict[str, str]) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield block["text"]["text"]
        case "section":
            yield from _shown(block["text"]["text"], names).split("\n") if "text" in block else ()
            yield from (
                _shown(each["text"], names).replace("\n", ": ", 1) for each in block.get("fields", ())
            )
        case "context":
            yield from (
                line for each in block["elements"] for line in _shown(each["text"], names).split("\n")
            )
        case "image":
            yield f"({block['alt_text']})"
        case "actions":
            yield " ".join(_pressed(each) for each in block["elements"])
        case "markdown":
            yield block["text"]


def _pressed(element: Block) -> str:
    shown = element.get("text") or element.get("placeholder") or {"text": "⋯"}
    return f"[{shown['text']}]"


def _shown(text: str, names: dict[str, str]) -> str:
    text = MENTION.sub(lambda found: f"@{names[found[1]]}", text.replace("```", ""))
    text = LINK.sub(lambda found: found[2] or found[1], BOLD.sub(r"\1", text))
    for entity, char in ENTITIES:
        text = text.replace(entity, char)
    return text
