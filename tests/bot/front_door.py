"""Houston's web pages in front of a local Slack, and a browser that goes through them."""

import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from bot.connect import clients, oauth
from bot.connect.manifest import bot_scopes, manifest
from bot.connect.tokens import Credentials, Tokens
from bot.playground.person import Person
from bot.playground.server import PlaygroundServer
from bot.playground.state import App, Playground, Workspace
from houston import access
from houston.agent.patterns.model import PatternsModel
from houston.assembly import Houston, assemble
from houston.web.server import WebServer
from tests.bot.slack import QUICK
from tests.ports import free_port
from tests.store.databases import Clock, fresh_url, new_store

PATH = "/slack/oauth_redirect"


@dataclass(frozen=True, kw_only=True)
class Page:
    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def location(self) -> str:
        return self.headers["Location"]


class Browser:
    """Follows no redirect by itself, and keeps cookies."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self.url = url

    async def get(self, address: str) -> Page:
        async with self._http.get(self._absolute(address), allow_redirects=False) as answer:
            return Page(status=answer.status, text=await answer.text(), headers=answer.headers)

    async def post(self, address: str, **form: str) -> Page:
        async with self._http.post(self._absolute(address), data=form, allow_redirects=False) as answer:
            return Page(status=answer.status, text=await answer.text(), headers=answer.headers)

    def _absolute(self, address: str) -> str:
        return self.url + address if address.startswith("/") else address


@dataclass(kw_only=True)
class FrontDoor:
    clock: Clock
    playground: Playground
    server: PlaygroundServer
    app: App
    houston: Houston
    tokens: Tokens
    slack: clients.Clients
    settings: oauth.OAuth
    browser: Browser
    changes: list[str] = field(default_factory=list)

    def workspace(self, name: str, *, is_org_wide: bool = False) -> tuple[Workspace, Person]:
        """A Slack workspace that Houston does not know, and its owner."""
        workspace = self.playground.add_workspace(name, is_org_wide=is_org_wide)
        owner = self.playground.add_user(workspace.id, "olga", is_owner=True, tz="Europe/Oslo")
        return workspace, Person(self.playground, workspace.id, owner.id)

    @asynccontextmanager
    async def other_browser(self) -> AsyncIterator[Browser]:
        async with _browser() as http:
            yield Browser(http, self.browser.url)

    async def to_slack(self, **asked: str) -> str:
        """The address of Slack's consent: by the setup code, or by an invitation's path."""
        if "setup_code" in asked:
            page = await self.browser.post("/slack/install", **asked)
        else:
            page = await self.browser.get(asked.get("path", "/slack/install"))
        assert page.status == 303, page.text
        return page.location

    async def install(self, person: Person, **asked: str) -> Page:
        """All the way, as a person who allows it."""
        back = await person.consent(await self.to_slack(**asked))
        return await self.browser.get(back)

    async def first(self, name: str = "Northwind") -> tuple[Workspace, Person]:
        """The agency's workspace, installed by the setup code."""
        workspace, person = self.workspace(name)
        page = await self.install(person, setup_code=self.houston.onboarding.setup_code())
        assert page.status == 200, page.text
        return workspace, person

    async def invited(self, slug: str | None = None) -> str:
        """The path of an invitation: for this client, or an agency's."""
        client = await self.houston.clients.open(slug) if slug else None
        return await self.houston.invitations.invite(access.operator(), client)


@asynccontextmanager
async def open_front_door(folder: Path) -> AsyncIterator[FrontDoor]:
    clock, port = Clock(datetime.now(UTC)), free_port()
    playground = Playground(
        now=lambda: clock().timestamp(), rng=random.Random(7), timings=QUICK, limits_on=False
    )
    async with PlaygroundServer(playground) as server, clients.session() as http, _browser() as cookies:
        app = playground.create_app(manifest())
        app.redirect_urls.append(f"http://127.0.0.1:{port}{PATH}")
        store = new_store(fresh_url("sqlite", folder), clock)
        await store.open()
        houston = assemble(store, now=clock, rng=random.Random(7), model=PatternsModel(), tools=())
        settings = _settings(app, server, port)
        plain = clients.plain(http, base_url=server.api_url)
        tokens = Tokens(houston.workspaces, plain, now=clock, credentials=settings.credentials)
        slack = clients.Clients(tokens=tokens, http=http, base_url=server.api_url)
        changes: list[str] = []
        routes = oauth.routes(houston, slack, settings, changed=lambda: changes.append("changed"))
        web = WebServer(houston, host="127.0.0.1", port=port, routes=routes)
        await web.start()
        try:
            yield FrontDoor(
                clock=clock,
                playground=playground,
                server=server,
                app=app,
                houston=houston,
                tokens=tokens,
                slack=slack,
                settings=settings,
                browser=Browser(cookies, web.url),
                changes=changes,
            )
        finally:
            await web.stop()
            await tokens.close()
            await houston.close()


def _settings(app: App, server: PlaygroundServer, port: int) -> oauth.OAuth:
    return oauth.OAuth(
        credentials=Credentials(client_id=app.client_id, client_secret=app.client_secret),
        redirect_uri=f"http://127.0.0.1:{port}{PATH}",
        consent_url=f"{server.url}/oauth/v2/authorize",
        public_url=f"http://127.0.0.1:{port}",
        scopes=bot_scopes(),
    )


def _browser() -> aiohttp.ClientSession:
    """Cookies also for an address of digits."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
