"""Stored text the way a person would type it, for editing it again."""

import re

from bot.playground.page.mrkdwn import unescape_entities
from bot.playground.page.reader import Reader

REFERENCE = re.compile(
    r"<(?:@(?P<user>[UW]\w+)|#(?P<channel>[CG]\w+)|!(?P<range>\w+)|(?P<url>[a-z]+:[^|>]+))(?:\|[^>]*)?>"
)


def as_typed(text: str, reader: Reader) -> str:
    def name(found: re.Match[str]) -> str:
        if found["user"]:
            return "@" + reader.user_names.get(found["user"], found["user"])
        if found["channel"]:
            return "#" + reader.channel_names.get(found["channel"], found["channel"])
        return "@" + found["range"] if found["range"] else found["url"]

    return unescape_entities(REFERENCE.sub(name, text))
