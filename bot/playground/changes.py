"""The feed of everything that changes, for pages and tests that watch."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "message", "channel", "user", "workspace", "home", "modal", "status", "prompts", "file", "socket"
]


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something to look at again. `user` is set when only that user can see it."""

    sequence: int
    kind: Kind
    workspace: str
    channel: str | None = None
    ts: str | None = None
    thread_ts: str | None = None
    user: str | None = None
    view: str | None = None


class Subscription:
    def __init__(self) -> None:
        self._queue: asyncio.Queue[Change] = asyncio.Queue()

    def put(self, change: Change) -> None:
        self._queue.put_nowait(change)

    async def next(self) -> Change:
        return await self._queue.get()

    async def __aiter__(self) -> AsyncIterator[Change]:
        while True:
            yield await self._queue.get()


class Changes:
    def __init__(self) -> None:
        self.sequence = 0
        self._subscriptions: set[Subscription] = set()

    def publish(
        self,
        kind: Kind,
        workspace: str,
        *,
        channel: str | None = None,
        ts: str | None = None,
        thread_ts: str | None = None,
        user: str | None = None,
        view: str | None = None,
    ) -> None:
        self.sequence += 1
        change = Change(
            sequence=self.sequence,
            kind=kind,
            workspace=workspace,
            channel=channel,
            ts=ts,
            thread_ts=thread_ts,
            user=user,
            view=view,
        )
        for subscription in self._subscriptions:
            subscription.put(change)

    @contextmanager
    def subscribe(self) -> Iterator[Subscription]:
        """`with playground.changes.subscribe() as changes: async for change in changes: …`"""
        subscription = Subscription()
        self._subscriptions.add(subscription)
        try:
            yield subscription
        finally:
            self._subscriptions.discard(subscription)
