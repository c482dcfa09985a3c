"""The messages of an answer, one after the other, as long as Slack takes them."""

from collections.abc import Sequence

from bot.answers.part import Part
from bot.answers.pending import Said
from bot.answers.place import Place

LONGEST = 11_000
"""Characters of a message: Slack takes 12,000 of Markdown."""

SMALLEST_ROOM = 200


class Parts:
    """The last one grows; there is always one, which Slack may not have heard of."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._all = [Part(place)]

    @property
    def last(self) -> Part:
        return self._all[-1]

    @property
    def messages(self) -> tuple[str, ...]:
        """Those that Slack has."""
        return tuple(part.ts for part in self._all if part.ts)

    @property
    def is_empty(self) -> bool:
        return all(part.is_empty for part in self._all)

    async def put(self, items: Sequence[Said]) -> None:
        """To be sent with the last one; text that is too long for it goes on in the next."""
        for item in items:
            if isinstance(item, str):
                await self._put_text(item)
            else:
                self.last.unsent.add(item)

    async def send(self) -> float:
        """Show what is unsent. The seconds until the next call."""
        pause = await self.last.send()
        if self.last.is_full:
            await self.put(await self._turn_over())
        return pause

    async def _put_text(self, text: str) -> None:
        while len(text) > (room := LONGEST - self.last.size):
            end = _end_of_line(text, room)
            self.last.unsent.add(text[:end])
            await self.put(await self._turn_over())
            text = text[end:]
        self.last.unsent.add(text)

    async def _turn_over(self) -> list[Said]:
        """Begin the next message; returns what the last one did not take."""
        full = self.last
        left = full.unsent.take() if full.is_full else []
        await full.close()
        self._all.append(Part(self._place))
        return left


def _end_of_line(text: str, room: int) -> int:
    """Where to cut, at the end of a line or word if there is one; 0 where there is hardly any room."""
    if room < SMALLEST_ROOM:
        return 0
    line = text.rfind("\n", room // 2, room) + 1
    return line or text.rfind(" ", room // 2, room) + 1 or room
