"""What follows a form that was kept: the App Home as it is now, or an answer where the form was asked for."""

from typing import Protocol

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.listeners import home
from bot.views.blocks import Message
from bot.views.place import Place
from houston.assembly import Houston


class Asked(Protocol):
    """Where a form was opened from."""

    @property
    def home(self) -> bool: ...
    @property
    def response_url(self) -> str: ...


async def confirm(
    houston: Houston,
    client: AsyncWebClient,
    context: AsyncBoltContext,
    asked: Asked,
    message: Message,
    place: Place,
) -> None:
    if asked.home:
        await home.publish(houston, client, context, place)
    elif asked.response_url:
        webhook = AsyncWebhookClient(asked.response_url, session=client.session, logger=client.logger)
        await webhook.send(text=message.text, blocks=message.blocks, response_type="ephemeral")
