"""Answers that nobody is to read any more."""

import logging
from collections.abc import Sequence
from contextlib import suppress

from slack_sdk.web.async_client import AsyncWebClient

from bot.refusals import FAILURES, failure
from houston.errors import Gone

log = logging.getLogger(__name__)

WITHDRAWN = "_(The question was changed.)_"


async def remove(client: AsyncWebClient, channel: str, messages: Sequence[str]) -> None:
    """Deletes messages of an answer; one that Slack keeps says instead that its question was changed."""
    for ts in messages:
        try:
            await client.chat_delete(channel=channel, ts=ts)
        except FAILURES as error:
            log.info("an answer in %s stays: %s", channel, failure(error).message)
            if not isinstance(failure(error), Gone):
                await _withdraw(client, channel, ts)


async def _withdraw(client: AsyncWebClient, channel: str, ts: str) -> None:
    blocks = [{"type": "markdown", "text": WITHDRAWN}]
    with suppress(*FAILURES):
        await client.chat_update(channel=channel, ts=ts, text=WITHDRAWN, blocks=blocks)
