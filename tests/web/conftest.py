import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from houston.access import Actor, operator
from houston.agent.patterns.model import PatternsModel
from houston.assembly import Houston, assemble
from houston.errors import Invalid
from houston.team.erasure import Erased
from houston.web.server import WebServer
from houston.web.slack import SlackSide
from store.sources import Sources
from store.tables import Event, Workspace
from tests.store.agency import EVERYTHING, Agency, open_agency
from tests.store.databases import Clock, fresh_url, new_store


@dataclass(frozen=True, kw_only=True)
class Reply:
    status: int
    json: Any
    headers: Any


@dataclass(frozen=True, kw_only=True)
class Api:
    """A running Houston's HTTP side, and the keys to it."""

    houston: Houston
    agency: Agency
    clock: Clock
    http: aiohttp.ClientSession
    url: str
    agency_key: str
    acme_key: str
    erased: list[Erased]
    """What Slack was to hear of deleted clients."""
    files: Path = Path()
    """Where data sources may read."""

    async def ask(self, method: str, path: str, *, key: str | None = "", **more: Any) -> Reply:
        """`key` is the agency's unless another is given, or None."""
        headers = {"Authorization": f"Bearer {key or self.agency_key}"} if key is not None else {}
        headers |= more.pop("headers", {})
        async with self.http.request(method, self.url + path, headers=headers, **more) as response:
            return Reply(
                status=response.status, json=await response.json(content_type=None), headers=response.headers
            )

    async def post(self, path: str, body: Any, **more: Any) -> Reply:
        return await self.ask("POST", f"/api/v1{path}", json=body, **more)

    async def told(self) -> Sequence[Event]:
        """The events so far, oldest first."""
        async with self.houston.store.read() as uow:
            return (await uow.events.all(scope=EVERYTHING))[::-1]


@dataclass(frozen=True)
class Tokens:
    """Slack's side as far as tokens go: those of workspace T2 are good."""

    houston: Houston

    async def __call__(
        self, actor: Actor, *, bot_token: str, app_token: str, client: str | None
    ) -> Workspace:
        actor.demand_agency("connect workspaces")
        if bot_token != "xoxb-2":
            raise Invalid("bot_token", "Slack does not take the bot token.")
        return await self.houston.workspaces.connected("T2", "Second", "U0", None)


def no_names(host: str) -> list[str]:
    """A resolver that asks nobody."""
    raise OSError("no names here")


def everything_kept(folder: Path) -> bytes:
    """The database and its log, byte by byte."""
    return b"".join(path.read_bytes() for path in folder.glob("houston*"))


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Api]:
    clock, url, files = Clock(), fresh_url("sqlite", tmp_path), tmp_path / "files"
    files.mkdir()
    store = new_store(url, clock)
    await store.open()
    agency = await open_agency(store, clock())
    sources = Sources(own_url=url, file_roots=[files], allow_hosts=(), now=clock, resolve=no_names)
    houston = assemble(
        store, now=clock, rng=random.Random(7), model=PatternsModel(), tools=(), sources=sources
    )
    erased: list[Erased] = []

    async def hear(each: Erased) -> None:
        erased.append(each)

    side = SlackSide(connect=Tokens(houston), erased=hear)
    server = WebServer(houston, host="127.0.0.1", port=0, slack=side)
    await server.start()
    async with aiohttp.ClientSession() as http:
        yield Api(
            houston=houston,
            agency=agency,
            clock=clock,
            http=http,
            url=server.url,
            agency_key=(await houston.api_keys.create(operator(), "pipelines")).key,
            erased=erased,
            files=files,
            acme_key=(await houston.api_keys.create(operator(), "acme's shop", "acme")).key,
        )
    await server.stop()
    await houston.close()
    await sources.close()
