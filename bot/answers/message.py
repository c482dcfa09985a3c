"""The calls to Slack by which one message of an answer comes to be what it is."""

from collections.abc import Sequence

from bot.answers.content import Content
from bot.answers.lost import Beginning
from bot.answers.pending import Said
from bot.answers.place import QUIETLY, Place
from bot.refusals import failure
from bot.views.blocks import Block
from bot.views.cards import chunk
from houston.errors import NotDelivered


class OneMessage:
    """`ts` is None until Slack has it. Each call raises what Slack refuses, and then the content is as
    unsent as before."""

    def __init__(self, place: Place, content: Content) -> None:
        self.ts: str | None = None
        self._place = place
        self._content = content
        self._beginning = Beginning(place)

    async def append(self, items: Sequence[Said]) -> None:
        """To a stream, which this begins where there is none."""
        client, chunks = self._place.writer, [chunk(item) for item in items]
        if self.ts is None:
            await self._beginning.tries(items)
            where = self._place.thread | self._place.recipient
            started = await client.chat_startStream(**where, task_display_mode="timeline", chunks=chunks)
            self._begun(str(started["ts"]))
        else:
            await client.chat_appendStream(channel=self._place.channel, ts=self.ts, chunks=chunks)
        self._content.sent(items)

    async def stop(self, under: list[Block]) -> None:
        """End the stream, with this under it."""
        if self.ts is None:
            await self.append(self._content.unsent.items)
        sending = self._content.unsent.items
        chunks = [chunk(item) for item in sending]
        await self._place.writer.chat_stopStream(
            channel=self._place.channel, ts=str(self.ts), chunks=chunks, blocks=under or None
        )
        self._content.sent(sending)

    async def write(self, under: list[Block]) -> None:
        """All of it, without a stream; what of it was unsent is for the caller to say."""
        client, content = self._place.writer, self._content.whole(under)
        if self.ts is None:
            await self._beginning.tries([self._content.text])
            posted = await client.chat_postMessage(**self._place.thread, **content, **QUIETLY)
            self._begun(str(posted["ts"]))
        else:
            await client.chat_update(channel=self._place.channel, ts=self.ts, **content)

    async def take_back(self) -> None:
        """What may have begun without our knowing."""
        await self._beginning.take_back()

    def refusal(self, error: Exception) -> NotDelivered:
        """What a call raised, as a reason. Where it is known that nothing began, nothing is to be taken
        back."""
        found = failure(error)
        self._beginning.failed(found)
        return found

    def _begun(self, ts: str) -> None:
        self.ts = ts
        self._beginning.succeeded()
