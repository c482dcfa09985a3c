"""An answer while it grows: what is said is gathered, and shown in few calls."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from bot.answers.lookups import Lookups
from bot.answers.parts import Parts
from bot.answers.pending import Pending, Said
from bot.answers.place import Place
from bot.answers.removing import remove
from bot.answers.under import NOTHING_UNDER, Layouts
from bot.views.text import without_mentions
from houston.agent.turn import CardChanged

Begun = Callable[[str], Awaitable[None]]


class Writing:
    """Adding never waits for Slack. It becomes several messages where it is too long for one.

    `begun` is told of each message as soon as it is there.
    """

    def __init__(self, place: Place, begun: Begun | None = None) -> None:
        self._place = place
        self._begun = begun
        self._told: set[str] = set()
        self._pending = Pending()
        self._lookups = Lookups()
        self._cards: dict[str, CardChanged] = {}
        self._parts = Parts(place)
        self._sending = asyncio.Lock()
        self._news = asyncio.Event()
        self._hurry = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None
        self._has_text = False
        self._ended = False

    @property
    def messages(self) -> tuple[str, ...]:
        return self._parts.messages

    @property
    def is_empty(self) -> bool:
        return not self._pending and self._parts.is_empty

    def add(self, markdown: str) -> None:
        """The first text is shown at once. Raises what kept an earlier piece from being shown."""
        if not self._has_text:
            self._hurry.set()
        self._has_text = True
        self._say(without_mentions(markdown))

    def card(self, card: CardChanged) -> None:
        self._cards[card.id] = card
        self._say(card)

    async def end(self, sentence: str = "", under: Layouts = NOTHING_UNDER) -> None:
        """Close the message, with a last sentence and what stands under it. A second end does nothing."""
        if self._ended or (self.is_empty and not sentence):
            return
        self._ended = True
        for card in self._cards.values():
            if card.state == "running":
                self._pending.add(replace(card, state="failed", detail="stopped"))
        if sentence:
            self._pending.add(f"\n\n{sentence}" if self._has_text else sentence)
        async with self._at_rest():
            await self._parts.put([*self._lookups.cards(self._pending.take()), *self._lookups.close()])
            await self._parts.last.close(under)

    async def cease(self, sentence: str) -> None:
        """Close the message with this alone: what was not shown yet is shown to nobody."""
        self._pending.take()
        self._cards.clear()
        async with self._sending:
            self._pending.take()
            self._lookups = Lookups()
            self._parts.last.unsent.take()
            await self._parts.put(self._parts.last.stopped_cards())
        await self.end(sentence)

    async def remove(self, *also: str) -> None:
        """Nobody is to read it any more, nor the other messages."""
        self._ended = True
        async with self._at_rest():
            await self._parts.last.take_back()
            await remove(self._place.client, self._place.channel, [*self.messages, *also])

    def _say(self, said: Said) -> None:
        if self._pump is not None and self._pump.done():
            self._pump.result()
        if self._pump is None:
            self._pump = asyncio.create_task(self._send_all(), name=f"answer into {self._place.channel}")
        self._pending.add(said)
        self._news.set()

    async def _send_all(self) -> None:
        while True:
            await self._news.wait()
            await self._gather()
            self._news.clear()
            self._hurry.clear()
            async with self._sending:
                pause = await self._send()
                await self._tell_begun()
            if self._parts.last.unsent:
                self._news.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._hurry.wait()

    async def _gather(self) -> None:
        """What belongs to the first call; a text waits for nothing but where many answer at once."""
        if self.messages:
            return
        pace, is_crowded = self._place.pace, self._place.is_crowded
        with suppress(TimeoutError):
            async with asyncio.timeout(pace.crowded_cards if is_crowded else pace.cards):
                await self._hurry.wait()
        if is_crowded:
            await asyncio.sleep(pace.crowded_text)

    async def _tell_begun(self) -> None:
        for ts in self.messages:
            if self._begun and ts not in self._told:
                self._told.add(ts)
                await self._begun(ts)

    async def _send(self) -> float:
        await self._parts.put(self._lookups.cards(self._pending.take()))
        return await self._parts.send() if self._parts.last.unsent else 0.0

    @asynccontextmanager
    async def _at_rest(self) -> AsyncIterator[None]:
        """No call is under way, and none will be made but by whoever holds this."""
        async with self._sending:
            if self._pump is not None:
                self._pump.cancel()
                await asyncio.wait({self._pump})
                if not self._pump.cancelled():
                    self._pump.result()
            yield
