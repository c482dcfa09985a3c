"""Uploads charts, so that a message can show them."""

import asyncio
import logging
from collections.abc import Callable

from slack_sdk.web.async_client import AsyncWebClient

from bot.refusals import FAILURES, failure
from bot.views.chart import draw
from houston.watch.chart import Chart

log = logging.getLogger(__name__)

FILENAME = "chart.png"
SECONDS = 15.0
"""The longest that an alert waits for its picture."""


async def upload(
    client: AsyncWebClient, chart: Chart, *, drawn: Callable[[Chart], bytes] = draw
) -> str | None:
    """Slack's id of the file, or None: an alert without its picture is better than none."""
    try:
        async with asyncio.timeout(SECONDS):
            return await _upload(client, await asyncio.to_thread(drawn, chart), chart)
    except FAILURES as error:
        log.warning("a chart could not be uploaded: %s", failure(error).message)
    except Exception:
        log.exception("the chart %r could not be made", chart.title)
    return None


async def _upload(client: AsyncWebClient, picture: bytes, chart: Chart) -> str:
    place = await client.files_getUploadURLExternal(
        filename=FILENAME, length=len(picture), alt_txt=chart.alt[:1000]
    )
    assert client.session is not None
    async with client.session.post(place["upload_url"], data=picture, proxy=client.proxy) as answer:
        answer.raise_for_status()
    file_id = str(place["file_id"])
    await client.files_completeUploadExternal(files=[{"id": file_id, "title": chart.title[:200]}])
    return file_id
