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

from bot import people
from bot.bolt import build_bolt_app
from bot.connect import clients, installs
from bot.connect.connection import Connection
from bot.connect.connections import Connections
from bot.connect.tokens import Tokens
from bot.messenger import ClientFor, SlackMessenger
from bot.playground.person import Person
from bot.playground.state import Channel, Message, View
from bot.posting.pictures import upload
from bot.posting.webhooks import WebhookMessenger
from bot.views import announcement
from houston.access import Actor
from houston.agent.messages import ChatModel
from houston.assembly import Houston, assemble
from houston.notify.lanes import Pace
from houston.notify.places.elsewhere import Elsewhere
from houston.notify.places.everywhere import Everywhere
from houston.notify.places.urls import Urls
from houston.watch.chart import Chart
from store import Scope
from store.sources import Sources
from store.sources.reach import Reach
from store.tables import Client
from tests.agent.fakes import FakeModel, said
from tests.bot.slack import Slack, local_slack
from tests.patience import PATIENCE
from tests.store.databases import fresh_url, new_store
from tools import ALL_TOOLS

PUBLIC_URL = "https://houston.example"
PNG = b"\x89PNG\r\n\x1a\n not drawn here"


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(kw_only=True)
class House:
    """A running Houston, and the Slack that it runs in: Alice is a member, Bob an admin."""

    slack: Slack
    houston: Houston
    connections: Connections
    clients: clients.Clients
    acme: Client
    globex: Client

    @property
    def connection(self) -> Connection:
        """The main app's."""
        return self.connections.main

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

    @property
    def admin(self) -> Actor:
        """Bob, for what is changed behind Slack's back."""
        user_id = self.bob.user_id
        id = f"member {self.slack.workspace.id}/{user_id}"
        return Actor(id=id, name="Bob Best", scope=self.scope, is_admin=True, user_id=user_id)

    async def become_client(self) -> None:
        """From now on the workspace is Acme's own."""
        async with self.houston.store.begin() as uow:
            workspace = await uow.workspaces.find(id=self.slack.workspace.id)
            assert workspace is not None
            workspace.kind, workspace.client_id = "client", self.acme.id
            await uow.commit()

    async def limit_alice(self, *clients: Client) -> None:
        """From now on Alice may see these clients only."""
        workspace_id, user_id = self.slack.workspace.id, self.alice.user_id
        async with self.houston.store.begin() as uow:
            member = await uow.members.find(workspace_id=workspace_id, user_id=user_id)
            assert member is not None
            member.sees_all = False
            listed = [client.id for client in clients if client.id]
            await uow.members.set_clients(workspace_id=workspace_id, user_id=user_id, client_ids=listed)
            await uow.commit()

    async def seen(
        self, person: Person, channel: Channel, text: str, *, thread_ts: str | None = None
    ) -> Message:
        """Wait until this person sees a message with this text, finished."""

        def found() -> Message | None:
            for message in person.messages(channel.id, thread_ts):
                if text in shown(message) and not message.is_streaming:
                    return message
            return None

        return await person.wait_for(found)

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

        return await person.wait_for(found)

    async def modal(self, person: Person, condition: Callable[[View], Any] = bool) -> View:
        def found() -> View | None:
            view = person.open_modal()
            return view if view and condition(view) else None

        return await person.wait_for(found)


def shown(message: Message) -> str:
    return message.text + str(message.blocks)


MakeHouse = Callable[..., Awaitable[House]]


@asynccontextmanager
async def running(
    slack: Slack, folder: Path, model: ChatModel, *, pace: Pace = Pace()
) -> AsyncIterator[House]:
    url = fresh_url("sqlite", folder)
    store = new_store(url, now)
    await store.open()
    messenger = _messenger(lambda workspace_id: served.delivering(workspace_id))
    urls = Urls(store=store)
    sources = Sources(own_url=url, file_roots=[folder / "files"], allow_hosts=["127.0.0.1"], now=now)
    services = Elsewhere(urls, announcement.plain, Reach(allowed=["127.0.0.1"]))
    houston = assemble(
        store,
        now=now,
        rng=random.Random(7),
        model=model,
        tools=ALL_TOOLS,
        messenger=Everywhere(
            slack=messenger,
            others={"webhook": WebhookMessenger(urls, slack.http), "service": services},
        ),
        urls=urls,
        slack_origin=slack.server.url,
        sources=sources,
        pace=pace,
    )
    plain = clients.plain(slack.http, base_url=slack.server.api_url)
    tokens = Tokens(houston.workspaces, plain, now=now)
    served = clients.Clients(tokens=tokens, http=slack.http, base_url=slack.server.api_url)
    bolt = build_bolt_app(
        houston,
        served,
        now=now,
        connection=lambda workspace_id: connections.words(workspace_id),
        states=lambda: connections.states(),
        changed=lambda: connections.changed(),
        public_url=PUBLIC_URL,
    )
    for listener in bolt._async_listeners:
        listener.ack_timeout = PATIENCE
    connections = Connections(bolt, slack.app.app_token, houston.workspaces.tokens.own_apps)
    workspace = await installs.connect(houston, tokens, plain, slack.token, slack.app.app_token)
    assert workspace is not None
    for person in (slack.alice, slack.bob):
        await people.refreshed(houston, slack.interactive(), workspace.id, person.user_id)
    await connections.open()
    houston.start()
    acme = await houston.clients.open("acme", "Acme")
    globex = await houston.clients.open("globex", "Globex")
    try:
        yield House(
            slack=slack,
            houston=houston,
            connections=connections,
            clients=served,
            acme=acme,
            globex=globex,
        )
    finally:
        await connections.close()
        await tokens.close()
        await houston.close()
        await messenger.close()
        await services.close()
        await sources.close()


def _messenger(client_for: ClientFor) -> SlackMessenger:
    async def uploaded(client: AsyncWebClient, chart: Chart) -> str | None:
        return await upload(client, chart, drawn=lambda _: PNG)

    return SlackMessenger(client_for, uploaded=uploaded)


@pytest.fixture
async def local() -> AsyncIterator[Slack]:
    async with local_slack() as slack:
        yield slack


@pytest.fixture
def model() -> ChatModel:
    return FakeModel(said("Revenue **fell again**. ", "That is low."))


@pytest.fixture
async def house(local: Slack, tmp_path: Path, model: ChatModel) -> AsyncIterator[House]:
    async with running(local, tmp_path, model) as house:
        yield house
