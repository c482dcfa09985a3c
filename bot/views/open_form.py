"""A form that is open, changed while somebody fills it in: what they wrote stays, since the ids do."""

from collections.abc import Sequence

from bot.views.blocks import Block, View

KEPT = ("type", "callback_id", "title", "submit", "close", "private_metadata")


def with_blocks(view: View, blocks: Sequence[Block]) -> View:
    return {name: view[name] for name in KEPT if name in view} | {"blocks": list(blocks)}


def with_answer(view: View, block_id: str, answer: Sequence[Block]) -> View:
    """With these blocks below the named one, in the place of those that were there."""
    blocks: list[Block] = []
    for block in view["blocks"]:
        if not str(block.get("block_id", "")).startswith(_shown(block_id)):
            blocks.append(block)
        if block.get("block_id") == block_id:
            blocks += [each | {"block_id": f"{_shown(block_id)}{i}"} for i, each in enumerate(answer)]
    return with_blocks(view, blocks)


def _shown(block_id: str) -> str:
    return f"{block_id} answer "
