import errno
from collections.abc import Sequence

from aiohttp import web
from aiohttp.typedefs import Handler

from houston.assembly import Houston
from houston.errors import HoustonError, SettingsError
from houston.web import health, metrics, openapi, problems
from houston.web.answering import HOUSTON, LIMITS, SLACK, answering
from houston.web.api import ENDPOINTS, PREFIX
from houston.web.health import HEALTH, Connections, Health, no_connections
from houston.web.limits import Limits
from houston.web.metrics import METRICS_TOKEN
from houston.web.slack import SlackSide

WITHOUT_SLACK = SlackSide()
LARGEST_BODY = 4 * 1024 * 1024
SHUTDOWN_SECONDS = 5.0


def build_app(
    houston: Houston,
    routes: Sequence[web.RouteDef] = (),
    *,
    limits: Limits | None = None,
    connections: Connections = no_connections,
    metrics_token: str | None = None,
    slack: SlackSide = WITHOUT_SLACK,
) -> web.Application:
    """`routes` are those of others, such as Slack's install flow."""
    app = web.Application(middlewares=[as_problems], client_max_size=LARGEST_BODY)
    app[HOUSTON] = houston
    app[SLACK] = slack
    app[LIMITS] = limits or Limits()
    app[HEALTH] = Health(connections=connections, now=houston.clients.now)
    app[METRICS_TOKEN] = metrics_token or ""
    app.add_routes(
        [*health.ROUTES, *metrics.ROUTES, web.get(f"{PREFIX}/openapi.json", openapi.serve), *routes]
    )
    for endpoint in ENDPOINTS:
        app.router.add_route(endpoint.method, PREFIX + endpoint.path, answering(endpoint))
    return app


@web.middleware
async def as_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every failure leaves as problem details; what nobody expected, with its reference only."""
    try:
        return await handler(request)
    except problems.Problem as problem:
        return problem.response()
    except HoustonError as error:
        return problems.of_houston(error).response()
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return problems.of_http(error).response()
    except Exception as error:  # noqa: BLE001 the one place that answers for what nobody expected
        reference = await request.app[HOUSTON].faults.unhandled(
            error, f"{request.method} {_address(request)}"
        )
        return problems.Problem(500, f"Something went wrong (reference {reference}).").response()


def _address(request: web.Request) -> str:
    """The route's own pattern: no ids, so that the same fault stays the same."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "an unknown address"


class WebServer:
    """Houston's HTTP side: the API, health, and the routes of others."""

    def __init__(
        self,
        houston: Houston,
        *,
        host: str,
        port: int,
        routes: Sequence[web.RouteDef] = (),
        limits: Limits | None = None,
        connections: Connections = no_connections,
        metrics_token: str | None = None,
        slack: SlackSide = WITHOUT_SLACK,
    ) -> None:
        """`connections` says how those to Slack stand; it is asked at each look. `slack` does
        what the API needs done there."""
        self._host, self._port = host, port
        app = build_app(
            houston,
            routes,
            limits=limits,
            connections=connections,
            metrics_token=metrics_token,
            slack=slack,
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)

    async def start(self) -> None:
        """Raises SettingsError where the port is taken."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            taken = "is taken by another program" if error.errno == errno.EADDRINUSE else "cannot be used"
            raise SettingsError(
                {"HOUSTON_PORT": f"{self._host}:{self._port} {taken}; set HOUSTON_HOST or HOUSTON_PORT."}
            ) from error

    @property
    def url(self) -> str:
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def stop(self) -> None:
        await self._runner.cleanup()
