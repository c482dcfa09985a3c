"""Hand-written fakes at Houston's port to Slack, and the time, moved by hand."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime

from houston.errors import NotDelivered
from houston.notify.messenger import Announcement
from tests.store.databases import Clock


@dataclass(frozen=True, kw_only=True)
class Posted:
    workspace_id: str
    address: str
    announcement: Announcement
    delivery_id: int
    ts: str
    at: datetime


@dataclass
class FakeMessenger:
    """Implements `houston.notify.messenger.Messenger`; `failures` are raised first, by address."""

    clock: Clock
    posted: list[Posted] = field(default_factory=list)
    failures: dict[str, deque[NotDelivered]] = field(default_factory=lambda: defaultdict(deque))
    swallowed: set[str] = field(default_factory=set)
    """Addresses whose next message arrives although the answer is lost."""

    hanging: dict[str, asyncio.Event] = field(default_factory=dict)
    """Addresses that answer no sooner than their event is set."""

    finds: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def post(
        self, *, workspace_id: str, address: str, announcement: Announcement, delivery_id: int
    ) -> str:
        if address in self.hanging:
            await self.hanging[address].wait()
        failure = self.failures[address].popleft() if self.failures[address] else None
        if failure and address not in self.swallowed:
            raise failure
        self.swallowed.discard(address)
        post = Posted(
            workspace_id=workspace_id,
            address=address,
            announcement=announcement,
            delivery_id=delivery_id,
            ts=f"{len(self.posted) + 1}.000100",
            at=self.clock(),
        )
        self.posted.append(post)
        async with self.changed:
            self.changed.notify_all()
        if failure:
            raise failure
        return post.ts

    async def find(self, *, workspace_id: str, address: str, delivery_id: int, since: datetime) -> str | None:
        self.finds += 1
        found = (each.ts for each in self.posted if each.delivery_id == delivery_id)
        return next(found, None)

    async def until(self, count: int, *, seconds: float = 5.0) -> list[Posted]:
        """Wait until so many messages have been posted."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(lambda: len(self.posted) >= count)
        return self.posted
