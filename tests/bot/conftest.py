"""Houston at work in a local Slack: the real thing, but for the language model."""

import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot import installs
from bot.bolt import build_bolt_app
from bot.connections import Connection
from bot.messenger import SlackMessenger
from bot.pictures import upload
from bot.playground.person import Person
from bot.playground.state import Channel, Message, View
from houston.agent.messages import ChatModel
from houston.assembly import Houston, assemble
from houston.watch.chart import Chart
from store import Scope
from store.tables import Client
from tests.agent.fakes import FakeModel, said
from tests.bot.slack import Slack, local_slack
from tests.store.databases import fresh_url, new_store
from tools import ALL_TOOLS

PNG = b"\x89PNG\r\n\x1a\n not drawn here"


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(kw_only=True)
class House:
    """A running Houston, and the Slack that it runs in."""

    slack: Slack
    houston: Houston
    connection: Connection
    acme: Client
    globex: Client

    @property
    def alice(self) -> Person:
        return self.slack.alice

    @property
    def bob(self) -> Person:
        return self.slack.bob

    @property
    def general(self) -> Channel:
        return self.slack.general

    @property
    def scope(self) -> Scope:
        return Scope(workspace_id=self.slack.workspace.id, client_ids=None)

    async def seen(
        self, person: Person, channel: Channel, text: str, *, thread_ts: str | None = None
    ) -> Message:
        """Wait until this person sees a message with this text, finished."""

        def found() -> Message | None:
            for message in person.messages(channel.id, thread_ts):
                if text in shown(message) and not message.is_streaming:
                    return message
            return None

        return await person.wait_for(found, timeout=5)

    async def ran(self, person: Person, line: str, text: str, *, channel: Channel | None = None) -> Message:
        """Run a command and wait for what it answers, which only that person sees."""
        where = channel or self.general
        result = await person.run(where.id, line)
        assert result.ok, result
        message = await self.seen(person, where, text)
        assert message.ephemeral_to == person.user_id
        return message

    async def home(self, person: Person, text: str) -> View:
        """Wait until the person's App Home shows this text."""

        def found() -> View | None:
            view = person.home()
            return view if view and text in str(view.blocks) else None

        return await person.wait_for(found, timeout=5)

    async def modal(self, person: Person, condition: Callable[[View], Any] = bool) -> View:
        def found() -> View | None:
            view = person.open_modal()
            return view if view and condition(view) else None

        return await person.wait_for(found, timeout=5)


def shown(message: Message) -> str:
    return message.text + str(message.blocks)


MakeHouse = Callable[..., Awaitable[House]]


@asynccontextmanager
async def running(slack: Slack, folder: Path, model: ChatModel) -> AsyncIterator[House]:
    store = new_store(fresh_url("sqlite", folder), now)
    await store.open()
    messenger = _messenger(slack)
    houston = assemble(
        store, now=now, rng=random.Random(7), model=model, tools=ALL_TOOLS, messenger=messenger
    )
    client = slack.interactive()
    bolt = build_bolt_app(houston, client, now=now, connection=lambda: str(connection))
    connection = Connection(bolt, slack.app.app_token, ping_seconds=0.2)
    await installs.connect(houston, client)
    await connection.open()
    houston.start()
    acme = await houston.clients.open("acme", "Acme")
    globex = await houston.clients.open("globex", "Globex")
    try:
        yield House(slack=slack, houston=houston, connection=connection, acme=acme, globex=globex)
    finally:
        await connection.close()
        await houston.close()
        await messenger.close()


def _messenger(slack: Slack) -> SlackMessenger:
    async def client_for(workspace_id: str) -> AsyncWebClient:
        return slack.delivering()

    async def uploaded(client: AsyncWebClient, chart: Chart) -> str | None:
        return await upload(client, chart, drawn=lambda _: PNG)

    return SlackMessenger(client_for, uploaded=uploaded)


@pytest.fixture
async def local() -> AsyncIterator[Slack]:
    async with local_slack() as slack:
        yield slack


@pytest.fixture
def model() -> ChatModel:
    return FakeModel(said("Revenue was **$120**. ", "That is low."))


@pytest.fixture
async def house(local: Slack, tmp_path: Path, model: ChatModel) -> AsyncIterator[House]:
    async with running(local, tmp_path, model) as house:
        yield house
