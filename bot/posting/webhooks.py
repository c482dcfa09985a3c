"""Houston's Messenger for Slack's incoming webhooks: they take messages, and nothing else."""

import logging
from collections.abc import Awaitable, Callable, Sequence

import aiohttp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.refusals import FAILURES, failure, webhook_failure
from bot.views.announcement import announced
from houston.notify.messenger import Announcement, Posted
from houston.notify.places.one_way import OneWay

log = logging.getLogger("slack_sdk.webhook.houston")
log.setLevel(logging.INFO)
"""At DEBUG, slack_sdk writes the URL down, which is all that one needs to post there."""

UrlOf = Callable[[str, str], Awaitable[str]]
"""From a workspace and an address to its URL."""


class WebhookMessenger(OneWay):
    """The Messenger for addresses `webhook:…`."""

    def __init__(self, url_of: UrlOf, http: aiohttp.ClientSession) -> None:
        self._url_of = url_of
        self._http = http

    async def post(
        self,
        *,
        workspace_id: str,
        address: str,
        announcement: Announcement,
        delivery_ids: Sequence[int],
        thread_ts: str = "",
    ) -> Posted:
        url = await self._url_of(workspace_id, address)
        client = AsyncWebhookClient(url, session=self._http, retry_handlers=[], logger=log)
        message = announced(announcement, interactive=False)
        try:
            answer = await client.send(
                text=message.text, blocks=message.blocks, unfurl_links=False, unfurl_media=False
            )
        except FAILURES as error:
            raise failure(error) from error
        if answer.status_code != 200:
            raise webhook_failure(answer.status_code, answer.body, answer.headers)
        return Posted()
