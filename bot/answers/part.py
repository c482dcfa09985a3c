"""One message of an answer: a Slack stream, or where Slack will not, a message that is updated."""

import asyncio
import logging
from dataclasses import replace

from slack_sdk.errors import SlackApiError

from bot.answers.content import Content
from bot.answers.message import OneMessage
from bot.answers.pending import Pending
from bot.answers.place import Place
from bot.answers.under import NOTHING_UNDER, Layouts, Under
from bot.refusals import FAILURES, code
from houston.agent.turn import CardChanged
from houston.errors import Gone, TemporaryFailure

log = logging.getLogger(__name__)

LONGEST_RETRY, TRIES = 30.0, 8

NO_WAY_AROUND = frozenset({"not_in_channel", "channel_not_found", "is_archived", "invalid_auth"})
"""Refusals that a plain message would meet too."""

TOO_LONG = "msg_too_long"


class Part:
    """Raises what no way leads around; whatever else Slack refuses, it finds another way to say it."""

    def __init__(self, place: Place) -> None:
        self.is_full = False
        """Slack takes no more into this message, and what is unsent belongs into another."""
        self._place = place
        self._content = Content()
        self._streams = not place.refused.has(place.workspace_id, "stream")
        self._calls = 0
        self._message = OneMessage(place, self._content)
        self._in_doubt = False
        """What is shown may differ from what was said, so it is written once more at the end."""

    @property
    def ts(self) -> str | None:
        return self._message.ts

    @property
    def unsent(self) -> Pending:
        return self._content.unsent

    @property
    def size(self) -> int:
        return self._content.size

    @property
    def is_empty(self) -> bool:
        return self._content.is_empty

    def stopped_cards(self) -> list[CardChanged]:
        """Those that are shown as being worked on, as they end where that ends."""
        return [replace(card, state="failed", detail="stopped") for card in self._content.running]

    async def send(self) -> float:
        """Show what is unsent, which it still is after a passing failure. The seconds until the next call."""
        self._choose()
        if self._streams:
            pause = await self._stream()
            if self._streams:
                return pause
        return await self._update()

    async def close(self, layouts: Layouts = NOTHING_UNDER) -> None:
        under = Under(self._place, layouts)
        self._choose()
        if self._streams:
            await self._stop(under)
        if self._in_doubt or not self._streams:
            await self._finish(under)

    def _choose(self) -> None:
        """A stream that has begun goes on as one."""
        if self.ts is None and self._place.is_crowded:
            self._streams = False

    async def _stream(self) -> float:
        try:
            await self._message.append(self.unsent.items)
        except FAILURES as error:
            return self._stumble(error)
        return self._pause(self._place.pace.append)

    def _pause(self, least: float) -> float:
        self._calls += 1
        return self._place.pause(least, calls=self._calls)

    def _stumble(self, error: Exception) -> float:
        """The seconds until another try; a stream that Slack has ended, or will not have, goes on plainly."""
        name = code(error) if isinstance(error, SlackApiError) else ""
        if name in NO_WAY_AROUND:
            raise error
        refusal = self._message.refusal(error)
        log.info("a stream in %s stumbled: %s", self._place.channel, refusal.message)
        if isinstance(refusal, TemporaryFailure):
            self._in_doubt = self._in_doubt or refusal.uncertain
            return self._wait(refusal)
        self.is_full = name == TOO_LONG and self._content.has_text
        if not self.is_full:
            self._place.refused.note(self._place.workspace_id, "stream", name)
            self._streams = False
        return 0.0

    def _wait(self, refusal: TemporaryFailure) -> float:
        """The seconds until another try; no stream is waited for that Slack does not let begin."""
        if refusal.retry_after is None or self.ts is not None:
            return self._patience(refusal)
        self._place.tempo.shun(self._place.workspace_id, refusal.retry_after)
        self._streams = False
        return 0.0

    async def _stop(self, under: Under) -> None:
        for _ in range(TRIES):
            try:
                await self._message.stop(under.best)
                return
            except FAILURES as error:
                if under.gives_way(error):
                    continue
                await self._endure(self._stumble(error))
            if self.is_full or not self._streams:
                break
        self._in_doubt = True

    async def _endure(self, pause: float) -> None:
        """Until the next try to end a stream; its words are read meanwhile."""
        if pause and self._streams and self.ts and self.unsent:
            await self._stream()
        await asyncio.sleep(pause)

    async def _update(self) -> float:
        """All of it once more, while it grows."""
        sending = self.unsent.items
        try:
            await self._message.write([])
        except FAILURES as error:
            return self._miss(error)
        self._content.sent(sending)
        return self._pause(self._place.pace.update)

    async def _finish(self, under: Under) -> None:
        """All of it once more, for the last time."""
        for tries_left in reversed(range(TRIES)):
            try:
                await self._message.write(under.best)
                return
            except FAILURES as error:
                if under.gives_way(error):
                    continue
                if not tries_left:
                    raise
                await asyncio.sleep(self._miss(error))

    def _miss(self, error: Exception) -> float:
        """The seconds until another try; a message that somebody deleted is posted anew."""
        refusal = self._message.refusal(error)
        if isinstance(refusal, TemporaryFailure):
            return self._patience(refusal)
        if self.ts is None or not isinstance(refusal, Gone):
            raise error
        self._message.ts = None
        return 0.0

    async def take_back(self) -> None:
        """What may have begun without our knowing."""
        await self._message.take_back()

    def _patience(self, refusal: TemporaryFailure) -> float:
        if refusal.retry_after is not None:
            self._place.tempo.slow_down(self._place.workspace_id)
        return min(refusal.retry_after or self._place.pace.retry, LONGEST_RETRY)
