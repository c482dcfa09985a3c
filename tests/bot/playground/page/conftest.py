"""A reader for what is only drawn, and a page over a small local Slack for what is served."""

import json
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientResponse, ClientSession

from bot.playground import messages
from bot.playground.nouns import App, Channel, Message, Workspace
from bot.playground.page import routes
from bot.playground.page.reader import Reader
from bot.playground.person import Person
from bot.playground.server import PlaygroundServer
from bot.playground.state import Playground

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Houston", "description": "Watches the numbers"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "agent_view": {"suggested_prompts": [{"title": "Revenue?", "message": "How was revenue?"}]},
        "slash_commands": [{"command": "/houston", "description": "Ask & rule", "usage_hint": "help"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write"]}},
}


@pytest.fixture
def reader() -> Reader:
    return Reader(
        user_id="U1",
        zone=ZoneInfo("Europe/Lisbon"),
        now=NOW,
        base="/w/T1/u/U1",
        user_names={"U1": "Ana", "U2": "Ben <b>"},
        channel_names={"C1": "general"},
    )


@dataclass(kw_only=True)
class Page:
    """A browser without a window: asks for pages and does deeds as one person."""

    playground: Playground
    workspace: Workspace
    app: App
    ana: Person
    ben: Person
    general: Channel
    session: ClientSession
    url: str

    def base(self, person: Person | None = None) -> str:
        return f"/w/{self.workspace.id}/u/{(person or self.ana).user_id}"

    async def get(self, path: str, *, person: Person | None = None) -> str:
        async with self.session.get(self.url + self.base(person) + path) as response:
            assert response.status == 200, await response.text()
            return await response.text()

    async def status(self, path: str, *, person: Person | None = None) -> int:
        async with self.session.get(self.url + self.base(person) + path) as response:
            return response.status

    async def do(self, deed: str, *, person: Person | None = None, **fields: Any) -> dict[str, Any]:
        url = f"{self.url}{self.base(person)}/do/{deed}"
        async with self.session.post(url, json=fields) as response:
            found: dict[str, Any] = await response.json()
            return found

    async def post_raw(self, deed: str, **request: Any) -> ClientResponse:
        return await self.session.post(f"{self.url}{self.base()}/do/{deed}", **request)

    def answers(self, channel: Channel, **fields: Any) -> Message:
        """The app posts a message."""
        bot = self.app.installations[self.workspace.id]
        who = {"user": bot.bot_user_id, "bot_id": bot.bot_id, "app_id": self.app.id}
        return messages.post(self.playground, channel, **{"text": "", **who, **fields})

    async def first_change(self, response: ClientResponse) -> dict[str, Any]:
        async for line in response.content:
            if line.startswith(b"data: "):
                found: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                return found
        raise AssertionError("The feed ended.")


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    playground = Playground(now=NOW.timestamp, rng=random.Random(5), limits_on=False)
    workspace = playground.add_workspace("Northwind")
    ana = playground.add_user(workspace.id, "ana", real_name="Ana Pereira", tz="Europe/Lisbon", is_owner=True)
    ben = playground.add_user(workspace.id, "ben", real_name="Ben Okafor", tz="America/New_York")
    app = playground.create_app(MANIFEST)
    playground.install(app, workspace.id)
    general = playground.add_channel(workspace.id, "general", members=[ana, ben])
    server = PlaygroundServer(playground, extra_routes=routes(playground))
    async with server, ClientSession() as session:
        yield Page(
            playground=playground,
            workspace=workspace,
            app=app,
            ana=Person(playground, workspace.id, ana.id),
            ben=Person(playground, workspace.id, ben.id),
            general=general,
            session=session,
            url=server.url,
        )
