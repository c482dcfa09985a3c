"""Add to Slack: the page at `/`, Slack's consent, and the way back."""

import logging
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from aiohttp import web
from slack_sdk.errors import SlackApiError

from bot.connect import installs
from bot.connect.clients import Clients
from bot.connect.exchange import Exchange
from bot.connect.tokens import Credentials
from bot.refusals import FAILURES, code, failure
from bot.views import pages
from bot.views.trouble import trouble
from houston.assembly import Houston
from houston.config import origin
from houston.errors import HoustonError, PermanentFailure, SettingsError
from houston.team.invitations import INSTALL_PATH, InstallRefused
from store.tables import Workspace

log = logging.getLogger(__name__)

COOKIE_SECONDS = 600
COOKIE = re.compile(r"[A-Za-z0-9_-]{43}")
COOKIE_BYTES = 32

TAKEN = ("/api", "/healthz", "/readyz", "/metrics", INSTALL_PATH)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, kw_only=True)
class OAuth:
    """The Slack app that people install. `scopes` are those that it asks for."""

    credentials: Credentials
    redirect_uri: str
    consent_url: str
    public_url: str
    scopes: tuple[str, ...]

    @property
    def origin(self) -> str:
        """Where the install begins, so that its cookie comes back with the redirect."""
        return origin(self.redirect_uri)

    @property
    def path(self) -> str:
        return urlsplit(self.redirect_uri).path

    @property
    def form_targets(self) -> tuple[str, ...]:
        """Slack's consent may be on the workspace's own subdomain."""
        slack = origin(self.consent_url)
        more = ("https://*.slack.com",) if slack == "https://slack.com" else ()
        return ("'self'", self.origin, slack, *more)

    def consent(self, state: str) -> str:
        asked = {
            "client_id": self.credentials.client_id,
            "scope": ",".join(self.scopes),
            "redirect_uri": self.redirect_uri,
            "state": state,
        }
        return f"{self.consent_url}?{urlencode(asked)}"


def routes(
    houston: Houston, slack: Clients, settings: OAuth | None, *, changed: Callable[[], None]
) -> list[web.RouteDef]:
    """Houston's pages. `changed` is called when a workspace was connected.

    Without `settings` the pages say that Add to Slack is not set up. Raises SettingsError where the
    redirect URI would cover another page.
    """
    if settings is None:
        closed = _Closed(houston)
        return [web.get("/", closed.home), web.get(INSTALL_PATH, closed.begin)]
    if settings.path in ("", "/") or settings.path.startswith(TAKEN):
        raise SettingsError(
            {"SLACK_REDIRECT_URI": "needs a path of its own, such as /slack/oauth_redirect at its end."}
        )
    install = Install(houston, slack, settings, changed)
    return [
        web.get("/", install.page(install.home)),
        web.get(INSTALL_PATH, install.page(install.begin), allow_head=False),
        web.post(INSTALL_PATH, install.page(install.begin_with_code)),
        web.get(settings.path, install.page(install.finish), allow_head=False),
    ]


class _Closed:
    """The same addresses where no Slack app is there to install."""

    def __init__(self, houston: Houston) -> None:
        self._houston = houston

    async def home(self, request: web.Request) -> web.Response:
        return _html(pages.welcome(pages.Welcome(install_url=None, asks_code=False)))

    async def begin(self, request: web.Request) -> web.Response:
        found = trouble("no_oauth")
        return _html(pages.failed(found, "/"), status=found.status)


class Install:
    """From the start page through Slack's consent to a connected workspace."""

    def __init__(
        self, houston: Houston, slack: Clients, settings: OAuth, changed: Callable[[], None]
    ) -> None:
        self._houston = houston
        self._slack = slack
        self._settings = settings
        self._changed = changed
        self._exchange = Exchange(
            slack,
            settings.credentials,
            redirect_uri=settings.redirect_uri,
            now=houston.onboarding.now,
        )
        self._is_secure = settings.redirect_uri.startswith("https:")
        self._cookie = "__Host-houston_install" if self._is_secure else "houston_install"

    def page(self, handler: Handler) -> Handler:
        """Whatever goes wrong is told as a page."""

        async def answer(request: web.Request) -> web.StreamResponse:
            try:
                return await handler(request)
            except InstallRefused as refused:
                return self._failed(refused.reason)
            except FAILURES as error:
                return self._failed(_reason(error))
            except HoustonError as error:
                return self._failed("unexpected", error.message)
            except web.HTTPException:
                raise
            except Exception as error:  # noqa: BLE001 the one place that answers for what nobody expected
                where = f"{request.method} {request.path}"
                reference = await self._houston.faults.unhandled(error, where)
                return self._failed("unexpected", f"Its reference is {reference}.")

        return answer

    async def home(self, request: web.Request) -> web.StreamResponse:
        asks_code = await self._houston.onboarding.is_open()
        content = pages.Welcome(install_url=f"{self._settings.origin}{INSTALL_PATH}", asks_code=asks_code)
        return self._shown(pages.welcome(content))

    async def begin(self, request: web.Request) -> web.StreamResponse:
        """To Slack's consent: plainly, or by an invitation."""
        invitation = request.query.get("invitation")
        if request.host != urlsplit(self._settings.origin).netloc and "at" not in request.query:
            return _sent(f"{self._settings.origin}{INSTALL_PATH}?{urlencode({**request.query, 'at': '1'})}")
        if invitation is None and await self._houston.onboarding.is_open():
            return _sent(f"{self._settings.origin}/")
        return await self._to_slack(request, invitation=invitation)

    async def begin_with_code(self, request: web.Request) -> web.StreamResponse:
        """To Slack's consent with the setup code, which is not to be seen in any address."""
        typed = (await request.post()).get("setup_code", "")
        return await self._to_slack(request, setup_code=typed if isinstance(typed, str) else "")

    async def finish(self, request: web.Request) -> web.StreamResponse:
        """Back from Slack with a code, or with Slack's reason why not."""
        asked, browser = request.query, request.cookies.get(self._cookie, "")
        if not asked.get("state") and not asked.get("error"):
            raise InstallRefused("no_state", "The state is missing.")
        onboarding = self._houston.onboarding
        leave = await onboarding.redeem(asked["state"], browser) if not asked.get("error") else None
        if leave is None:
            return self._failed(asked["error"])
        if not asked.get("code"):
            raise InstallRefused("no_code", "The code is missing.")
        installed = await self._exchange.installed(asked["code"])
        known = await self._houston.workspaces.find(installed.team_id)
        try:
            workspace = await onboarding.install(leave, installed)
        except InstallRefused as refused:
            if not refused.keeps_token:
                await self._exchange.revoke(installed.bot_token, of=installed.team_id)
            raise
        self._changed()
        await installs.arrived(self._houston, self._slack, workspace)
        return self._connected(workspace, returned=known is not None)

    async def _to_slack(
        self, request: web.Request, *, invitation: str | None = None, setup_code: str | None = None
    ) -> web.StreamResponse:
        held = request.cookies.get(self._cookie, "")
        browser = held if COOKIE.fullmatch(held) else secrets.token_urlsafe(COOKIE_BYTES)
        state = await self._houston.onboarding.begin(browser=browser, invitation=invitation, code=setup_code)
        answer = _sent(self._settings.consent(state))
        answer.set_cookie(
            self._cookie,
            browser,
            max_age=COOKIE_SECONDS,
            path="/",
            secure=self._is_secure,
            httponly=True,
            samesite="Lax",
        )
        return answer

    def _connected(self, workspace: Workspace, *, returned: bool) -> web.Response:
        slack = origin(self._settings.consent_url)
        asked = urlencode({"app": workspace.app_id, "team": workspace.id})
        open_url = f"{slack}/app_redirect?{asked}" if slack == "https://slack.com" else f"{slack}/"
        success = pages.Success(name=workspace.name, open_url=open_url, returned=returned)
        return self._shown(pages.installed(success))

    def _failed(self, reason: str, detail: str = "") -> web.Response:
        found = trouble(reason, detail)
        log.info("an install ended with %d: %s", found.status, found.title)
        return self._shown(pages.failed(found, f"{self._settings.origin}/"), status=found.status)

    def _shown(self, html: str, *, status: int = 200) -> web.Response:
        return _html(html, status=status, form_targets=self._settings.form_targets)


def _reason(error: Exception) -> str:
    """Slack's own word for a refusal, else how it is away."""
    if isinstance(error, TimeoutError):
        return "slack_slow"
    if isinstance(error, SlackApiError) and isinstance(failure(error), PermanentFailure):
        return code(error)
    return "slack_down"


def _html(html: str, *, status: int = 200, form_targets: tuple[str, ...] = ()) -> web.Response:
    return web.Response(
        text=html, status=status, content_type="text/html", headers=pages.headers(form_targets)
    )


def _sent(location: str) -> web.Response:
    """On to another page; 303 makes a GET of it."""
    return web.Response(status=303, headers={"Location": location, **pages.headers()})
