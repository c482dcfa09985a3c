"""From what a person types to what Slack stores and sends."""

import re
from typing import TYPE_CHECKING

from bot.playground.nouns import Json

if TYPE_CHECKING:
    from bot.playground.state import Playground

_MARKUP = re.compile(
    r"<@(?P<user>[UW][A-Z0-9]+)(?:\|[^>]*)?>"
    r"|<#(?P<channel>[CG][A-Z0-9]+)(?:\|[^>]*)?>"
    r"|<!(?P<range>here|channel|everyone)>"
    r"|<(?P<url>[a-z]+:[^|>]+)(?:\|(?P<label>[^>]*))?>"
)
_URL = re.compile(r"(?<![<|\w])https?://[^\s<>|]+")


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def compose(playground: "Playground", workspace_id: str, typed: str) -> str:
    """Typed text as Slack stores it: escaped, with names and channels turned into references."""
    text = _URL.sub(lambda found: f"<{found.group()}>", escape(typed))
    for name, user_id in _names(playground, workspace_id):
        text = re.sub(rf"(?<!\w)@{re.escape(escape(name))}\b", f"<@{user_id}>", text, flags=re.IGNORECASE)
    for channel in playground.channels_of(workspace_id):
        if channel.name:
            link = f"<#{channel.id}|{channel.name}>"
            text = re.sub(rf"(?<![\w&])#{re.escape(channel.name)}(?![\w-])", link, text)
    return re.sub(r"(?<!\w)@(here|channel|everyone)\b", r"<!\1>", text)


def _names(playground: "Playground", workspace_id: str) -> list[tuple[str, str]]:
    """Every way to name a user, longest first so that "@Ann Lee" is not read as "@Ann"."""
    users = [each for each in playground.known_in(workspace_id) if not each.deleted]
    named = [(name, each.id) for each in users for name in {each.real_name, each.name}]
    return sorted(named, key=lambda pair: -len(pair[0]))


def rich_text(text: str, block_id: str) -> Json:
    """The rich_text block that Slack adds to what people write."""
    elements: list[Json] = []
    end = 0
    for found in _MARKUP.finditer(text):
        elements += _plain(text[end : found.start()])
        elements.append(_reference(found))
        end = found.end()
    elements += _plain(text[end:])
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def _plain(text: str) -> list[Json]:
    return [{"type": "text", "text": unescape(text)}] if text else []


def _reference(found: re.Match[str]) -> Json:
    if found["user"]:
        return {"type": "user", "user_id": found["user"]}
    if found["channel"]:
        return {"type": "channel", "channel_id": found["channel"]}
    if found["range"]:
        return {"type": "broadcast", "range": found["range"]}
    link = {"type": "link", "url": unescape(found["url"])}
    return link | ({"text": unescape(found["label"])} if found["label"] else {})
