"""An agency and its clients, each in a Slack workspace of its own, installed by OAuth and served at once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from app import running
from bot.connect import clients, own_apps
from bot.connect.manifest import manifest
from bot.playground.person import Person
from bot.playground.server import PlaygroundServer
from bot.playground.state import App, Channel, Message, Playground, Workspace
from houston import access
from houston.assembly import Houston
from houston.config import settings
from houston.notify.rules.rules import RuleDraft
from tests.bot.front_door import PATH, Browser
from tests.bot.slack import QUICK
from tests.patience import PATIENCE
from tests.ports import free_port

pytestmark = pytest.mark.slow


@dataclass(kw_only=True)
class Site:
    """A Slack workspace with its owner, and the channel that Houston is to post to."""

    playground: Playground
    workspace: Workspace
    owner: Person
    channel: Channel

    def posts(self) -> list[Message]:
        found = self.owner.messages(self.channel.id)
        return [each for each in found if each.bot_id and "load" in str(each.blocks)]

    async def posted(self, count: int) -> list[Message]:
        def enough() -> list[Message] | None:
            return self.posts() if len(self.posts()) >= count else None

        return await self.owner.wait_for(enough, timeout=PATIENCE)

    async def told(self, text: str, app: App) -> Message:
        """A DM from Houston to the owner."""
        dm = await self.owner.dm(app)

        def found() -> Message | None:
            messages = self.owner.messages(dm.id)
            return next((each for each in messages if text in each.text + str(each.blocks)), None)

        return await self.owner.wait_for(found, timeout=PATIENCE)


@dataclass(kw_only=True)
class World:
    playground: Playground
    server: PlaygroundServer
    app: App
    houston: Houston
    browser: Browser
    agency: Site
    a: Site
    b: Site
    static: Site

    async def install(self, site: Site, *, path: str = "/slack/install") -> None:
        """As a person does it; then they invite Houston to their channel."""
        await self.connect(site, path=path)
        await invite(site, self.app)

    async def connect(self, site: Site, *, path: str = "/slack/install") -> None:
        """Through Slack's consent and back."""
        page = await self.browser.get(path)
        page = await self.browser.get(await site.owner.consent(page.location))
        assert page.status == 200, page.text
        assert site.workspace.name in page.text

    async def rule(self, site: Site, slug: str | None = None) -> None:
        """Whatever job fails is told in the site's channel."""
        actor = await self.houston.access.actor(site.workspace.id, site.owner.user_id)
        client = await self.houston.clients.find(actor.scope, slug) if slug else None
        draft = RuleDraft(
            channels=(site.channel.id,), event_type="task_failure", client_id=client.id if client else None
        )
        await self.houston.rules.add(actor, draft)

    async def fails(self, slug: str, run_id: str) -> None:
        """A job of this client fails, another one for each run: the same would merely go on."""
        client = await self.houston.clients.open(slug)
        await self.houston.task_runs.report(
            access.everything(),
            job=f"load_{slug}_{run_id}",
            run_id=run_id,
            state="failed",
            client_id=client.id,
        )

    async def delivered(self) -> None:
        assert self.houston.dispatcher is not None
        await asyncio.wait_for(self.houston.dispatcher.drained(), PATIENCE)

    async def expire(self, site: Site) -> str:
        """Its token is about to end; the token that it was."""
        async with self.houston.store.begin() as uow:
            workspace = await uow.workspaces.find(id=site.workspace.id)
            assert workspace is not None
            workspace.token_expires_at = datetime.now(UTC) + timedelta(minutes=5)
            await uow.workspaces.save(workspace=workspace)
            await uow.commit()
        return self.app.installations[site.workspace.id].token

    def token(self, site: Site) -> str:
        return self.app.installations[site.workspace.id].token


async def invite(site: Site, app: App) -> None:
    """Into the channel, and until Houston says that it is ready."""
    await site.owner.invite(site.channel.id, app=app)
    before = site.playground.ids.ts()

    def ready() -> object:
        return [
            each
            for each in site.owner.messages(site.channel.id)
            if each.bot_id and each.ts > before and "Houston here" in each.text + str(each.blocks)
        ]

    await site.owner.wait_for(ready, timeout=PATIENCE)


def site(playground: Playground, name: str) -> Site:
    workspace = playground.add_workspace(name)
    user = playground.add_user(workspace.id, "olga", real_name=f"Olga of {name}", is_owner=True)
    channel = playground.add_channel(workspace.id, "alerts", members=[user])
    return Site(
        playground=playground,
        workspace=workspace,
        owner=Person(playground, workspace.id, user.id),
        channel=channel,
    )


@asynccontextmanager
async def opened(folder: Path, *, rotates: bool = False) -> AsyncIterator[World]:
    """Slack, and a Houston that knows no workspace but that of SLACK_BOT_TOKEN."""
    playground, port = Playground(timings=QUICK, limits_on=False), free_port()
    async with PlaygroundServer(playground) as server:
        app = playground.create_app(manifest())
        redirect = f"http://127.0.0.1:{port}{PATH}"
        app.redirect_urls.append(redirect)
        agency, a, b, static = (
            site(playground, name) for name in ("Northwind", "Acme Slack", "Globex Slack", "Static")
        )
        environment = {
            "SLACK_API_URL": server.api_url,
            "SLACK_APP_TOKEN": app.app_token,
            "SLACK_BOT_TOKEN": playground.install(app, static.workspace.id),
            "SLACK_CLIENT_ID": app.client_id,
            "SLACK_CLIENT_SECRET": app.client_secret,
            "SLACK_REDIRECT_URI": redirect,
            "HOUSTON_DATA_DIR": str(folder),
            "HOUSTON_PORT": str(port),
        }
        app.rotates_tokens = rotates
        jar = aiohttp.CookieJar(unsafe=True)
        async with running(settings(environment)) as houston, aiohttp.ClientSession(cookie_jar=jar) as http:
            houston.start()
            yield World(
                playground=playground,
                server=server,
                app=app,
                houston=houston,
                browser=Browser(http, f"http://127.0.0.1:{port}"),
                agency=agency,
                a=a,
                b=b,
                static=static,
            )


async def settle(world: World) -> None:
    """The agency by an invitation, since SLACK_BOT_TOKEN has brought a workspace; then two clients."""
    houston, operator = world.houston, access.operator()
    await world.install(world.agency, path=await houston.invitations.invite(operator, None))
    olga = await houston.access.actor(world.agency.workspace.id, world.agency.owner.user_id)
    for each, slug in ((world.a, "acme"), (world.b, "globex")):
        client = await houston.clients.open(slug)
        await world.install(each, path=await houston.invitations.invite(olga, client))
    await world.rule(world.agency)
    await world.rule(world.a)
    await world.rule(world.b)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened(tmp_path) as world:
        await settle(world)
        yield world


@pytest.fixture
async def rotating(tmp_path: Path) -> AsyncIterator[World]:
    async with opened(tmp_path, rotates=True) as world:
        await settle(world)
        yield world


async def until(condition: Callable[[], object]) -> None:
    """Until it is so, where nobody tells."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_what_concerns_a_client_reaches_the_agency_and_that_client_alone(world: World) -> None:
    await world.fails("acme", "1")
    await world.agency.posted(1)
    await world.a.posted(1)
    await world.fails("globex", "2")
    await world.agency.posted(2)
    await world.b.posted(1)
    await world.delivered()
    assert [len(each.posts()) for each in (world.agency, world.a, world.b)] == [2, 1, 1]
    assert "globex" not in str(world.a.posts())
    assert "acme" not in str(world.b.posts())
    assert "Acme" in str(world.agency.posts())


async def test_each_workspaces_people_are_answered_there_with_its_own_token(world: World) -> None:
    for each in (world.agency, world.a, world.b, world.static):
        if each is world.static:
            await invite(each, world.app)
        result = await each.owner.run(each.channel.id, "/houston status")
        assert result.ok

        def answered(each: Site = each) -> list[Message]:
            return [m for m in each.owner.messages(each.channel.id) if m.ephemeral_to == each.owner.user_id]

        (message,) = await each.owner.wait_for(answered, timeout=PATIENCE)
        others = {s.workspace.name for s in (world.agency, world.a, world.b)} - {each.workspace.name}
        if each in (world.a, world.b):
            assert not [name for name in others if name in str(message.blocks)]
            assert "Static" not in str(message.blocks)


async def test_tokens_are_rotated_in_listeners(rotating: World) -> None:
    before = await rotating.expire(rotating.a)
    assert (await rotating.a.owner.run(rotating.a.channel.id, "/houston rules")).ok
    await until(lambda: rotating.token(rotating.a) != before)
    token = await rotating.houston.workspaces.tokens.of(rotating.a.workspace.id)
    assert token is not None


async def test_tokens_are_rotated_in_the_dispatcher(rotating: World) -> None:
    before = await rotating.expire(rotating.a)
    await rotating.fails("acme", "1")
    await rotating.a.posted(1)
    after = rotating.token(rotating.a)
    assert after != before
    kept = await rotating.houston.workspaces.tokens.of(rotating.a.workspace.id)
    assert kept is not None
    assert (kept.token, kept.workspace.rotating_until) == (after, None)
    assert kept.expires_at is not None
    assert kept.expires_at > datetime.now(UTC) + timedelta(hours=11)


async def test_a_removed_client_is_told_to_the_agency_and_comes_back_whole(world: World) -> None:
    world.playground.uninstall(world.app, world.a.workspace.id)
    await world.agency.told("no longer connected to the workspace Acme Slack", world.app)
    assert not (await world.houston.workspaces.get(world.a.workspace.id)).active
    await world.fails("acme", "1")
    await world.agency.posted(1)
    await world.delivered()
    assert world.a.posts() == []

    await world.install(world.a)
    await world.fails("acme", "2")
    (post,) = await world.a.posted(1)
    assert "load_acme" in str(post.blocks).replace(" ", "_").lower()
    workspace = await world.houston.workspaces.get(world.a.workspace.id)
    acme = await world.houston.clients.open("acme")
    assert (workspace.active, workspace.kind, workspace.client_id) == (True, "client", acme.id)


async def test_a_removal_that_no_event_tells_of_is_noticed_by_the_next_post(world: World) -> None:
    """And what was under way ends with a plain reason, not with endless tries."""
    installation = world.app.installations[world.b.workspace.id]
    installation.refused_with = "account_inactive"
    for token in world.app.tokens.values():
        if token.workspace_id == world.b.workspace.id:
            token.refused_with = "account_inactive"
    await world.fails("globex", "1")
    await world.agency.told("no longer connected to the workspace Globex Slack", world.app)
    await world.delivered()
    async with world.houston.store.read() as uow:
        made = await uow.deliveries.all(scope=access.everything())
    (dead,) = [each for each in made if each.workspace_id == world.b.workspace.id]
    assert (dead.state, dead.ts) == (2, "")
    assert "removed from this workspace" in dead.error


async def test_a_workspace_with_its_own_app_has_its_own_connection(world: World) -> None:
    other = world.playground.create_app(manifest())
    own = site(world.playground, "Initech Slack")
    token = world.playground.install(other, own.workspace.id)
    bot = world.playground.users[other.installations[own.workspace.id].bot_user_id]
    world.playground.add_channel(own.workspace.id, "from-before", members=[own.owner.user, bot])
    await world.houston.clients.open("initech")
    async with clients.session() as http:
        plain = clients.plain(http, base_url=world.server.api_url)
        await own_apps.add(
            world.houston,
            plain,
            access.operator(),
            bot_token=token,
            app_token=other.app_token,
            client="initech",
        )
    # The running Houston looks for new apps every half minute, or when somebody is installed.
    await world.connect(world.a)
    await until(lambda: world.playground.sockets.connections(other.id))
    await invite(own, other)
    assert (await own.owner.run(own.channel.id, "/houston rules")).ok
    await until_known(world, own)
    await world.rule(own)
    await world.fails("initech", "1")
    await own.posted(1)
    await world.delivered()
    assert world.a.posts() == []
    async with world.houston.store.read() as uow:
        channels = await uow.channels.member_of(workspace_id=own.workspace.id)
    assert [channel.name for channel in channels] == ["alerts", "from-before"]


async def until_known(world: World, site: Site) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await world.houston.members.find(site.workspace.id, site.owner.user_id):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
