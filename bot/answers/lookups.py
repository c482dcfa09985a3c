"""Which card of an answer shows which look-up: few cards, each telling something."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.answers.pending import Said
from bot.views.lookups import together
from houston.agent.turn import CardChanged

MOST = 3
"""Look-ups that begin together and have a card each; more of them have one together.

Between two pieces of text there are so many cards and one, which takes all that comes after it.
"""


@dataclass(kw_only=True, eq=False)
class Group:
    """The look-ups of one card, in order; `is_open` while more may join them."""

    ids: list[str]
    is_open: bool = False
    told: CardChanged | None = None


class Lookups:
    def __init__(self) -> None:
        self._known: dict[str, CardChanged] = {}
        self._groups: dict[str, Group] = {}
        self._row: list[Group] = []
        """Those since the last text."""

    def cards(self, items: Sequence[Said]) -> list[Said]:
        """The items with each look-up on its card; what changes nothing there is left out."""
        shown: list[Said] = []
        for is_text, some in groupby(items, key=lambda item: isinstance(item, str)):
            if is_text:
                shown += [*self.close(), *some]
            else:
                shown += self._changed([item for item in some if isinstance(item, CardChanged)])
        return shown

    def close(self) -> list[CardChanged]:
        """Nothing joins the cards so far any more; those that this changes."""
        row, self._row = self._row, []
        for group in row:
            group.is_open = False
        return self._news(row)

    def _changed(self, cards: Sequence[CardChanged]) -> list[CardChanged]:
        new = [card for card in cards if card.id not in self._known]
        self._known |= {card.id: card for card in cards}
        for card in new:
            if not card.subject:
                self._groups[card.id] = Group(ids=[card.id])
        self._place([card.id for card in new if card.subject])
        return self._news(dict.fromkeys(self._groups[card.id] for card in cards))

    def _place(self, new: list[str]) -> None:
        if not new:
            return
        if len(self._row) > MOST:
            self._row[-1].ids += new
        elif len(new) > MOST or len(self._row) + len(new) > MOST + 1:
            self._row.append(Group(ids=new))
        else:
            self._row += [Group(ids=[id]) for id in new]
        self._groups |= {id: group for group in self._row for id in group.ids}
        self._row[-1].is_open = len(self._row) > MOST

    def _news(self, groups: Iterable[Group]) -> list[CardChanged]:
        found: list[CardChanged] = []
        for group in groups:
            card = together([self._known[id] for id in group.ids], whole=not group.is_open)
            if card != group.told:
                group.told = card
                found.append(card)
        return found


def in_short(cards: Sequence[CardChanged]) -> tuple[CardChanged, ...]:
    """The cards of an answer that comes all at once."""
    lookups = Lookups()
    shown = lookups.cards(cards)
    return tuple(card for card in shown if isinstance(card, CardChanged))
