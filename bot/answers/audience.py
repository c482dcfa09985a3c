"""Who would read what is said in a channel."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.people import profile
from bot.refusals import code
from houston.assembly import Houston
from store.scope import Scope
from store.tables import Member

log = logging.getLogger(__name__)

PAGE, MOST_PAGES = 200, 25
"""Of a channel's members; in a larger one nobody knows who reads."""

MOST_UNKNOWN = 200
"""People looked up for one answer."""

AT_ONCE = 8
CACHED_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Hearers:
    """`unknown` counts people of whom nobody knows what they may see."""

    members: list[Member]
    unknown: int = 0


@dataclass(frozen=True, kw_only=True)
class Present:
    """Who was in a channel. Of a very large one not everybody is read."""

    at: float
    ids: frozenset[str]
    is_whole: bool


@dataclass(kw_only=True)
class Audiences:
    """Remembers for a minute who is in a channel, never what they may see."""

    clock: Callable[[], float] = time.monotonic
    _channels: dict[tuple[str, str], Present] = field(default_factory=dict)
    _moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    _bots: set[str] = field(default_factory=set)

    async def kept_out(
        self,
        houston: Houston,
        client: AsyncWebClient,
        scope: Scope,
        channel_id: str,
        *,
        fresh: float = CACHED_SECONDS,
    ) -> int:
        """How many there may not see all that this scope shows, or might not; who is there was read at
        most `fresh` seconds ago."""
        assert scope.workspace_id is not None
        if channel_id.startswith("D") or scope.client_ids == frozenset():
            return 0
        if await _is_one_clients_own(houston, scope.workspace_id, channel_id):
            return 0
        hearers = await self.hearers(houston, client, scope.workspace_id, channel_id, fresh=fresh)
        return hearers.unknown + len(await houston.access.kept_out(scope, hearers.members, channel_id))

    async def hearers(
        self,
        houston: Houston,
        client: AsyncWebClient,
        workspace_id: str,
        channel_id: str,
        *,
        fresh: float = CACHED_SECONDS,
    ) -> Hearers:
        """Everybody in a channel but bots, made known to Houston where that is feasible."""
        present = await self._present(client, workspace_id, channel_id, fresh)
        ids = present.ids - self._bots
        known = await houston.members.of(workspace_id, ids)
        strange = ids - {member.user_id for member in known}
        beyond = 0 if present.is_whole else 1
        if len(strange) > MOST_UNKNOWN:
            return Hearers(members=known, unknown=len(strange) + beyond)
        met = [each for each in await self._met(houston, client, workspace_id, strange) if each]
        unknown = len(strange - self._bots) - len(met)
        return Hearers(members=[*known, *met], unknown=unknown + beyond)

    def forget(self, workspace_id: str, channel_id: str) -> None:
        """Somebody came or went."""
        self._channels.pop((workspace_id, channel_id), None)
        self._moves[(workspace_id, channel_id)] += 1

    def moves(self, workspace_id: str, channel_id: str) -> int:
        """How often somebody came or went there, as far as this process heard."""
        return self._moves[(workspace_id, channel_id)]

    async def _present(
        self, client: AsyncWebClient, workspace_id: str, channel_id: str, fresh: float
    ) -> Present:
        now, where = self.clock(), (workspace_id, channel_id)
        self._channels = {at: each for at, each in self._channels.items() if now - each.at < CACHED_SECONDS}
        known = self._channels.get(where)
        if known is None or now - known.at >= fresh:
            known = self._channels[where] = await _present(client, channel_id, now)
        return known

    async def _met(
        self, houston: Houston, client: AsyncWebClient, workspace_id: str, user_ids: Collection[str]
    ) -> list[Member | None]:
        gate = asyncio.Semaphore(AT_ONCE)

        async def meet(user_id: str) -> Member | None:
            async with gate:
                return await self._meet(houston, client, workspace_id, user_id)

        return await asyncio.gather(*(meet(user_id) for user_id in user_ids))

    async def _meet(
        self, houston: Houston, client: AsyncWebClient, workspace_id: str, user_id: str
    ) -> Member | None:
        try:
            user = (await client.users_info(user=user_id))["user"]
        except SlackApiError as error:
            log.info("%s in %s stays unknown: %s", user_id, workspace_id, code(error))
            return None
        if user.get("is_bot"):
            self._bots.add(user_id)
            return None
        return await houston.members.seen(workspace_id, profile(user))


async def _present(client: AsyncWebClient, channel_id: str, now: float) -> Present:
    found: set[str] = set()
    cursor = ""
    for _ in range(MOST_PAGES):
        page = await client.conversations_members(channel=channel_id, limit=PAGE, cursor=cursor or None)
        found.update(page["members"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            break
    return Present(at=now, ids=frozenset(found), is_whole=not cursor)


async def _is_one_clients_own(houston: Houston, workspace_id: str, channel_id: str) -> bool:
    """In a client's workspace everybody but a stranger sees the same."""
    workspace = await houston.workspaces.get(workspace_id)
    channel = await houston.channels.find(workspace_id, channel_id)
    return not workspace.has_clients and channel is not None and not channel.is_shared
