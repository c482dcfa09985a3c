"""Houston at work in the town: everything real but the language model, the drawing and the key's owner."""

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.streams import Answers
from bot.bolt import build_bolt_app
from bot.connect import clients, oauth, own_apps, revocation
from bot.connect.connections import Connections
from bot.connect.manifest import bot_scopes
from bot.connect.tokens import Credentials, Tokens
from bot.messenger import SlackMessenger
from bot.posting.pictures import upload
from bot.posting.webhooks import WebhookMessenger
from bot.views.announcement import plain as plain_words
from houston.assembly import Houston, assemble
from houston.notify.lanes import Pace
from houston.notify.places.elsewhere import Elsewhere
from houston.notify.places.everywhere import Everywhere
from houston.notify.places.urls import Urls
from houston.watch.chart import Chart
from houston.web.limits import Limit, Limits
from houston.web.server import WebServer
from houston.web.slack import SlackSide
from store.sources.reach import Reach
from store.tables import ApiKey
from tests.leaks import asked, doors
from tests.leaks.asked import NotedSources
from tests.leaks.canaries import canary
from tests.leaks.elsewhere import HOST
from tests.leaks.hands import Hands
from tests.leaks.model import TellTale
from tests.leaks.overhearing import Overheard
from tests.leaks.planting import keep_answer, plant
from tests.leaks.rows import Planted, Planter
from tests.leaks.town import Town, open_town
from tests.patience import PATIENCE
from tests.store.databases import fresh_url, new_store
from tools import ALL_TOOLS

KEYS = {"agency": None, "client A": "a", "client B": "b", "revoked": "a"}
"""API keys by name, with the owner of the client that each is bound to."""

PACE = Pace(
    burst=10**6,
    per_second=1e6,
    workspace_burst=10**6,
    workspace_per_second=1e6,
    edit_burst=10**6,
    edits_per_second=1e6,
    window=0.0,
)
"""Nobody waits here for a lane."""
LOOKS = ("outlier", "freshness", "alert", "feed", "purge")
PUBLIC_URL, REDIRECT_PATH = "http://houston.example", "/slack/oauth_redirect"


class Clock:
    """The time, which can be moved on."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def forward(self, **by: float) -> None:
        self._ahead += timedelta(**by)


@dataclass(kw_only=True)
class House:
    town: Town
    houston: Houston
    planted: dict[str, Planted]
    clock: Clock
    model: TellTale
    connections: Connections
    slack: clients.Clients
    answers: Answers
    overheard: Overheard
    http: aiohttp.ClientSession
    url: str
    server: WebServer
    sources: NotedSources
    keys: dict[str, str] = field(default_factory=dict)
    laid: set[str] = field(default_factory=set)
    """Another's rows that an attempt itself put there to go for, as they must stay."""
    reached: list[str] = field(default_factory=list)
    """The doors that were entered, in their order."""

    def hands(self, who: str) -> Hands:
        return Hands(town=self.town, who=who)

    async def settle(self) -> None:
        """Until every event is acknowledged and every listener has ended."""
        async with asyncio.timeout(PATIENCE):
            calm = 0
            while calm < 2:
                await asyncio.sleep(0)
                busy = [*self.town.sockets.busy, *self._listening()]
                calm = 0 if busy else calm + 1
                if busy:
                    await asyncio.wait(busy)

    async def told(self) -> None:
        """Until every delivery that is due has gone out."""
        assert self.houston.dispatcher is not None
        async with asyncio.timeout(PATIENCE * 6):
            await self.houston.dispatcher.claim_due()
            await self.houston.dispatcher.drained()
        await self.settle()

    async def looked(self) -> None:
        """Until what is due to be watched has been looked at, and told."""
        now = self.clock()
        await self.houston.checks.due(now)
        await self.houston.alert_checks.due(now)
        await self.houston.feeds.due(now)
        await self.houston.alert_checks.settled()
        await self.houston.feeds.settled()
        await self.told()

    def web_doors(self) -> set[str]:
        """The web server's own routes."""
        routes = self.server._runner.app.router.routes()
        found = {f"{each.method} {each.resource.canonical}" for each in routes if each.resource}
        return {name for name in found if not name.startswith("HEAD ")}

    def _listening(self) -> list[asyncio.Task[Any]]:
        return [task for task in self.connections.running._tasks if not task.done()]


@asynccontextmanager
async def open_house(folder: Path) -> AsyncIterator[House]:
    async with AsyncExitStack() as closing:
        town = await closing.enter_async_context(open_town())
        overheard = closing.enter_context(Overheard(town.watch))
        clock, model = Clock(), TellTale(honest={})
        asked.lay(folder, town)
        store = new_store(fresh_url("sqlite", folder), clock)
        await store.open()
        planted = await plant(store, town, clock())
        slack: clients.Clients
        connections: Connections
        urls = Urls(store=store)
        sources = asked.opened(folder, clock)
        closing.push_async_callback(sources.close)
        houston = assemble(
            store,
            now=clock,
            rng=random.Random(7),
            model=model,
            tools=ALL_TOOLS,
            messenger=_everywhere(lambda id: slack.delivering(id), urls, town, closing),
            urls=urls,
            slack_origin=town.server.url,
            pace=PACE,
            sources=sources,
        )
        closing.push_async_callback(houston.close)
        plain = clients.plain(town.http, base_url=town.server.api_url)
        tokens = Tokens(houston.workspaces, plain, now=clock)
        slack = clients.Clients(tokens=tokens, http=town.http, base_url=town.server.api_url)
        bolt = build_bolt_app(
            houston,
            slack,
            now=clock,
            connection=lambda workspace_id: connections.words(workspace_id),
            states=lambda: connections.states(),
            changed=lambda: connections.changed(),
            public_url=PUBLIC_URL,
            answers=(answers := Answers()),
        )
        for listener in bolt._async_listeners:
            listener.ack_timeout = PATIENCE
        connections = Connections(bolt, town.app.app_token, houston.workspaces.tokens.own_apps)
        closing.push_async_callback(connections.close)
        await connections.open()
        server = WebServer(
            houston,
            host="127.0.0.1",
            port=0,
            routes=oauth.routes(houston, slack, _install(town), changed=connections.changed),
            limits=_without_limits(),
            connections=connections.states,
            slack=SlackSide(
                connect=partial(own_apps.add, houston, plain),
                erased=partial(revocation.revoke_all, plain),
                changed=connections.changed,
            ),
        )
        closing.push_async_callback(server.stop)
        await server.start()
        _look_by_hand(houston)
        houston.start()
        house = House(
            town=town,
            houston=houston,
            planted=planted,
            clock=clock,
            model=model,
            connections=connections,
            slack=slack,
            answers=answers,
            overheard=overheard,
            http=await closing.enter_async_context(aiohttp.ClientSession()),
            url=server.url,
            server=server,
            sources=sources,
        )
        _note_entries(bolt, house.reached)
        await _make_keys(house)
        yield house
        await house.told()


def _look_by_hand(houston: Houston) -> None:
    """What looks at whatever is due would do so in the middle of anybody's attempt."""
    assert houston.timetable is not None
    for job in houston.timetable._scheduler.get_jobs():
        if job.args[0].name in LOOKS:
            job.remove()


def _note_entries(bolt: AsyncApp, reached: list[str]) -> None:
    """Write down which listener runs. Bolt holds them in the order in which they were registered."""
    for door, listener in zip(doors.listeners(), bolt._async_listeners, strict=True):
        listener.ack_function = _noting(listener.ack_function, door, reached)


def _noting(function: Any, door: str, reached: list[str]) -> Any:
    async def run(*arguments: Any, **named: Any) -> Any:
        reached.append(door)
        return await function(*arguments, **named)

    return run


def _everywhere(client_for: Any, urls: Urls, town: Town, closing: AsyncExitStack) -> Everywhere:
    """Every way for messages, as app.py puts them together."""

    async def uploaded(client: AsyncWebClient, chart: Chart) -> str | None:
        return await upload(client, chart, drawn=_written)

    slack = SlackMessenger(client_for, uploaded=uploaded)
    closing.push_async_callback(slack.close)
    services = Elsewhere(urls, plain_words, Reach(allowed=[HOST]))
    closing.push_async_callback(services.close)
    return Everywhere(slack=slack, others={"webhook": WebhookMessenger(urls, town.http), "service": services})


def _written(chart: Chart) -> bytes:
    """A picture whose every word can be searched."""
    return b"\x89PNG\r\n\x1a\n" + repr(chart).encode()


def _install(town: Town) -> oauth.OAuth:
    app = town.app
    return oauth.OAuth(
        credentials=Credentials(client_id=app.client_id, client_secret=app.client_secret),
        redirect_uri=f"{PUBLIC_URL}{REDIRECT_PATH}",
        consent_url=f"{town.server.url}/oauth/v2/authorize",
        public_url=PUBLIC_URL,
        scopes=bot_scopes(),
    )


def _without_limits() -> Limits:
    """Nobody waits here."""
    return Limits(by_key=Limit(per_second=1e6, burst=10**6), failures=Limit(per_second=1e6, burst=10**6))


async def _make_keys(house: House) -> None:
    store, now = house.houston.store, house.clock()
    async with store.begin() as uow:
        planter = Planter(store, uow, house.town, now)
        for number, (name, owner) in enumerate(KEYS.items()):
            key = f"hk_secret-of-{number}-{name.replace(' ', '-')}"
            row = ApiKey(
                name=canary(owner, f"key name {'abcd'[number]}") if owner else "a program",
                created_by=canary(owner or "g", "key creator"),
                hash=hashlib.sha256(key.encode()).hexdigest(),
                client_id=house.planted[owner].client_id if owner else None,
                created_at=now,
                revoked_at=now if name == "revoked" else None,
            )
            await planter.add(row)
            if name.startswith("client "):
                assert owner
                await keep_answer(planter, house.planted[owner], row.id or 0)
            house.keys[name] = key
        await uow.commit()
    house.town.watch.secrets += house.keys.values()
