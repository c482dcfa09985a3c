"""A command line, on its way to what carries it out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.streams import Answers
from bot.views.blocks import Message, section
from bot.views.reader import Reader
from houston.access import Actor
from houston.agent.conversations.conversation import Question
from houston.assembly import Houston
from store.scope import Scope
from store.tables import Workspace


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A command line with everything that its subcommand may need."""

    houston: Houston
    client: AsyncWebClient
    context: AsyncBoltContext
    respond: AsyncRespond
    answers: Answers
    connection: Callable[[str], str]
    now: Callable[[], datetime]
    actor: Actor
    workspace: Workspace
    user_id: str
    channel_id: str
    trigger_id: str
    text: str
    """What follows the subcommand."""
    asked: Question | None = None
    """Of `ask`, kept already."""

    @property
    def scope(self) -> Scope:
        return self.actor.scope

    @property
    def reader(self) -> Reader:
        return Reader.of(self.actor, self.workspace)

    @property
    def has_clients(self) -> bool:
        return self.workspace.has_clients


Subcommand = Callable[[Typed], Awaitable[Message | None]]


def said(text: str) -> Message:
    """A short answer of one paragraph."""
    return Message(text=text, blocks=[section(text)])


async def chosen(table: dict[str, Subcommand], typed: Typed, *, otherwise: Subcommand) -> Message | None:
    """Run what the first word names, with the rest of the line."""
    word, rest = (*typed.text.split(None, 1), "", "")[:2]
    subcommand = table.get(word.lower())
    if subcommand is None:
        return await otherwise(typed)
    return await subcommand(replace(typed, text=rest.strip()))
