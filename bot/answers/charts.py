"""The charts of an answer, on their way into its thread while the answer goes on."""

import asyncio
import logging
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.answers.place import QUIETLY, Place
from bot.answers.room import Wider
from bot.posting.pictures import Upload, upload
from bot.posting.writing import NOT_READY, SOON
from bot.refusals import FAILURES, code, failure
from bot.views.blocks import image
from bot.views.text import escape, without_mentions
from houston.agent.turn import ChartDrawn

log = logging.getLogger(__name__)

TRIES = (0.0, *SOON, 2.0, 5.0)
"""Seconds before each try: Slack shows a fresh picture only once it has processed it."""

PATIENCE = 25.0
"""The longest that an answer waits for its charts at its end."""


class Charts:
    def __init__(self, place: Place, *, uploaded: Upload = upload) -> None:
        self._place = place
        self._uploaded = uploaded
        self._tasks: list[asyncio.Task[str | None]] = []

    @property
    def messages(self) -> tuple[str, ...]:
        """Those that show one."""
        done = [task for task in self._tasks if task.done() and not task.cancelled()]
        return tuple(ts for task in done if (ts := task.result()))

    def draw(self, drawn: ChartDrawn) -> None:
        self._tasks.append(asyncio.create_task(self._show(drawn), name="chart of an answer"))

    async def settle(self) -> int:
        """Waits for them, and gives up on what takes too long. Returns how many could not be shown."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=PATIENCE)
            await self.cancel()
        return len(self._tasks) - len(self.messages)

    async def cancel(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _show(self, drawn: ChartDrawn) -> str | None:
        """The ts of the message; None where there is none."""
        try:
            file_id = await self._uploaded(self._place.client, drawn.chart)
            return await self._post(file_id, drawn.caption or drawn.chart.alt) if file_id else None
        except FAILURES as error:
            log.warning("a chart is not in its thread: %s", failure(error).message)
            return None
        except Wider:
            return None  # its answer looks as well, and says so

    async def _post(self, file_id: str, caption: str) -> str | None:
        said = without_mentions(caption)
        content: dict[str, Any] = {"text": escape(said, 3000), "blocks": [image(file_id, said)]}
        for pause in TRIES:
            await asyncio.sleep(pause)
            try:
                posted = await self._place.client.chat_postMessage(**self._place.thread, **content, **QUIETLY)
            except SlackApiError as error:
                if code(error) != NOT_READY:
                    raise
            else:
                return str(posted["ts"])
        log.warning("Slack does not show a chart in %s", self._place.channel)
        return None
