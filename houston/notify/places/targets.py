"""What a new destination comes down to, looked at before anything is sent there."""

import re
import secrets
from dataclasses import dataclass

from houston.errors import Conflict, Invalid
from houston.notify.places import elsewhere, urls
from houston.notify.places.urls import SEALED, SERVICE, WEBHOOK
from houston.records.checks import choice, text
from store import UnitOfWork

KINDS = ("channel", "dm", WEBHOOK, SERVICE)
LONGEST_ALIAS, LONGEST_URL = 80, 2000

SLACKS = "https://hooks.slack.com"
PATH = r"/services/T[A-Z0-9]{2,30}/B[A-Z0-9]{2,30}/[A-Za-z0-9]{8,80}"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A destination as somebody filled it in. `target` is a channel's id, a person's, or a URL."""

    kind: str
    alias: str
    target: str


@dataclass(frozen=True, kw_only=True)
class Target:
    """What to keep of it; a webhook and a service have a `url` behind a random address."""

    kind: str
    alias: str
    address: str
    url: str = ""

    @property
    def field(self) -> str:
        """Where a person put in what may be wrong with it."""
        return "url" if self.url else "target"


@dataclass(frozen=True, kw_only=True)
class Targets:
    """`slack_origin` is that of SLACK_API_URL where it is not Slack's own: its webhooks are taken too."""

    slack_origin: str = ""

    async def check(
        self, uow: UnitOfWork, workspace_id: str, draft: Draft, *, is_operator: bool = False
    ) -> Target:
        """Raises Invalid by field, Conflict where the place has a name already."""
        kind = choice("kind", draft.kind, KINDS)
        alias = await free_alias(uow, workspace_id, draft.alias)
        if kind in SEALED:
            url = await self.url(uow, workspace_id, kind, draft.target, is_operator=is_operator)
            return Target(kind=kind, alias=alias, address=secrets.token_hex(8), url=url)
        known = await uow.destinations.find(workspace_id=workspace_id, kind=kind, address=draft.target)
        if known:
            raise Conflict(f"This is a destination already: {known.alias}. Rename that one instead.")
        find = _channel if kind == "channel" else _person
        return Target(kind=kind, alias=alias, address=await find(uow, workspace_id, draft.target))

    async def url(
        self, uow: UnitOfWork, workspace_id: str, kind: str, url: str, *, is_operator: bool = False
    ) -> str:
        """As it is to be kept. Raises Invalid for field `url`, Conflict."""
        url = text("url", url, most=LONGEST_URL, required=True)
        if kind == WEBHOOK:
            self._demand_webhook(url)
        else:
            await elsewhere.check(url, is_operator=is_operator)
        known = await urls.holder(uow, workspace_id, url)
        if known:
            raise Conflict(f"This URL is a destination already: {known.alias}.")
        return url

    def _demand_webhook(self, url: str) -> None:
        origins = [origin for origin in (SLACKS, self.slack_origin) if origin]
        if any(re.fullmatch(re.escape(origin) + PATH, url) for origin in origins):
            return
        raise Invalid(
            "url",
            "This is not the URL of a Slack incoming webhook: it looks like "
            "https://hooks.slack.com/services/T…/B…/… Copy it from the app's page “Incoming Webhooks”.",
        )


async def free_alias(uow: UnitOfWork, workspace_id: str, alias: str, *, own: int | None = None) -> str:
    """A name that no other destination has. Raises Invalid."""
    alias = text("alias", alias, most=LONGEST_ALIAS, required=True)
    for each in await uow.destinations.all(workspace_id=workspace_id):
        if each.alias.casefold() == alias.casefold() and each.id != own:
            raise Invalid("alias", f"Another destination is called {each.alias!r}: choose another name.")
    return alias


async def _channel(uow: UnitOfWork, workspace_id: str, id: str) -> str:
    found = await uow.channels.find(workspace_id=workspace_id, id=id)
    if found is None or not found.is_member:
        raise Invalid("target", "Houston is not in this channel: type /invite @Houston there first.")
    return found.id


async def _person(uow: UnitOfWork, workspace_id: str, id: str) -> str:
    found = await uow.members.find(workspace_id=workspace_id, user_id=id)
    if found is None or not found.active or found.is_stranger:
        raise Invalid("target", "Houston knows no such person in this workspace: choose another one.")
    return found.user_id
