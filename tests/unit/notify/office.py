"""A dispatcher at work over a real ledger, with the fake at the port to Slack and time moved by hand."""

import asyncio
import random
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, update
from sqlmodel import col

from houston.errors import PermanentFailure
from houston.notify.composing import Composer
from houston.notify.delivery import Dispatcher
from houston.notify.lanes import Pace
from houston.notify.outbox import Outbox
from store import Scope, Store
from store.dispatch import Leased
from store.posts import changed
from store.tables import Delivery, Episode, Event, Post
from tests.fakes import FakeMessenger
from tests.leaks.tables import rows_of
from tests.patience import PATIENCE
from tests.store.databases import Clock

EVERYTHING = Scope(workspace_id="T1", client_ids=None)
ONE, TWO = "channel:C1", "channel:C2"
ALONE = Pace(window=0, most=1)
"""Each event in a message of its own."""


class Office:
    def __init__(
        self, store: Store, clock: Clock, pace: Pace, messenger: FakeMessenger | None = None
    ) -> None:
        self.store, self.clock = store, clock
        self.messenger = messenger or FakeMessenger(clock)
        self.dead: list[Leased] = []
        self.sent: list[Leased] = []
        self.slept: list[float] = []
        self.dispatcher = Dispatcher(
            self.messenger,
            Composer(store=store, charts={}, now=clock),
            ids=store.ids,
            now=clock,
            rng=random.Random(1),
            sleep=self.sleep,
            on_dead=self.bury,
            on_sent=self.arrived,
            pace=pace,
        )
        self.serve(Outbox)

    def serve(self, kind: type[Outbox]) -> None:
        self.outbox = kind(
            self.store.ledger,
            now=self.clock,
            hand_over=self.dispatcher.take,
            room=self.dispatcher.room,
            full=self.dispatcher.full,
        )
        self.dispatcher.serve(self.outbox)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock.forward(seconds=seconds)
        await asyncio.sleep(0)

    async def bury(self, leased: Leased, failure: PermanentFailure) -> None:
        self.dead.append(leased)

    async def arrived(self, leased: Leased) -> None:
        self.sent.append(leased)

    def new(self, name: str, **values: Any) -> Event:
        kept: dict[str, Any] = {
            "id": self.store.ids.next(),
            "type": "system_error",
            "severity": "critical",
            "occurred_at": self.clock(),
            "recorded_at": self.clock(),
            "dedupe_key": name,
            "payload": {"title": name},
        }
        return Event(**kept | values)

    async def event(self, name: str, client_id: int | None = None, **values: Any) -> Event:
        event = self.new(name, client_id=client_id, **values)
        await self.outbox.record(event)
        return event

    async def fires(self, name: str, **values: Any) -> Episode:
        """An episode opens, and its event is told."""
        event = self.new(f"{name} fired", phase="fired", **values)
        episode = Episode(
            id=self.store.ids.next(),
            key=name,
            type=event.type,
            client_id=event.client_id,
            subject=name,
            severity=event.severity,
            opened_at=self.clock(),
            seen_at=self.clock(),
            fired=event.payload,
            current=event.payload,
        )
        event.episode_id = episode.id

        def open(connection: Connection) -> None:
            connection.execute(insert(Episode).values(**episode.model_dump()))

        await self.outbox.record(event, open)
        return episode

    async def changes(
        self, episode: Episode, phase: str = "", payload: dict[str, Any] | None = None, **values: Any
    ) -> None:
        """It stands otherwise than before; with a phase that is told as well."""

        def change(connection: Connection) -> None:
            if values:
                connection.execute(update(Episode).where(col(Episode.id) == episode.id).values(**values))
            for statement in changed(episode.id):
                connection.execute(statement)

        more: dict[str, Any] = {"payload": payload} if payload else {}
        more |= {"type": episode.type, "client_id": episode.client_id, "episode_id": episode.id}
        name = f"{episode.key} {phase} {self.store.ids.next()}"
        event = self.new(name, phase=phase, severity=episode.severity, **more) if phase else None
        await self.outbox.record(event, change)
        self.dispatcher.look_again()
        await self.settled()

    async def resolves(self, episode: Episode) -> None:
        await self.changes(episode, "resolved", state="ok", resolved_at=self.clock())

    async def rows(self) -> list[Delivery]:
        async with self.store.read() as uow:
            return await uow.deliveries.all(scope=EVERYTHING)

    async def row(self, address: str) -> Delivery:
        return next(row for row in await self.rows() if row.address == address)

    async def posts(self) -> Sequence[Post]:
        """By address: two lanes post at once, and either may be first."""
        return sorted((Post(**row) for row in await rows_of(self.store, Post)), key=lambda post: post.address)

    async def settled(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self.dispatcher.drained()

    async def close(self) -> None:
        await self.dispatcher.close()
        await self.outbox.close()
