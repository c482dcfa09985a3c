"""Hand-written fakes at Houston's port to Slack, and the time, moved by hand."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from houston.errors import Gone, NotDelivered
from houston.notify.messenger import Announcement, Posted
from tests.patience import PATIENCE
from tests.store.databases import Clock


@dataclass(kw_only=True)
class Told:
    """A message that is there; `announcement` is what it shows now, `shown` all that it ever showed."""

    workspace_id: str
    address: str
    announcement: Announcement
    delivery_ids: tuple[int, ...]
    channel: str
    ts: str
    at: datetime
    thread_ts: str = ""
    shown: list[Announcement] = field(default_factory=list)

    @property
    def delivery_id(self) -> int:
        """Of a message that brings one delivery."""
        (id,) = self.delivery_ids
        return id


@dataclass
class FakeMessenger:
    """Implements `houston.notify.messenger.Messenger`; `failures` are raised first, by address.

    `refusals` are those of updates, by the message's ts; messages in `deleted` are gone.
    """

    clock: Clock
    posted: list[Told] = field(default_factory=list)
    failures: dict[str, deque[NotDelivered]] = field(default_factory=lambda: defaultdict(deque))
    refusals: dict[str, deque[NotDelivered]] = field(default_factory=lambda: defaultdict(deque))
    deleted: set[str] = field(default_factory=set)
    swallowed: set[str] = field(default_factory=set)
    """Addresses whose next message arrives although the answer is lost."""

    hanging: dict[str, asyncio.Event] = field(default_factory=dict)
    """Addresses that answer no sooner than their event is set."""

    finds: int = 0
    updates: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def post(
        self,
        *,
        workspace_id: str,
        address: str,
        announcement: Announcement,
        delivery_ids: Sequence[int],
        thread_ts: str = "",
    ) -> Posted:
        if address in self.hanging:
            await self.hanging[address].wait()
        failure = self.failures[address].popleft() if self.failures[address] else None
        if failure and address not in self.swallowed:
            raise failure
        self.swallowed.discard(address)
        if thread_ts in self.deleted:
            raise Gone("The message that this belongs under was deleted.")
        told = Told(
            workspace_id=workspace_id,
            address=address,
            announcement=announcement,
            delivery_ids=tuple(delivery_ids),
            channel=address.partition(":")[2],
            ts=f"{len(self.posted) + 1}.000100",
            at=self.clock(),
            thread_ts=thread_ts,
            shown=[announcement],
        )
        self.posted.append(told)
        await self._tell()
        if failure:
            raise failure
        return _posted(told)

    async def update(self, *, workspace_id: str, posted: Posted, announcement: Announcement) -> Posted:
        self.updates += 1
        if self.refusals[posted.ts]:
            raise self.refusals[posted.ts].popleft()
        found = [each for each in self.posted if (each.channel, each.ts) == (posted.channel, posted.ts)]
        if not found or posted.ts in self.deleted:
            raise Gone("The message is not there any more.")
        found[0].announcement = announcement
        found[0].shown.append(announcement)
        await self._tell()
        return replace(posted, chart_file=announcement.chart_file or posted.chart_file)

    async def find(
        self,
        *,
        workspace_id: str,
        address: str,
        delivery_ids: Sequence[int],
        since: datetime,
        thread_ts: str = "",
    ) -> Mapping[int, Posted]:
        self.finds += 1
        return {
            id: _posted(told)
            for told in self.posted
            if (told.workspace_id, told.address) == (workspace_id, address)
            and told.thread_ts in ("", thread_ts)
            and told.ts not in self.deleted
            for id in set(told.delivery_ids).intersection(delivery_ids)
        }

    async def permalink(self, *, workspace_id: str, channel: str, ts: str) -> str | None:
        if ts in self.deleted or all((each.channel, each.ts) != (channel, ts) for each in self.posted):
            return None
        return f"https://slack.example/archives/{channel}/p{ts.replace('.', '')}"

    async def until(self, count: int, *, seconds: float = PATIENCE) -> list[Told]:
        """Wait until so many messages have been posted."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(lambda: len(self.posted) >= count)
        return self.posted

    async def until_updated(self, count: int, *, seconds: float = PATIENCE) -> None:
        """Wait until so many updates were asked for."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(lambda: self.updates >= count)

    async def _tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()


def _posted(told: Told) -> Posted:
    return Posted(channel=told.channel, ts=told.ts, chart_file=told.announcement.chart_file)
