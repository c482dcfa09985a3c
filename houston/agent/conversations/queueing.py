"""A number of answers at once, in order within a thread and fair between workspaces."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

MOST = 8
"""Answers of one Houston at once."""

Thread = tuple[str, str, str]
"""Workspace, channel, thread."""


@dataclass(eq=False)
class Place:
    """Somebody's place in the queue."""

    thread: Thread
    moved: asyncio.Event = field(default_factory=asyncio.Event)
    is_served: bool = False
    ahead: int = 0

    async def waiting(self) -> AsyncGenerator[int, None]:
        """How many questions are ahead, at once and whenever it changes, until it is one's turn."""
        told = None
        while not self.is_served:
            if self.ahead != told:
                told = self.ahead
                yield told
            await self.moved.wait()
            self.moved.clear()


class Queue:
    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._places: list[Place] = []

    @contextmanager
    def join(self, thread: Thread) -> Iterator[Place]:
        """Leaving gives the place to the next."""
        place = Place(thread)
        self._places.append(place)
        self._move_up()
        try:
            yield place
        finally:
            self._places.remove(place)
            self._move_up()

    def _move_up(self) -> None:
        while (found := self._next()) is not None:
            found.is_served = True
            found.moved.set()
        for ahead, place in enumerate(self._order()):
            if place.ahead != ahead:
                place.ahead = ahead
                place.moved.set()

    def _next(self) -> Place | None:
        served = [place for place in self._places if place.is_served]
        if len(served) >= self._most:
            return None
        busy = {place.thread for place in served}
        return next((place for place in self._order() if place.thread not in busy), None)

    def _order(self) -> list[Place]:
        """Those who wait, in the order in which they are served: the workspaces take turns."""
        ranks = Counter(place.thread[0] for place in self._places if place.is_served)
        ranked = []
        for arrival, place in enumerate(self._places):
            if not place.is_served:
                ranked.append((ranks[place.thread[0]], arrival, place))
                ranks[place.thread[0]] += 1
        return [place for _, _, place in sorted(ranked, key=lambda each: each[:2])]


def position(ahead: int) -> str:
    """For the one who waits."""
    if ahead == 0:
        return "Yours is the next question…"
    return f"{ahead} question{'' if ahead == 1 else 's'} {'is' if ahead == 1 else 'are'} ahead of yours…"
