"""Who pressed a button of *Watching*, on which row, and what they see then."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.listeners import home
from bot.posting import open_views
from bot.views.blocks import Block, Message
from bot.views.filled import row_id
from bot.views.open_form import with_answer
from bot.views.reader import Reader
from bot.whispers import whisper
from houston.access import Actor
from houston.assembly import Houston
from store.tables import Client

Body = dict[str, Any]
Listener = Callable[..., Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """`body` is what Slack sent of it."""

    actor: Actor
    reader: Reader
    timezone: str
    own_client: int | None
    body: Body
    context: AsyncBoltContext
    client: AsyncWebClient
    houston: Houston

    @property
    def id(self) -> int:
        """The row of the button."""
        return row_id(str(self.body["actions"][0].get("value") or ""))

    async def clients(self) -> list[Client] | None:
        """To choose from; None in a client's own workspace."""
        return await self.houston.clients.all(self.actor.scope) if self.reader.has_clients else None

    async def open(self, view: Body) -> None:
        await self.client.views_open(trigger_id=self.body["trigger_id"], view=view)

    async def answer_below(self, block_id: str, answer: Sequence[Block]) -> None:
        """In the open form that the button is in."""
        view = self.body["view"]
        await open_views.update(self.client, view["id"], with_answer(view, block_id, answer))

    async def show(self, message: Message) -> None:
        """How things are now on the App Home; elsewhere the message, to whoever pressed alone."""
        if (self.body.get("view") or {}).get("type") == "home":
            await home.publish(self.houston, self.client, self.context, home.where(self.body))
        else:
            await whisper(self.context, self.body, message)


async def pressed(body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston) -> Pressed:
    actor = await people.actor(houston, context)
    workspace = await houston.workspaces.get(str(context.team_id))
    return Pressed(
        actor=actor,
        reader=Reader.of(actor, workspace),
        timezone=workspace.timezone,
        own_client=workspace.client_id,
        body=body,
        context=context,
        client=client,
        houston=houston,
    )


def pressing(work: Callable[[Pressed], Awaitable[None]]) -> Listener:
    """A listener that acknowledges a press, and does the work of whoever pressed."""

    async def listener(
        ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
    ) -> None:
        await ack()
        await work(await pressed(body, context, client, houston))

    return listener
