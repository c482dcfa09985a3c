"""Says what Slack would refuse about blocks and views."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from bot.playground.block_schemas import BLOCKS, VIEWS
from bot.playground.checks import Report
from bot.playground.element_schemas import SUGGESTIONS
from bot.playground.elements import interactive
from bot.playground.nouns import Json

if TYPE_CHECKING:
    from bot.playground.state import Playground

Surface = Literal["message", "modal", "home"]
FileCheck = Callable[[str], bool]
_MARKDOWN_LIMIT = 12_000


def validate(blocks: Any, surface: Surface, file_ready: FileCheck = lambda _: False) -> list[str]:
    """Problems in Slack's form, e.g. "[ERROR] must provide a string [json-pointer:/blocks/0/text/text]"."""
    report = Report(file_ready)
    _check_blocks(blocks, surface, "/blocks", report)
    return report.problems


def validate_view(view: Any, surface: Surface, file_ready: FileCheck = lambda _: False) -> list[str]:
    report = Report(file_ready)
    if not isinstance(view, dict):
        report.add("must provide an object", "/view")
    elif view.get("type") != surface:
        report.add(f"must be of type {surface}", "/view/type")
    else:
        VIEWS[surface](view, "/view", report)
        _check_blocks(view.get("blocks", []), surface, "/view/blocks", report)
        if not report.problems:
            _check_form(view, report)
    return report.problems


def suggestion_problems(answer: Json) -> list[str]:
    """What is wrong with the options that an app suggests for an external select."""
    report = Report(lambda _: False)
    SUGGESTIONS(answer, "", report)
    return report.problems


def file_check(playground: "Playground") -> FileCheck:
    """Whether the playground has processed a file, named by its id or private URL."""

    def is_ready(reference: str) -> bool:
        for file in playground.files.values():
            named = file.id == reference or f"-{file.id}/" in reference
            if named and not file.deleted and file.ready_at is not None:
                return file.ready_at <= playground.now()
        return False

    return is_ready


def text_length(blocks: Any) -> int:
    """All characters that the blocks would show."""
    return sum(len(text) for text in _texts(blocks))


def _check_blocks(blocks: Any, surface: Surface, pointer: str, report: Report) -> None:
    BLOCKS[surface](blocks, pointer, report)
    if report.problems:
        return
    _check_block_ids(blocks, pointer, report)
    _check_action_ids(blocks, pointer, report)
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > _MARKDOWN_LIMIT:
        report.add(f"markdown blocks must be less than {_MARKDOWN_LIMIT + 1} characters in all", pointer)
    if sum(block["type"] == "table" for block in blocks) > 1:
        report.add("only_one_table_allowed", pointer)


def _check_block_ids(blocks: list[Json], pointer: str, report: Report) -> None:
    counts = Counter(block["block_id"] for block in blocks if block.get("block_id"))
    for index, block in enumerate(blocks):
        if counts[block.get("block_id")] > 1:
            report.add(f"`block_id` {block['block_id']} already exists", f"{pointer}/{index}/block_id")


def _check_action_ids(blocks: list[Json], pointer: str, report: Report) -> None:
    for index, block in enumerate(blocks):
        counts = Counter(element["action_id"] for _, element in interactive([block]))
        for action_id, count in counts.items():
            if count > 1:
                report.add(f"`action_id` {action_id} already exists", f"{pointer}/{index}")


def _check_form(view: Json, report: Report) -> None:
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and has_input and not view.get("submit"):
        report.add("missing required field: submit", "/view")
    focused = [element for _, element in interactive(view["blocks"]) if element.get("focus_on_load")]
    if len(focused) > 1:
        report.add("only one element can have focus_on_load", "/view/blocks")


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _texts(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in ("text", "alt_text", "title") and isinstance(value, str):
                yield value
            elif isinstance(value, dict | list):
                yield from _texts(value)
