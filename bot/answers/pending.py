"""What an answer has to say and Slack has not heard yet."""

from collections.abc import Sequence

from houston.agent.turn import CardChanged

Said = str | CardChanged


class Pending:
    """In order; neighbouring text is one, and a card is in it once, as it is now."""

    def __init__(self, items: Sequence[Said] = ()) -> None:
        self._items: list[Said] = []
        for item in items:
            self.add(item)

    def __bool__(self) -> bool:
        return bool(self._items)

    @property
    def text(self) -> str:
        return "".join(item for item in self._items if isinstance(item, str))

    @property
    def cards(self) -> list[CardChanged]:
        return [item for item in self._items if isinstance(item, CardChanged)]

    @property
    def items(self) -> tuple[Said, ...]:
        return tuple(self._items)

    def add(self, item: Said) -> None:
        if isinstance(item, CardChanged):
            self._add_card(item)
        elif self._items and isinstance(self._items[-1], str):
            self._items[-1] += item
        elif item:
            self._items.append(item)

    def take(self) -> list[Said]:
        taken, self._items = self._items, []
        return taken

    def _add_card(self, card: CardChanged) -> None:
        for at, item in enumerate(self._items):
            if isinstance(item, CardChanged) and item.id == card.id:
                self._items[at] = card
                return
        self._items.append(card)
