"""The local Slack as an HTTP server: Web API, consent, Socket Mode, webhooks, response URLs and files."""

import asyncio
from collections.abc import Sequence

from aiohttp import web

from bot.playground.hooks import answer_response_url, answer_webhook
from bot.playground.page import consent
from bot.playground.state import Playground
from bot.playground.transfers import download, upload
from bot.playground.webapi import answer_call

_UPLOAD_LIMIT = 100 * 1024 * 1024


class PlaygroundServer:
    """Port 0 takes a free one; `url` and `api_url` are known after `start`."""

    def __init__(
        self,
        playground: Playground,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        extra_routes: Sequence[web.AbstractRouteDef] = (),
    ) -> None:
        self.playground = playground
        self._host = host
        self._port = port
        self._extra_routes = extra_routes
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return self.playground.origin

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    async def start(self) -> None:
        application = web.Application(client_max_size=_UPLOAD_LIMIT)
        application.add_routes([*self._routes(), *self._extra_routes])
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.playground.origin = f"http://{host}:{port}"

    async def stop(self) -> None:
        await self.playground.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> "PlaygroundServer":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def _routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/api/{method}", self._api),
            web.get("/link/", self._link),
            web.get("/oauth/v2/authorize", self._consent),
            web.post("/oauth/v2/authorize", self._consented),
            web.post("/services/{workspace}/{webhook}/{secret}", self._webhook),
            web.post("/actions/{workspace}/{number}/{secret}", self._response_url),
            web.route("*", "/upload/v1/{file}/{secret}", self._upload),
            web.get("/files-pri/{reference}/{name}", self._download),
        ]

    async def _api(self, request: web.Request) -> web.StreamResponse:
        return await answer_call(self.playground, request)

    async def _consent(self, request: web.Request) -> web.StreamResponse:
        return await consent.show(self.playground, request)

    async def _consented(self, request: web.Request) -> web.StreamResponse:
        return await consent.answer(self.playground, request)

    async def _webhook(self, request: web.Request) -> web.StreamResponse:
        return await answer_webhook(self.playground, request)

    async def _response_url(self, request: web.Request) -> web.StreamResponse:
        return await answer_response_url(self.playground, request)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        return await upload(self.playground, request)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        return await download(self.playground, request)

    async def _link(self, request: web.Request) -> web.StreamResponse:
        app_id = self.playground.sockets.redeem(request.query.get("ticket", ""))
        if app_id is None or not isinstance(request.transport, asyncio.Transport):
            return web.Response(status=404, text="invalid_ticket")
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await self.playground.sockets.serve(app_id, socket, request.transport)
        return socket
