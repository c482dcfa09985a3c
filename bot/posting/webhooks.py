"""Houston's Messenger for Slack's incoming webhooks: they take messages, and nothing else.

What arrived cannot be looked up or changed: the promise is "at least once".
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

import aiohttp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.refusals import FAILURES, failure, webhook_failure
from bot.views.announcement import announced
from houston.errors import Gone
from houston.notify.messenger import Announcement, Posted

log = logging.getLogger("slack_sdk.webhook.houston")
log.setLevel(logging.INFO)
"""At DEBUG, slack_sdk writes the URL down, which is all that one needs to post there."""

UrlOf = Callable[[str, str], Awaitable[str]]
"""From a workspace and an address to its URL."""


class WebhookMessenger:
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

    async def update(self, *, workspace_id: str, posted: Posted, announcement: Announcement) -> Posted:
        raise Gone("What a webhook has posted cannot be changed.")

    async def find(
        self,
        *,
        workspace_id: str,
        address: str,
        delivery_ids: Sequence[int],
        since: datetime,
        thread_ts: str = "",
    ) -> Mapping[int, Posted]:
        return {}

    async def permalink(self, *, workspace_id: str, channel: str, ts: str) -> str | None:
        return None
