"""A local Slack with Houston's own manifest, and the real clients that talk to it."""

import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.connect import clients
from bot.connect.manifest import manifest
from bot.playground.page import routes
from bot.playground.person import Person
from bot.playground.server import PlaygroundServer
from bot.playground.state import App, Channel, Message, Playground, Timings, User, Workspace
from tests.patience import PATIENCE

QUICK = Timings(
    ack_timeout=PATIENCE,
    trigger_life=PATIENCE,
    redelivery=(0.0, 0.02, 0.02),
    file_processing=0.05,
    disconnect_grace=0.05,
)


@dataclass(kw_only=True)
class Slack:
    playground: Playground
    server: PlaygroundServer
    workspace: Workspace
    app: App
    token: str
    http: aiohttp.ClientSession
    alice: Person
    bob: Person
    general: Channel

    @property
    def bot(self) -> User:
        return self.playground.users[self.app.installations[self.workspace.id].bot_user_id]

    def interactive(self) -> AsyncWebClient:
        return clients.interactive(self.token, self.http, base_url=self.server.api_url)

    def delivering(self, token: str | None = None) -> AsyncWebClient:
        return clients.delivering(token or self.token, self.http, base_url=self.server.api_url)

    def channel(self, name: str, *, with_bot: bool = True, is_private: bool = False) -> Channel:
        members = [self.alice.user, *([self.bot] if with_bot else [])]
        return self.playground.add_channel(self.workspace.id, name, members=members, is_private=is_private)

    def posts(self, channel: Channel) -> list[Message]:
        """What the bot has posted there."""
        everything = self.playground.messages[channel.id].values()
        return [each for each in everything if each.user == self.bot.id and not each.deleted]


@asynccontextmanager
async def local_slack(timings: Timings = QUICK, *, limits_on: bool = False) -> AsyncIterator[Slack]:
    playground = Playground(now=time.time, rng=random.Random(7), timings=timings, limits_on=limits_on)
    served = PlaygroundServer(playground, extra_routes=routes(playground))
    async with served as server, clients.session() as http:
        workspace = playground.add_workspace("Northwind")
        alice = playground.add_user(workspace.id, "alice", real_name="Alice Able", tz="Europe/London")
        bob = playground.add_user(workspace.id, "bob", real_name="Bob Best", is_admin=True)
        app = playground.create_app(manifest())
        token = playground.install(app, workspace.id)
        bot = playground.users[app.installations[workspace.id].bot_user_id]
        general = playground.add_channel(workspace.id, "general", members=[alice, bob, bot])
        yield Slack(
            playground=playground,
            server=server,
            workspace=workspace,
            app=app,
            token=token,
            http=http,
            alice=Person(playground, workspace.id, alice.id),
            bob=Person(playground, workspace.id, bob.id),
            general=general,
        )
