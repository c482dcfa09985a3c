"""How a streamed message grows: chunks become blocks."""

from typing import TYPE_CHECKING, Any

from bot.playground import blocks, composing
from bot.playground.nouns import Json, Message

if TYPE_CHECKING:
    from bot.playground.state import Playground

CHUNK_LIMIT = 12_000
_STATUSES = ("pending", "in_progress", "complete", "error")


def problem(playground: "Playground", chunk: Any) -> str | None:
    """Slack's name for what is wrong with a chunk."""
    match chunk:
        case {"type": "markdown_text", "text": str(text)}:
            return "msg_too_long" if len(text) > CHUNK_LIMIT else None
        case {"type": "task_update", "id": str(), "title": str(), "status": status} if status in _STATUSES:
            return None
        case {"type": "plan_update", "title": str()}:
            return None
        case {"type": "blocks", "blocks": found}:
            problems = blocks.validate(found, "message", blocks.file_check(playground))
            return "invalid_blocks" if problems else None
    return "invalid_chunks"


def append(message: Message, chunk: Json) -> None:
    match chunk["type"]:
        case "markdown_text":
            _append_text(message, chunk["text"])
        case "task_update":
            _update_task(message, chunk)
        case "plan_update":
            _plan(message)["title"] = chunk["title"]
        case "blocks":
            message.blocks = [*message.blocks, *chunk["blocks"]]


def _append_text(message: Message, text: str) -> None:
    message.text += text
    last = message.blocks[-1] if message.blocks else None
    if last is not None and last["type"] == "markdown":
        message.blocks = [*message.blocks[:-1], {**last, "text": last["text"] + text}]
    else:
        message.blocks = [*message.blocks, {"type": "markdown", "text": text}]


def _update_task(message: Message, chunk: Json) -> None:
    is_plan = message.stream is not None and message.stream.task_display_mode == "plan"
    tasks = _plan(message)["tasks"] if is_plan else message.blocks
    for task in tasks:
        if task.get("task_id") == chunk["id"]:
            _add_to(task, _card(chunk))
            return
    tasks.append({"block_id": f"task-{chunk['id']}", **_card(chunk)})


def _add_to(task: Json, card: Json) -> None:
    """Slack replaces a title and a status; details and output go on where they ended."""
    for key in ("details", "output"):
        if key in task and key in card:
            said = [*task[key]["elements"][0]["elements"], *card[key]["elements"][0]["elements"]]
            section = {"type": "rich_text_section", "elements": said}
            card[key] = {**card[key], "elements": [section]}
    task.update(card)


def _plan(message: Message) -> Json:
    for block in message.blocks:
        if block["type"] == "plan":
            return block
    plan: Json = {"type": "plan", "block_id": "plan", "title": "Thinking", "tasks": []}
    message.blocks.insert(0, plan)
    return plan


def _card(chunk: Json) -> Json:
    card: Json = {
        "type": "task_card",
        "task_id": chunk["id"],
        "title": chunk["title"],
        "status": chunk["status"],
    }
    for key in ("details", "output"):
        if chunk.get(key):
            card[key] = composing.rich_text(composing.escape(chunk[key]), f"{key}-{chunk['id']}")
    if chunk.get("sources"):
        card["sources"] = chunk["sources"]
    return card
