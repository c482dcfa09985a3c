"""Consent to an app: what it asks for, who may give it, and the code that Slack hands out for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import SplitResult, urlencode, urlsplit

from bot.playground.nouns import App, NotAllowed, User, Workspace

if TYPE_CHECKING:
    from bot.playground.state import Playground

CodeProblem = Literal["invalid_code", "code_already_used", "bad_redirect_uri"]


class ConsentRefused(NotAllowed):
    """Slack shows an error page and sends nobody back to the app; `error` is Slack's name for it."""

    def __init__(self, error: str, text: str) -> None:
        super().__init__(f"{error}: {text}")
        self.error = error
        self.text = text


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one visit of an app's authorization URL asks for."""

    id: str
    app_id: str
    scopes: tuple[str, ...]
    #: as the app gave it; None where it relies on the first one that is configured
    redirect_uri: str | None
    #: where the person is sent afterwards
    target: str
    state: str
    team: str | None


@dataclass(kw_only=True)
class Code:
    app_id: str
    workspace_id: str
    user_id: str
    scopes: tuple[str, ...]
    redirect_uri: str | None
    made_at: float
    is_used: bool = False


def ask(playground: "Playground", query: Mapping[str, str]) -> Asked:
    """Reads the query of `/oauth/v2/authorize`. Raises ConsentRefused."""
    app = _app(playground, query.get("client_id", ""))
    asked = Asked(
        id=playground.ids.secret(32),
        app_id=app.id,
        scopes=_scopes(app, query),
        redirect_uri=query.get("redirect_uri") or None,
        target=_target(app, query.get("redirect_uri", "")),
        state=query.get("state", ""),
        team=_team(playground, query.get("team", "")),
    )
    playground.asked[asked.id] = asked
    return asked


def installers(playground: "Playground", asked: Asked) -> list[tuple[Workspace, list[User]]]:
    """The people who can be asked, by workspace; those who may not install are among them."""
    found = []
    for workspace in playground.workspaces.values():
        people = [each for each in playground.users_of(workspace.id) if not (each.is_bot or each.deleted)]
        if people and asked.team in (None, workspace.id):
            found.append((workspace, people))
    return found


def answer(playground: "Playground", asked_id: str, user_id: str, *, allow: bool) -> str:
    """Where the browser goes next. Each visit is answered once. Raises ConsentRefused."""
    asked, user = playground.asked.get(asked_id), playground.users.get(user_id)
    if asked is None:
        raise ConsentRefused("invalid_request", "This was answered already. Start again from the app.")
    outcome = _code(playground, asked, user) if allow else {"error": "access_denied"}
    del playground.asked[asked_id]
    if asked.state:
        outcome["state"] = asked.state
    joint = "&" if "?" in asked.target else "?"
    return f"{asked.target}{joint}{urlencode(outcome)}"


def redeem(playground: "Playground", app: App, value: str, redirect_uri: str | None) -> Code | CodeProblem:
    """Uses the code up, unless it is refused."""
    code = playground.codes.get(value)
    if code is None or code.app_id != app.id:
        return "invalid_code"
    if code.is_used:
        return "code_already_used"
    if playground.now() - code.made_at > playground.timings.code_life:
        return "invalid_code"
    if code.redirect_uri != redirect_uri:
        return "bad_redirect_uri"
    code.is_used = True
    return code


def _app(playground: "Playground", client_id: str) -> App:
    for app in playground.apps.values():
        if app.client_id == client_id:
            return app
    raise ConsentRefused("invalid_client_id", "Invalid client_id parameter")


def _scopes(app: App, query: Mapping[str, str]) -> tuple[str, ...]:
    """Those asked for. There are no user tokens here, so no user scope is one that the app may ask for."""
    asked = tuple(query.get("scope", "").replace(",", " ").split())
    strange = [*(each for each in asked if each not in app.scopes), *query.get("user_scope", "").split()]
    if strange:
        raise ConsentRefused("invalid_scope", f"Invalid permissions requested: {', '.join(strange)}")
    if not asked:
        raise ConsentRefused("no_scopes", "No scopes requested")
    return asked


def _target(app: App, given: str) -> str:
    if not app.redirect_urls:
        raise ConsentRefused("bad_redirect_uri", "The app has no redirect URLs configured.")
    if not given:
        return app.redirect_urls[0]
    if any(_leads_into(urlsplit(given), urlsplit(each)) for each in app.redirect_urls):
        return given
    text = f"redirect_uri did not match any configured URIs. Passed URI: {given}"
    raise ConsentRefused("bad_redirect_uri", text)


def _leads_into(given: SplitResult, configured: SplitResult) -> bool:
    """The same host, and the same path or one below it."""
    if (given.scheme, given.netloc) != (configured.scheme, configured.netloc):
        return False
    folder = configured.path.rstrip("/")
    return given.path.rstrip("/") == folder or given.path.startswith(f"{folder}/")


def _team(playground: "Playground", given: str) -> str | None:
    """An unknown team is passed over, as Slack does for somebody who is not signed in to it."""
    return given if given in playground.workspaces else None


def _code(playground: "Playground", asked: Asked, user: User | None) -> dict[str, str]:
    workspace = playground.workspaces.get(user.workspace_id) if user else None
    if user is None or workspace is None or asked.team not in (None, workspace.id):
        raise ConsentRefused("invalid_team", "Sign in to the workspace that the app asks for.")
    if not user.may_install(workspace):
        text = f"{user.real_name} may not install apps in {workspace.name}. Ask an admin to install it."
        raise ConsentRefused("approval_required", text)
    value = playground.ids.code()
    playground.codes[value] = Code(
        app_id=asked.app_id,
        workspace_id=workspace.id,
        user_id=user.id,
        scopes=asked.scopes,
        redirect_uri=asked.redirect_uri,
        made_at=playground.now(),
    )
    return {"code": value}
