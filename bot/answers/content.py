"""What one message of an answer says, and how much of that Slack has taken."""

from collections.abc import Sequence
from typing import Any

from bot.answers.pending import Pending, Said
from bot.views import cards
from bot.views.blocks import Block
from bot.views.text import cut
from houston.agent.turn import CardChanged

TEXT = 3000
"""Of the words for notifications and screen readers."""


class Content:
    def __init__(self) -> None:
        self.unsent = Pending()
        self._text = ""
        self._cards: dict[str, CardChanged] = {}

    @property
    def size(self) -> int:
        """Characters of its text."""
        return len(self.text)

    @property
    def text(self) -> str:
        """All of it, sent or not."""
        return self._text + self.unsent.text

    @property
    def has_text(self) -> bool:
        """Whether Slack has taken any."""
        return bool(self._text)

    @property
    def is_empty(self) -> bool:
        return not (self.unsent or self._text or self._cards)

    @property
    def running(self) -> list[CardChanged]:
        """The cards that Slack shows as being worked on."""
        return [card for card in self._cards.values() if card.state == "running"]

    def sent(self, items: Sequence[Said]) -> None:
        """Slack has taken these, which were all that was unsent."""
        self._text += "".join(item for item in items if isinstance(item, str))
        self._cards |= {item.id: item for item in items if isinstance(item, CardChanged)}
        self.unsent.take()

    def whole(self, under: Sequence[Block]) -> dict[str, Any]:
        """All of it, sent or not, for a message that is posted or updated."""
        text = self.text
        known = self._cards | {card.id: card for card in self.unsent.cards}
        shown = list(known.values())
        said = [{"type": "markdown", "text": text}] if text.strip() else []
        return {
            "text": cut(text, TEXT) or cards.plain(shown) or "…",
            "blocks": [*cards.lines(shown), *said, *under],
        }
