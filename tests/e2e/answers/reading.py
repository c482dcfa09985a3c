"""What a person reads of an answer."""

import re
from typing import Any

from bot.playground.state import Message

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def is_whole(message: Message) -> bool:
    """Whether it is an answer, and finished; charts and cards for approval come beside it."""
    return not message.is_streaming and any(block["type"] == "markdown" for block in message.blocks)


def said(message: Message) -> str:
    """What the answer itself says, in Markdown."""
    return "\n".join(block["text"] for block in message.blocks if block["type"] == "markdown")


def footer(message: Message) -> str:
    """The small print under it."""
    lines = [block["elements"] for block in message.blocks if block["type"] == "context"]
    return "\n".join(str(each.get("text")) for elements in lines for each in elements)


def cards(message: Message) -> list[str]:
    """What its tool calls were called, in order."""
    return [block["title"] for block in message.blocks if block["type"] == "task_card"]


def buttons(message: Message) -> list[dict[str, Any]]:
    """Those that a question back offers."""
    found = [each for block in message.blocks if block["type"] == "actions" for each in block["elements"]]
    return [each for each in found if each["action_id"].startswith("choose_answer_")]


def options(message: Message) -> list[str]:
    return [each["text"]["text"] for each in buttons(message)]


def rows(message: Message) -> list[list[str]]:
    """The cells of its tables, their heads included."""
    lines = [line.strip() for line in said(message).splitlines() if line.strip().startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if set("".join(row)) - set("- ")]


def shows(text: str, value: float) -> bool:
    """Whether a figure of the text is this value, rounded to the cent; thousands may be whole."""
    figures = [(each, float(each.replace(",", ""))) for each in FIGURE.findall(text)]
    return any(
        abs(figure - value) < (0.501 if figure >= 1_000 and "." not in said else 0.00501)
        for said, figure in figures
    )
