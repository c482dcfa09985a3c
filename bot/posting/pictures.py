"""Uploads charts, so that a message can show them: once a workspace and event."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from slack_sdk.web.async_client import AsyncWebClient

from bot.posting import uploads
from bot.refusals import FAILURES, failure
from bot.views.chart import draw
from houston.notify.messenger import Announcement
from houston.watch.chart import Chart

log = logging.getLogger(__name__)

FILENAME = "chart.png"
SECONDS = 15.0
"""The longest that an alert waits for its picture."""

KEPT = 500
"""Charts that are remembered, so that another channel of the same workspace needs no second upload."""

Upload = Callable[[AsyncWebClient, Chart], Awaitable[str | None]]


class Pictures:
    """Remembers what it uploaded, the newest `kept`."""

    def __init__(self, uploaded: Upload, *, kept: int = KEPT) -> None:
        self._uploaded = uploaded
        self._kept = kept
        self._uploads: OrderedDict[tuple[str, int], asyncio.Task[str]] = OrderedDict()

    async def of(self, client: AsyncWebClient, workspace_id: str, announcement: Announcement) -> str:
        """Slack's id of the announcement's chart; '' where it has none, or it could not be uploaded."""
        if announcement.chart_file or announcement.chart is None:
            return announcement.chart_file
        key = (workspace_id, announcement.event.id)
        task = self._uploads.pop(key, None)
        if task is None or _is_lost(task):
            task = asyncio.create_task(self._upload(client, announcement.chart), name="chart upload")
        self._uploads[key] = task
        while len(self._uploads) > self._kept:
            self._uploads.popitem(last=False)
        return await asyncio.shield(task)

    async def close(self) -> None:
        tasks = list(self._uploads.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _upload(self, client: AsyncWebClient, chart: Chart) -> str:
        return await self._uploaded(client, chart) or ""


def _is_lost(task: asyncio.Task[str]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None or not task.result())


async def upload(
    client: AsyncWebClient, chart: Chart, *, drawn: Callable[[Chart], bytes] = draw
) -> str | None:
    """Slack's id of the file, or None: an alert without its picture is better than none."""
    try:
        async with asyncio.timeout(SECONDS):
            picture = await asyncio.to_thread(drawn, chart)
            return await uploads.upload(client, FILENAME, picture, title=chart.title, alt=chart.alt)
    except FAILURES as error:
        log.warning("a chart could not be uploaded: %s", failure(error).message)
    except Exception:
        log.exception("the chart %r could not be made", chart.title)
    return None
