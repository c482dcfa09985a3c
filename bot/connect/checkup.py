"""The Slack side of the doctor: each token, what it may do, and the channels that its rules post to."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.connect.clients import log
from bot.connect.reach import SECONDS, look_at_places
from bot.refusals import FAILURES, code, failure
from houston.doctor.finding import Check, Finding, unset, well, wrong
from houston.doctor.patients import Patient
from houston.doctor.rounds import SLACK
from houston.errors import TemporaryFailure
from houston.team.workspaces import WHY
from store.tables import Workspace

STATIC, SOCKET = "SLACK_BOT_TOKEN", "Socket Mode"
WORKSPACE_SECONDS = 45.0
LATER = "Run this again in a minute; if it goes on, look at the network and at slack-status.com."
CONNECT = "Install Houston there again with Add to Slack, or set SLACK_BOT_TOKEN to its token."

Look = Callable[[], Awaitable[Sequence[Finding]]]


@dataclass(frozen=True, kw_only=True)
class Checkup:
    """Looks at Slack and changes nothing: no socket is opened, no token renewed.

    `bot_token` and `app_token` are the environment's; `scopes` are those of the manifest.
    """

    http: aiohttp.ClientSession
    base_url: str
    scopes: Collection[str]
    bot_token: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    patience: float = SECONDS
    """Seconds for the channels of one workspace."""

    def checks(self, patients: Sequence[Patient]) -> list[Check]:
        """For `houston.doctor.rounds`."""
        served = [each for each in patients if each.bot_token]
        looks: list[tuple[str, Look]] = [
            (named(each.workspace), partial(self._workspace, each, str(each.bot_token))) for each in served
        ]
        looks.append(
            (STATIC, partial(self._rest, [each for each in patients if not each.bot_token], bool(served)))
        )
        looks += [(name, partial(self._socket, name, token)) for name, token in self._app_tokens(patients)]
        return [Check(group=SLACK, name=name, look=look, seconds=WORKSPACE_SECONDS) for name, look in looks]

    def _app_tokens(self, patients: Sequence[Patient]) -> list[tuple[str, str]]:
        own = [(f"{SOCKET} of {named(each.workspace)}", each.app_token) for each in patients]
        return [(name, token) for name, token in [(SOCKET, self.app_token), *own] if token]

    def _client(self, token: str | None = None) -> AsyncWebClient:
        return AsyncWebClient(
            token=token, base_url=self.base_url, session=self.http, logger=log, retry_handlers=[]
        )

    async def _workspace(self, patient: Patient, token: str) -> list[Finding]:
        name, client = named(patient.workspace), self._client(token)
        try:
            answer = await client.auth_test()
        except FAILURES as error:
            if patient.is_renewed and isinstance(error, SlackApiError) and code(error) == "token_expired":
                return [unset(name, "its token has run out; a running Houston renews it")]
            return [refused(name, error)]
        return [
            *self._accepted(name, answer),
            *await look_at_places(client, name, patient.places, seconds=self.patience),
        ]

    async def _rest(self, others: Sequence[Patient], is_any_served: bool) -> list[Finding]:
        """SLACK_BOT_TOKEN, and the workspaces that have no token of their own."""
        if self.bot_token is None:
            nobody = unset(
                "Workspaces", "none is connected yet", f"Set {STATIC}, or install Houston with Add to Slack."
            )
            found = [without_token(each) for each in others]
            return found or ([] if is_any_served else [nobody])
        client = self._client(self.bot_token)
        try:
            answer = await client.auth_test()
        except FAILURES as error:
            return [refused(STATIC, error), *(without_token(each) for each in others if not is_unclear(each))]
        mine = [each for each in others if each.workspace.id == answer["team_id"]]
        rest = [without_token(each) for each in others if each not in mine]
        places = [place for each in mine for place in each.places]
        name = f"{STATIC} ({answer['team']})"
        return [
            *self._accepted(name, answer),
            *await look_at_places(client, name, places, seconds=self.patience),
            *rest,
        ]

    def _accepted(self, name: str, answer: Any) -> list[Finding]:
        return [well(name, "Slack accepts its token"), granted(name, answer.headers, self.scopes)]

    async def _socket(self, name: str, token: str) -> list[Finding]:
        """The address of a socket is asked for and left unused."""
        try:
            await self._client().apps_connections_open(app_token=token)
        except FAILURES as error:
            if isinstance(error, SlackApiError) and code(error) in ("invalid_auth", "not_authed"):
                mend = "Make an app-level token with the scope connections:write and set it."
                return [wrong(name, "Slack does not accept the app-level token", mend)]
            return [refused(name, error)]
        return [well(name, "Slack gives out an address to connect to")]


def named(workspace: Workspace) -> str:
    return f"Workspace {workspace.name} ({workspace.id})"


def refused(check: str, error: Exception) -> Finding:
    """What Slack's refusal means."""
    meant = failure(error)
    if isinstance(meant, TemporaryFailure):
        return wrong(check, meant.message.rstrip("."), LATER)
    return wrong(check, meant.message)


def granted(name: str, headers: dict[str, str], wanted: Collection[str]) -> Finding:
    """Slack names a token's scopes in a header of each answer."""
    check = f"Permissions of {name}"
    told = next((value for key, value in headers.items() if key.lower() == "x-oauth-scopes"), None)
    if told is None:
        return unset(check, "Slack did not say which it has")
    missing = sorted(set(wanted) - {each.strip() for each in told.split(",")})
    if missing:
        mend = "Bring the Slack app up to manifest.yml, then install it in this workspace again."
        return wrong(check, f"{', '.join(missing)} not granted", mend)
    return well(check, f"all {len(wanted)} of manifest.yml are granted")


def without_token(patient: Patient) -> Finding:
    name = named(patient.workspace)
    if not patient.workspace.active:
        why = WHY.get(patient.workspace.inactive_reason, "Slack does not accept its token any more")
        return unset(name, f"no longer connected: {why[0].lower()}{why[1:]}", CONNECT)
    if patient.problem:
        return wrong(name, patient.problem, "See the secret key.")
    return wrong(name, "Houston has no token for it", CONNECT)


def is_unclear(patient: Patient) -> bool:
    """Whether it may be the one that SLACK_BOT_TOKEN serves."""
    return patient.workspace.active and not patient.problem
