"""Lanes: one queue an address, so that order holds and a slow address delays no other."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston.notify.messenger import Posted
from store.dispatch import Leased

Sleep = Callable[[float], Awaitable[None]]

LARGEST_BUNDLE = 100
"""How much of what was held back comes in one message."""

FULL = 100
"""With so many waiting in memory a lane takes no more: the rest of a backlog waits on disk, and takes no
room from other addresses."""

UNGROUPED = frozenset({"notice", "daily_digest"})


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How fast messages go out, and how many events may share one.

    Slack takes one message a second a channel, in short bursts, and from one app in a workspace some
    hundred a minute; of changes of messages, fifty. After a message of one kind, the next of that kind
    waits for `window` seconds, and brings along what has come by then.
    """

    burst: int = 3
    per_second: float = 1.0
    workspace_burst: int = 20
    workspace_per_second: float = 10.0
    edit_burst: int = 20
    edits_per_second: float = 0.8
    window: float = 5.0
    most: int = 40


class Bucket:
    """A token bucket."""

    def __init__(self, burst: float, per_second: float, now: datetime) -> None:
        self._burst, self._per_second = float(burst), per_second
        self._tokens = float(burst)
        self._counted_at = now

    def wait(self, now: datetime) -> float:
        """Take a token; the seconds until it is there."""
        passed = (now - self._counted_at).total_seconds()
        self._tokens = min(self._burst, self._tokens + passed * self._per_second) - 1
        self._counted_at = now
        return max(0.0, -self._tokens / self._per_second)


class Lane:
    """The queue of one address. `arrived` are deliveries that were found in Slack after all, `looked_up`
    those that were looked for."""

    def __init__(self, pace: Pace, workspace: Bucket, now: datetime) -> None:
        self.queue: deque[Leased] = deque()
        self.task: asyncio.Task[None] | None = None
        self.closing = asyncio.Event()
        self.editing = asyncio.Lock()
        self.looked_up: set[int] = set()
        self.arrived: dict[int, Posted] = {}
        self._pace = pace
        self._workspace = workspace
        self._own = Bucket(pace.burst, pace.per_second, now)
        self._told: dict[Hashable, datetime] = {}

    def wait(self, now: datetime) -> float:
        """Take leave to send one message; the seconds until it may go."""
        return max(self._own.wait(now), self._workspace.wait(now))

    def window(self, now: datetime) -> float:
        """The seconds until the head of the queue may go, so that others of its kind can join it."""
        open_since = now - timedelta(seconds=self._pace.window)
        self._told = {kind: at for kind, at in self._told.items() if at > open_since}
        told_at = self._told.get(kind(self.queue[0])) if self.queue else None
        return (told_at - open_since).total_seconds() if told_at else 0.0

    def take(self) -> list[Leased]:
        """The head of the queue and what may share its message, in order."""
        head = self.queue.popleft()
        shared = kind(head)
        if shared is None:
            return [head]
        most = LARGEST_BUNDLE if head.delivery.bundle else self._pace.most
        if most < 2:
            return [head]
        batch, rest = [head], deque[Leased]()
        for each in self.queue:
            fits = kind(each) == shared and len(batch) < most
            (batch if fits else rest).append(each)
        self.queue = rest
        return batch

    def put_back(self, batch: list[Leased]) -> None:
        """What is left of a message's deliveries, which may no longer be the first in the queue."""
        self.queue = deque(sorted((*batch, *self.queue), key=lambda each: each.delivery.id))

    def told(self, batch: list[Leased], now: datetime) -> None:
        """Remember when a message of this kind went out."""
        shared = kind(batch[0])
        if shared is not None:
            self._told[shared] = now

    async def pause(self, seconds: float, sleep: Sleep) -> None:
        """Wait, but no longer than until the lane closes."""
        if seconds <= 0:
            return
        waits = [asyncio.ensure_future(sleep(seconds)), asyncio.ensure_future(self.closing.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for each in waits:
            each.cancel()
        await asyncio.gather(*waits, return_exceptions=True)


def kind(leased: Leased) -> Hashable | None:
    """What shares a message with its like: those held back together, news of one episode, and events of
    one type and client. None shares with nothing."""
    event, delivery = leased.event, leased.delivery
    if delivery.bundle:
        return ("held", delivery.bundle)
    if event.type in UNGROUPED or event.payload.get("escalation"):
        return None
    if event.episode_id is not None and event.phase != "fired":
        return ("episode", event.episode_id)
    return (event.type, event.client_id)
