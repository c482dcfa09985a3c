"""Templates to HTML: the one Jinja environment, and Block Kit drawn with it."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.playground.page import choices, dates
from bot.playground.page.emoji import emoji_char
from bot.playground.page.markdown import render_markdown
from bot.playground.page.mrkdwn import render_mrkdwn, render_plain
from bot.playground.page.reader import Reader
from bot.playground.page.rich_text import render_rich_text
from bot.playground.page.typed import as_typed

Json = Mapping[str, Any]
Surface = Literal["message", "modal", "home"]

ATTACHMENT_COLOURS = {"good": "#2eb67d", "warning": "#ecb22e", "danger": "#e01e5a"}
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")
TEMPLATES = Path(__file__).parent / "templates"


def render_blocks(
    blocks: Sequence[Json],
    reader: Reader,
    *,
    scope: str,
    surface: Surface = "message",
    values: Mapping[str, Mapping[str, Json]] | None = None,
) -> Markup:
    """`scope` keeps element ids apart between messages and views on one page."""
    return render(
        "blocks.html", blocks=blocks, reader=reader, scope=scope, surface=surface, values=values or {}
    )


def render(template: str, **context: object) -> Markup:
    return Markup(environment().get_template(template).render(**context))


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals.update(
        blocks_html=render_blocks,
        as_typed=as_typed,
        attachment_colour=attachment_colour,
        attributes=element_attributes,
        chosen=choices.chosen,
        clock_time=dates.clock_time,
        elapsed=dates.elapsed,
        emoji_char=emoji_char,
        entered=choices.entered,
        entry_of=choices.entry_of,
        full_time=dates.full_time,
        image_source=image_source,
        markdown=render_markdown,
        mrkdwn=render_mrkdwn,
        option_groups=choices.option_groups,
        plain=render_plain,
        reader_time=dates.reader_time,
        rich_text=render_rich_text,
        safe_url=safe_url,
        short_clock=dates.short_clock,
        text=render_text,
    )
    return made


def render_text(value: Json, reader: Reader) -> Markup:
    """A text object: `plain_text` or `mrkdwn`."""
    if value["type"] != "mrkdwn":
        return render_plain(value["text"], emoji=value.get("emoji", True))
    return render_mrkdwn(value["text"], reader, verbatim=bool(value.get("verbatim")))


def image_source(image: Json, reader: Reader) -> str | None:
    file = image.get("slack_file") or {}
    if file.get("id"):
        return reader.file_url(file["id"])
    return safe_url(str(file.get("url") or image.get("image_url") or ""))


def attachment_colour(attachment: Json) -> str:
    given = str(attachment.get("color") or "")
    named = ATTACHMENT_COLOURS.get(given, given if given.startswith("#") else f"#{given}")
    return named if HEX_COLOUR.fullmatch(named) else "#dddddd"


def safe_url(url: str) -> str | None:
    """An address a browser may be sent to: never `javascript:` and the like."""
    return url if url.lower().startswith(("https://", "http://", "/")) else None


def element_attributes(element: Json, block: Json, reader: Reader, *, dispatch: bool) -> Markup:
    """What the page's script, and a browser test, know an element by."""
    found = {
        "data-action-id": element.get("action_id", ""),
        "data-block-id": block.get("block_id", ""),
        "data-element": element["type"],
    }
    if dispatch:
        found["data-dispatch"] = " ".join(dispatch_triggers(element))
    if confirm := element.get("confirm"):
        found["data-confirm"] = json.dumps(confirm_texts(confirm, reader))
    return Markup(" ").join(Markup('{}="{}"').format(name, value) for name, value in found.items())


def dispatch_triggers(element: Json) -> list[str]:
    return list(
        (element.get("dispatch_action_config") or {}).get("trigger_actions_on") or ["on_enter_pressed"]
    )


def confirm_texts(confirm: Json, reader: Reader) -> dict[str, str]:
    texts = {part: str(render_text(confirm[part], reader)) for part in ("title", "text") if part in confirm}
    labels = {part: confirm[part]["text"] for part in ("confirm", "deny") if part in confirm}
    return {"confirm": "Yes", "deny": "No", **texts, **labels, "style": confirm.get("style", "primary")}
