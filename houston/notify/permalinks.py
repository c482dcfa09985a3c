"""Addresses of messages, for people to follow."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from houston.errors import NotDelivered
from houston.notify.messenger import Messenger

log = logging.getLogger(__name__)

PATIENCE = 1.5
"""Seconds. A link is good to have, and people wait for what it is part of."""

Place = tuple[str, str, str]
"""Workspace, channel, ts."""


@dataclass(frozen=True, kw_only=True)
class Permalinks:
    """Without a messenger there are none."""

    messenger: Messenger | None

    async def __call__(self, workspace_id: str, channel: str, ts: str) -> str | None:
        """None where there is no message, or Slack does not say at the moment."""
        if self.messenger is None or not (channel and ts):
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                return await self.messenger.permalink(workspace_id=workspace_id, channel=channel, ts=ts)
        except NotDelivered as failure:
            log.info("no link to a message: %s", failure.message)
        except TimeoutError:
            log.info("no link to a message: Slack takes too long")
        return None

    async def all(self, places: Iterable[Place]) -> Mapping[Place, str | None]:
        """Those of several messages, asked for at once."""
        wanted = list(dict.fromkeys(places))
        found = await asyncio.gather(*(self(*place) for place in wanted))
        return dict(zip(wanted, found, strict=True))
