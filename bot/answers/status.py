"""The line under a thread that says what Houston is doing."""

import asyncio
import logging

from slack_sdk.errors import SlackApiError

from bot.answers.place import Place
from bot.refusals import FAILURES, code, failure

log = logging.getLogger(__name__)

LONGEST = 100

LONGEST_PAUSE = 3.0


async def set_status(place: Place, text: str) -> bool:
    """A courtesy: the answer comes without it too. Whether Slack took it."""
    if place.refused.has(place.workspace_id, "status"):
        return False
    try:
        await place.client.assistant_threads_setStatus(
            channel_id=place.channel, thread_ts=place.thread_ts, status=text[:LONGEST]
        )
    except FAILURES as error:
        if isinstance(error, SlackApiError):
            place.refused.note(place.workspace_id, "status", code(error))
        log.info("no status in %s: %s", place.channel, failure(error).message)
        return False
    return True


class StatusLine:
    """Sets the newest status without keeping the answer waiting; one that is overtaken is not sent."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._wanted = ""
        self._shown = ""
        self._is_up = True
        """Whoever asked may have been greeted by one."""
        self._is_calling = False
        self._task: asyncio.Task[None] | None = None

    @property
    def is_refused(self) -> bool:
        return self._place.refused.has(self._place.workspace_id, "status")

    def show(self, text: str) -> None:
        self._wanted = text
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work(), name="status of an answer")

    async def settle(self) -> None:
        """Returns when no call is under way, or about to be."""
        if self._task:
            await asyncio.wait({self._task})

    def give_way(self) -> None:
        """A message of the answer is there, by which Slack takes the status away."""
        self._drop()
        self._is_up = self._is_calling

    async def clear(self) -> None:
        self._drop()
        await self.settle()
        if self._is_up:
            self._is_up = False
            await set_status(self._place, "")

    def _drop(self) -> None:
        self._wanted = ""
        if self._task and not self._is_calling:
            self._task.cancel()

    async def _work(self) -> None:
        while self._wanted and self._wanted != self._shown:
            await asyncio.sleep(self._place.pause(self._place.pace.status, longest=LONGEST_PAUSE))
            self._shown = self._wanted
            self._is_up = self._is_calling = True
            try:
                await set_status(self._place, self._shown)
            finally:
                self._is_calling = False
