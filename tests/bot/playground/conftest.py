"""A small local Slack with one workspace, three people, an app and its real client libraries."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Unpack
from urllib.parse import urlencode

import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.people import Traits
from bot.playground.person import Person
from bot.playground.server import PlaygroundServer
from bot.playground.state import App, Channel, Playground, Timings, User, Workspace
from tests.patience import PATIENCE

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Robin", "description": "A test app"},
    "features": {
        "bot_user": {"display_name": "Robin"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "agent_view": {"suggested_prompts": [{"title": "Hello", "message": "Say hello"}]},
        "slash_commands": [{"command": "/robin", "description": "Talk to Robin", "usage_hint": "help"}],
        "shortcuts": [{"name": "Save", "type": "message", "callback_id": "save_message"}],
    },
    "oauth_config": {
        "redirect_urls": ["https://robin.example/slack"],
        "scopes": {
            "bot": [
                "app_mentions:read",
                "assistant:write",
                "channels:history",
                "channels:read",
                "chat:write",
                "commands",
                "files:read",
                "files:write",
                "groups:history",
                "groups:read",
                "im:history",
                "im:read",
                "im:write",
                "reactions:read",
                "reactions:write",
                "team:read",
                "users:read",
            ]
        },
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "agent_session_stopped",
                "app_home_opened",
                "app_mention",
                "app_uninstalled",
                "channel_archive",
                "channel_rename",
                "channel_shared",
                "channel_unarchive",
                "channel_unshared",
                "member_joined_channel",
                "member_left_channel",
                "message.channels",
                "message.groups",
                "message.im",
                "team_join",
                "tokens_revoked",
                "user_change",
            ]
        }
    },
}

QUICK = Timings(
    ack_timeout=PATIENCE,
    trigger_life=PATIENCE,
    redelivery=(0.0, 0.02, 0.02),
    file_processing=0.05,
    disconnect_grace=0.05,
)

HASTY = replace(QUICK, ack_timeout=0.3)
"""For tests of what is not acknowledged. With it, a busy machine is told everything twice."""


class Clock:
    """The real time, which a test may move forward."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.stopped_at: float | None = None

    def __call__(self) -> float:
        return (self.stopped_at or time.time()) + self.ahead

    def stop(self) -> None:
        """From now on it moves only as a test says, however long a busy machine takes."""
        self.stopped_at = time.time()

    def advance(self, seconds: float) -> None:
        self.ahead += seconds


@dataclass(kw_only=True)
class Slack:
    """What most tests need, by name."""

    clock: Clock
    playground: Playground
    server: PlaygroundServer
    workspace: Workspace
    app: App
    token: str
    general: Channel
    alice: Person
    bob: Person
    client: AsyncWebClient

    @property
    def bot_id(self) -> str:
        return self.app.installations[self.workspace.id].bot_user_id

    @property
    def bot_user(self) -> User:
        return self.playground.users[self.bot_id]

    def web_client(self, token: str | None) -> AsyncWebClient:
        return AsyncWebClient(token=token, base_url=self.server.api_url, timeout=PATIENCE)

    def channel(self, name: str, *, with_bot: bool = True, is_private: bool = False) -> Channel:
        users = [self.alice.user, *([self.bot_user] if with_bot else [])]
        return self.playground.add_channel(self.workspace.id, name, members=users, is_private=is_private)

    @asynccontextmanager
    async def connected(
        self, bolt: AsyncApp, app: App | None = None, *, ping_seconds: float = 10.0
    ) -> AsyncIterator[AsyncSocketModeHandler]:
        """The Bolt app at work over Socket Mode. It takes a connection for broken, and loses what comes
        meanwhile, after half of `ping_seconds` without an answer: with few, whenever the machine is busy."""
        app = app or self.app
        handler = AsyncSocketModeHandler(bolt, app.app_token, ping_interval=ping_seconds)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await self.until(lambda: self.playground.sockets.connections(app.id))
        try:
            yield handler
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]

    async def until(self, condition: Callable[[], object]) -> None:
        await self.alice.wait_for(condition)

    def bolt(self) -> AsyncApp:
        return AsyncApp(client=self.client, raise_error_for_unhandled_request=False)

    def bolt_everywhere(self) -> AsyncApp:
        """Bolt for every workspace of the app: it takes the token of the one that it finds in the payload."""

        async def authorize(team_id: str) -> AuthorizeResult:
            token = self.app.installations[team_id].token
            answer = await self.web_client(token).auth_test()
            return AuthorizeResult.from_auth_test_response(bot_token=token, auth_test_response=answer)

        client = self.web_client(None)
        return AsyncApp(client=client, authorize=authorize, raise_error_for_unhandled_request=False)

    def authorize_url(self, **query: str) -> str:
        """What an "Add to Slack" button leads to; the query can be changed, "" leaves a field out."""
        fields = {
            "client_id": self.app.client_id,
            "scope": "chat:write,commands",
            "redirect_uri": "https://robin.example/slack/done",
            "state": "s1",
        } | query
        return f"{self.server.url}/oauth/v2/authorize?" + urlencode({k: v for k, v in fields.items() if v})

    def add_person(self, workspace: Workspace, name: str, **traits: Unpack[Traits]) -> Person:
        user = self.playground.add_user(workspace.id, name, **traits)
        return Person(self.playground, workspace.id, user.id)


class Recorder:
    """Keeps what a Bolt listener was given, and wakes whoever waits for it."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def __call__(self, body: dict[str, Any]) -> None:
        await self.queue.put(body)

    async def next(self, limit: float = PATIENCE) -> dict[str, Any]:
        return await asyncio.wait_for(self.queue.get(), limit)

    @property
    def is_empty(self) -> bool:
        return self.queue.empty()


Ack = Callable[..., Awaitable[Any]]


def recording(bolt: AsyncApp, *events: str) -> dict[str, Recorder]:
    """A recorder for each of the events."""
    recorders = {name: Recorder() for name in events}
    for name, recorder in recorders.items():
        bolt.event(name)(_listener(recorder))
    return recorders


def _listener(recorder: Recorder) -> Ack:
    async def listen(body: dict[str, Any]) -> None:
        await recorder(body)

    return listen


@pytest.fixture
def timings() -> Timings:
    return QUICK


@pytest.fixture
async def slack(timings: Timings) -> AsyncIterator[Slack]:
    clock = Clock()
    playground = Playground(now=clock, rng=random.Random(7), timings=timings)
    async with PlaygroundServer(playground) as server:
        workspace = playground.add_workspace("Northwind")
        alice = playground.add_user(workspace.id, "alice", real_name="Alice Able", tz="Europe/London")
        bob = playground.add_user(workspace.id, "bob", is_admin=True)
        app = playground.create_app(MANIFEST)
        token = playground.install(app, workspace.id)
        bot = playground.users[app.installations[workspace.id].bot_user_id]
        general = playground.add_channel(workspace.id, "general", members=[alice, bob, bot])
        yield Slack(
            clock=clock,
            playground=playground,
            server=server,
            workspace=workspace,
            app=app,
            token=token,
            general=general,
            alice=Person(playground, workspace.id, alice.id),
            bob=Person(playground, workspace.id, bob.id),
            client=AsyncWebClient(token=token, base_url=server.api_url, timeout=PATIENCE),
        )
