"""Houston, connected to Slack and listening on HTTP."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Any

from aiohttp import ClientSession
from aiohttp.web import RouteDef
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers import expiring, resuming
from bot.answers.streams import Answers
from bot.bolt import build_bolt_app
from bot.connect import clients, installs, oauth, own_apps, revocation
from bot.connect.connections import Connections
from bot.connect.manifest import bot_scopes
from bot.connect.tokens import Credentials, Tokens
from bot.messenger import SlackMessenger
from bot.posting.webhooks import WebhookMessenger
from bot.views.announcement import plain as plain_text
from houston.agent.messages import ChatModel
from houston.agent.tool import Tool
from houston.assembly import Houston, assemble
from houston.config import Settings, slack_origin
from houston.notify.messenger import Messenger
from houston.notify.places.everywhere import Everywhere
from houston.notify.places.urls import Urls
from houston.opening import open_model, open_services, open_sources, open_store
from houston.web.server import WebServer
from houston.web.slack import SlackSide

log = logging.getLogger(__name__)


@asynccontextmanager
async def running(
    found: Settings,
    *,
    tools: Sequence[Tool],
    now: Callable[[], datetime],
    model: ChatModel | None = None,
) -> AsyncIterator[Houston]:
    """It ticks once somebody calls `start`. `model` stands in for the one that the settings name."""
    async with AsyncExitStack() as closing:
        store = await open_store(found, now, closing)
        http = await closing.enter_async_context(clients.session())
        plain = clients.plain(http, base_url=found.slack_api_url)

        async def client_for(workspace_id: str) -> Any:
            return await slack.delivering(workspace_id)

        messenger, urls = SlackMessenger(client_for), Urls(store=store)
        closing.push_async_callback(messenger.close)
        sources = open_sources(found, now, closing)
        houston = assemble(
            store,
            now=now,
            rng=random.Random(),
            model=model or _model(found, closing),
            tools=tools,
            messenger=_everywhere(found, messenger, urls, http, closing),
            urls=urls,
            slack_origin=slack_origin(found),
            sources=sources,
        )
        closing.push_async_callback(houston.close)
        _report_lost_errors(houston, closing)
        tokens = Tokens(houston.workspaces, plain, credentials=_credentials(found), now=now)
        closing.push_async_callback(tokens.close)
        slack = clients.Clients(tokens=tokens, http=http, base_url=found.slack_api_url)
        await _connect(found, houston, slack, plain, now, closing)
        yield houston


def _model(found: Settings, closing: AsyncExitStack) -> ChatModel:
    return open_model(
        found.houston_model, closing, api_key=found.openai_api_key, base_url=found.openai_base_url
    )


def _everywhere(
    found: Settings, slack: Messenger, urls: Urls, http: ClientSession, closing: AsyncExitStack
) -> Messenger:
    """Slack, its incoming webhooks, and all other services."""
    services = open_services(found, urls, plain_text, closing)
    return Everywhere(slack=slack, others={"webhook": WebhookMessenger(urls, http), "service": services})


async def _connect(
    found: Settings,
    houston: Houston,
    slack: clients.Clients,
    plain: AsyncWebClient,
    now: Callable[[], datetime],
    closing: AsyncExitStack,
) -> None:
    """Hear Slack and the web, as long as `closing` stays open."""
    if found.slack_bot_token:
        await installs.connect(houston, slack.tokens, plain, found.slack_bot_token, found.slack_app_token)
    install, answers = _oauth(found), Answers()
    bolt = build_bolt_app(
        houston,
        slack,
        now=now,
        connection=lambda workspace_id: connections.words(workspace_id),
        states=lambda: connections.states(),
        changed=lambda: connections.changed(),
        public_url=install.public_url if install else None,
        answers=answers,
    )
    connections = Connections(
        bolt,
        found.slack_app_token,
        houston.workspaces.tokens.own_apps,
        arrived=partial(installs.arrived, houston, slack),
    )
    closing.push_async_callback(connections.close)
    await connections.open()
    _meanwhile(installs.refresh_all(houston, slack), "channels of every workspace", closing)
    _meanwhile(resuming.watch(houston, slack, answers), "interrupted answers", closing)
    if houston.timetable:
        houston.timetable.add(expiring.tick(houston, slack, now))
    routes = oauth.routes(houston, slack, install, changed=connections.changed)
    server = _server(found, houston, plain, connections, routes)
    closing.push_async_callback(server.stop)
    await server.start()
    await _say_how_to_begin(found, houston)


def _server(
    found: Settings,
    houston: Houston,
    plain: AsyncWebClient,
    connections: Connections,
    routes: Sequence[RouteDef],
) -> WebServer:
    return WebServer(
        houston,
        host=found.houston_host,
        port=found.houston_port,
        routes=routes,
        connections=connections.states,
        slack=SlackSide(
            connect=partial(own_apps.add, houston, plain),
            erased=partial(revocation.revoke_all, plain),
            changed=connections.changed,
        ),
        metrics_token=found.houston_metrics_token,
    )


async def _say_how_to_begin(found: Settings, houston: Houston) -> None:
    if found.has_oauth and await houston.onboarding.is_open():
        code = houston.onboarding.setup_code()
        log.warning(
            "To connect your first workspace, open %s and enter the setup code %s", found.public_url, code
        )
    elif not await houston.workspaces.all_active():
        log.warning("No workspace is connected: set SLACK_BOT_TOKEN, or use `app.py workspace add`.")


def _credentials(found: Settings) -> Credentials | None:
    if found.slack_client_id is None or found.slack_client_secret is None:
        return None
    return Credentials(client_id=found.slack_client_id, client_secret=found.slack_client_secret)


def _oauth(found: Settings) -> oauth.OAuth | None:
    credentials = _credentials(found)
    if credentials is None or found.slack_redirect_uri is None:
        return None
    return oauth.OAuth(
        credentials=credentials,
        redirect_uri=found.slack_redirect_uri,
        consent_url=found.consent_url,
        public_url=found.public_url,
        scopes=bot_scopes(),
    )


def _meanwhile(work: Coroutine[Any, Any, None], name: str, closing: AsyncExitStack) -> None:
    """A task beside everything else, gone at the end."""

    async def cancelled() -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    task = asyncio.create_task(work, name=name)
    closing.push_async_callback(cancelled)


def _report_lost_errors(houston: Houston, closing: AsyncExitStack) -> None:
    """Tell of what fails in a task that nobody waits for, as of any other fault."""
    loop = asyncio.get_running_loop()
    telling: set[asyncio.Task[str]] = set()

    def lost(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if not isinstance(error, Exception):
            loop.default_exception_handler(context)
            return
        task = loop.create_task(houston.faults.unhandled(error, "a background task"))
        telling.add(task)
        task.add_done_callback(telling.discard)

    loop.set_exception_handler(lost)
    closing.callback(loop.set_exception_handler, None)
