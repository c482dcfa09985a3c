"""Makes any message fit Slack: the last step before it is posted.

What is cut says so, and links to the rest; without a link, Message.full_text holds all of it.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from bot.views.blocks import HEADER_TEXT, SECTION_TEXT, Block, Message, context
from bot.views.links import link, web_page
from bot.views.written import written

MOST_BLOCKS = 50
MOST_TEXT = 11_500
"""Of all blocks together: Slack refuses from about 12,000 on, and says nowhere from where."""

MOST_FALLBACK = 3_900
FIELD_TEXT = 2000
FEWEST = 300
"""Shorter than this no text is cut to make room for others."""

CUT = "… (cut)"
SPLIT = re.compile(r"(<[^>]*|&[a-z]{0,4})$")
"""An entity or a link of ours that a cut has left without its end."""

LONGEST_WORD = 60
LONGEST_LINK = 250
FENCE = "```"


@dataclass(frozen=True, kw_only=True)
class _Piece:
    """A text that may be cut, where it lies."""

    holder: Block
    limit: int
    mark: str

    def __len__(self) -> int:
        return len(self.holder["text"])

    def shorten(self, limit: int) -> None:
        self.holder["text"] = shortened(self.holder["text"], limit, self.mark)


def fitted(message: Message, *, url: str | None = None) -> Message:
    """`url` is the web page that tells the whole story, if there is one."""
    page = web_page(url)
    mark = _mark(page)
    blocks = _at_most(MOST_BLOCKS, deepcopy(message.blocks))
    _shorten(blocks, mark)
    _make_room(blocks, mark)
    while text_size(blocks) > MOST_TEXT and len(blocks) > 1:
        blocks = _at_most(len(blocks) - 1, blocks)
    full_text = "" if page or blocks == message.blocks else written(message)
    return Message(text=shortened(message.text, MOST_FALLBACK), blocks=blocks, full_text=full_text)


def shortened(text: str, limit: int, mark: str = CUT) -> str:
    """Escaped mrkdwn cut at a word, with no entity, link or block of code left open."""
    if len(text) <= limit:
        return text
    closing = FENCE + "\n" if FENCE in text else ""
    kept = at_a_word(SPLIT.sub("", text[: limit - len(mark) - len(closing)]), text)
    is_open = kept.count(FENCE) % 2 == 1
    return f"{kept}{closing if is_open else ''}{mark}"


def at_a_word(kept: str, text: str) -> str:
    """The beginning of a text without a word that was cut in two."""
    start, _, last = kept.rpartition(" ")
    is_split = start and len(last) <= LONGEST_WORD and not text[len(kept)].isspace()
    return (start if is_split else kept).rstrip()


def text_size(blocks: object) -> int:
    """The characters of all texts in the blocks, as Slack seems to count them."""
    if isinstance(blocks, list):
        return sum(text_size(each) for each in blocks)
    if not isinstance(blocks, dict):
        return 0
    return sum(
        len(value) if name in ("text", "alt_text", "title") and isinstance(value, str) else text_size(value)
        for name, value in blocks.items()
    )


def _pieces(blocks: Sequence[Block], mark: str) -> Iterator[_Piece]:
    for block in blocks:
        if block["type"] == "section":
            yield from (
                _Piece(holder=text, limit=SECTION_TEXT, mark=mark) for text in [block.get("text")] if text
            )
            yield from (_Piece(holder=text, limit=FIELD_TEXT, mark=CUT) for text in block.get("fields", ()))
        elif block["type"] == "context":
            yield from (_Piece(holder=text, limit=SECTION_TEXT, mark=CUT) for text in _texts(block))


def _texts(block: Block) -> list[Block]:
    return [each for each in block["elements"] if "text" in each]


def _mark(page: str) -> str:
    more = f"{CUT} {link(page, 'Read the rest')}"
    return more if page and len(more) <= LONGEST_LINK else CUT


def _shorten(blocks: list[Block], mark: str) -> None:
    """Each text to its own limit; a header is no mrkdwn."""
    for piece in _pieces(blocks, mark):
        piece.shorten(piece.limit)
    for text in (block["text"] for block in blocks if block["type"] == "header"):
        if len(text["text"]) > HEADER_TEXT:
            text["text"] = at_a_word(text["text"][: HEADER_TEXT - 1], text["text"]) + "…"


def _make_room(blocks: list[Block], mark: str) -> None:
    """Cuts the longest texts until all fit together."""
    pieces = [piece for piece in _pieces(blocks, mark) if len(piece) > FEWEST]
    while pieces and (excess := text_size(blocks) - MOST_TEXT) > 0:
        longest = max(pieces, key=len)
        longest.shorten(max(FEWEST, len(longest) - excess))
        pieces = [piece for piece in pieces if len(piece) > FEWEST]


def _at_most(most: int, blocks: list[Block]) -> list[Block]:
    """The buttons at the end are kept, and where blocks are missing is said."""
    if len(blocks) <= most:
        return blocks
    tail = [blocks[-1]] if blocks[-1]["type"] == "actions" else []
    kept = [block for block in blocks[: most - 1 - len(tail)] if block != context(CUT)]
    return [*kept, context(CUT), *tail]
