"""A message in plain text, for e-mail and the like, and for a file of what did not fit."""

import re
from collections.abc import Iterator, Mapping

from bot.views.blocks import Block, Message

LINK = re.compile(r"<(https?://[^|>]+)\|([^>]*)>")
MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
LABEL = re.compile(r"(?<!\w)\*([^*\n]+)\*(?!\w)")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def written(message: Message, names: Mapping[str, str] | None = None) -> str:
    """Everything that the blocks say, one paragraph a block. `names` are people's, by Slack id."""
    paragraphs = ["\n".join(_lines(block, names or {})) for block in message.blocks]
    return "\n\n".join(each for each in paragraphs if each.strip())


def unmarked(text: str, names: Mapping[str, str]) -> str:
    """mrkdwn of ours without its marks; a line with somebody whom nobody can name is left out."""
    lines = [line for line in text.split("\n") if set(MENTION.findall(line)) <= names.keys()]
    said = MENTION.sub(lambda found: names[found[1]], "\n".join(lines))
    said = LINK.sub(r"\2: \1", LABEL.sub(r"\1", said.replace("```", "")))
    for entity, char in ENTITIES:
        said = said.replace(entity, char)
    return said.strip("\n")


def _lines(block: Block, names: Mapping[str, str]) -> Iterator[str]:
    if block["type"] == "header":
        yield block["text"]["text"]
    elif block["type"] == "section":
        yield from (unmarked(text["text"], names) for text in [block.get("text")] if text)
        yield from (_fact(field["text"], names) for field in block.get("fields", ()))
    elif block["type"] == "context":
        yield from (unmarked(each["text"], names) for each in block["elements"] if "text" in each)
    elif block["type"] == "image":
        yield block["alt_text"]
    elif block["type"] == "actions":
        yield from (f"{each['text']['text']}: {each['url']}" for each in block["elements"] if "url" in each)


def _fact(text: str, names: Mapping[str, str]) -> str:
    """`*When*\\nDec 15` reads `When: Dec 15`."""
    label, _, value = unmarked(text, names).partition("\n")
    return f"{label}: {value}"
