"""`rich_text` blocks, Slack's structured text, as HTML."""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from bot.playground.page.dates import format_date, moment
from bot.playground.page.emoji import emoji_char
from bot.playground.page.mrkdwn import break_lines, channel_link, link, mention
from bot.playground.page.reader import Reader

Element = Mapping[str, Any]
TAGS = {"code": "code", "bold": "strong", "italic": "em", "strike": "s", "underline": "u"}
LIST_STYLES = {"ordered": ("decimal", "lower-alpha", "lower-roman"), "bullet": ("disc", "circle", "square")}


def render_rich_text(block: Element, reader: Reader) -> Markup:
    return Markup("").join(render_part(part, reader) for part in block["elements"])


def render_part(part: Element, reader: Reader) -> Markup:
    if part["type"] == "rich_text_list":
        return render_list(part, reader)
    inner = Markup("").join(render_element(element, reader) for element in part["elements"])
    tag = {"rich_text_preformatted": "pre", "rich_text_quote": "blockquote"}.get(part["type"], "div")
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), inner)


def render_list(part: Element, reader: Reader) -> Markup:
    tag = "ol" if part.get("style") == "ordered" else "ul"
    indent = min(int(part.get("indent", 0)), 8)
    items = Markup("").join(
        Markup("<li>{}</li>").format(render_part(item, reader)) for item in part["elements"]
    )
    style = LIST_STYLES["ordered" if tag == "ol" else "bullet"][indent % 3]
    start = int(part.get("offset", 0)) + 1
    return Markup('<{0} class="rich-list indent-{1} list-{2}"{3}>{4}</{0}>').format(
        Markup(tag), indent, style, Markup(f' start="{start}"') if tag == "ol" else "", items
    )


def render_element(element: Element, reader: Reader) -> Markup:
    draw = ELEMENTS.get(element["type"])
    html = draw(element, reader) if draw else escape(element.get("text", ""))
    for style, tag in TAGS.items():
        if (element.get("style") or {}).get(style):
            html = Markup("<{0}>{1}</{0}>").format(Markup(tag), html)
    return html


def text_element(element: Element, reader: Reader) -> Markup:
    return break_lines(escape(element["text"]))


def link_element(element: Element, reader: Reader) -> Markup:
    return link(element["url"], html=escape(element.get("text") or element["url"]))


def emoji_element(element: Element, reader: Reader) -> Markup:
    if code := element.get("unicode"):
        return escape("".join(chr(int(part, 16)) for part in code.split("-")))
    return escape(emoji_char(element["name"]) or f":{element['name']}:")


def date_element(element: Element, reader: Reader) -> Markup:
    at = moment(element["timestamp"], reader.zone)
    shown = format_date(at, element.get("format") or "{date_short}", reader.now)
    html = Markup('<time datetime="{}">{}</time>').format(at.isoformat(), shown)
    return link(element["url"], html=html) if element.get("url") else html


def broadcast_element(element: Element, reader: Reader) -> Markup:
    return Markup('<span class="mention mention-me">@{}</span>').format(element["range"])


ELEMENTS: dict[str, Callable[[Element, Reader], Markup]] = {
    "text": text_element,
    "link": link_element,
    "emoji": emoji_element,
    "date": date_element,
    "broadcast": broadcast_element,
    "user": lambda element, reader: mention(element["user_id"], "", reader),
    "channel": lambda element, reader: channel_link(element["channel_id"], "", reader),
    "usergroup": lambda element, reader: Markup('<span class="mention">@{}</span>').format(
        element["usergroup_id"]
    ),
    "color": lambda element, reader: escape(element["value"]),
}
