"""The bricks of Block Kit, as plain dicts: slack_sdk's model classes drop what they do not know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.views.text import cut

Block = dict[str, Any]
View = dict[str, Any]
Style = Literal["primary", "danger"]

SECTION_TEXT, HEADER_TEXT, BUTTON_TEXT, OPTION_TEXT, LABEL_TEXT = 3000, 150, 75, 75, 2000
PLACEHOLDER_TEXT = 150
URL = 3000
MOST_OPTIONS = 100


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is posted: blocks, and the same in plain words for notifications and screen readers.

    `full_text` is all that it was to say, in plain text, where the blocks had to be cut and link to
    nothing that says the rest: it goes into the thread as a file.
    """

    text: str
    blocks: list[Block] = field(default_factory=list)
    full_text: str = ""

    def arguments(self) -> dict[str, Any]:
        """For chat.postMessage and its like; nothing in it unfolds into a preview."""
        return {"text": self.text, "blocks": self.blocks, "unfurl_links": False, "unfurl_media": False}


def plain(text: str, limit: int = SECTION_TEXT) -> Block:
    return {"type": "plain_text", "text": cut(text, limit) or " ", "emoji": True}


def mrkdwn(text: str) -> Block:
    """`verbatim`, so that Slack makes no links or mentions of its own from what it finds."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER_TEXT)}


def long_header(text: str) -> Block:
    """A header that bot/views/fitting.py cuts."""
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": True}}


def section(text: str, accessory: Block | None = None) -> Block:
    block = {"type": "section", "text": mrkdwn(text)}
    return block | {"accessory": accessory} if accessory else block


def facts(pairs: Iterable[tuple[str, str]]) -> Block:
    """Short labelled values, two in a row; the values are mrkdwn."""
    fields = [mrkdwn(f"*{label}*\n{value}") for label, value in pairs]
    return {"type": "section", "fields": fields[:10]}


def fact_lines(pairs: Iterable[tuple[str, str]]) -> Block:
    """Labelled values, a line each, which is how they fit a phone; the labels begin with an emoji."""
    split = ((*label.partition(" "), value) for label, value in pairs)
    return section("\n".join(f"{emoji} *{label}:* {value}" for emoji, _, label, value in split))


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text) for text in texts[:10]]}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Block, block_id: str = "") -> Block:
    block: Block = {"type": "actions", "elements": list(elements)}
    return block | {"block_id": block_id} if block_id else block


def button(text: str, action_id: str, *, value: str | None = None, style: Style | None = None) -> Block:
    element = {"type": "button", "text": plain(text, BUTTON_TEXT), "action_id": action_id}
    extra = {"value": value, "style": style}
    return element | {name: given for name, given in extra.items() if given is not None}


def link_button(text: str, action_id: str, url: str) -> Block:
    return button(text, action_id) | {"url": url}


def confirm(title: str, text: str, yes: str) -> Block:
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain("Cancel", 30),
        "style": "danger",
    }


def option(text: str, value: str) -> Block:
    return {"text": plain(text, OPTION_TEXT), "value": value}


def matching(options: Sequence[Block], query: str) -> list[Block]:
    """Those whose text holds the query, whatever its case."""
    return [each for each in options if query.casefold() in each["text"]["text"].casefold()]


def select(action_id: str, options: Sequence[Block], *, chosen: str | None = None) -> Block:
    element: Block = {"type": "static_select", "action_id": action_id, "options": list(options)}
    initial = next((each for each in options if each["value"] == chosen), None)
    return element | {"initial_option": initial} if initial else element


def menu(action_id: str, placeholder: str, options: Sequence[Block]) -> Block:
    """A select that does something at once, and shows its placeholder again."""
    return select(action_id, options) | {"placeholder": plain(placeholder, PLACEHOLDER_TEXT)}


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """The `⋯` with one to five options."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def field_block(block_id: str, label: str, element: Block, **more: Any) -> Block:
    """An input; `more` is `hint`, `optional` or `dispatch_action`."""
    block = {"type": "input", "block_id": block_id, "label": plain(label, LABEL_TEXT), "element": element}
    return block | more


def image(file_id: str, alt: str) -> Block:
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": cut(alt, 2000) or "Chart"}
