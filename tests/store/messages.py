"""Messages about episodes, as the outbox leaves them behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert
from sqlmodel import SQLModel

from houston.notify.outbox import Outbox
from store import Store
from store.tables import Delivery, Episode, Event, Lifecycle, Post
from store.tables.notify import SENT
from tests.store.agency import WORKSPACE

ALERTS = "channel:C1"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One message at one address, with the episodes that it shows."""

    delivery_id: int
    episode_ids: Sequence[int]


async def keep(outbox: Outbox, *rows: SQLModel) -> None:
    def write(connection: Connection) -> None:
        for row in rows:
            connection.execute(insert(type(row)).values(**row.model_dump()))

    await outbox.record(None, write)


async def destination(store: Store, now: datetime, address: str = ALERTS, alias: str = "#alerts") -> int:
    kind, _, id = address.partition(":")
    async with store.begin() as uow:
        found = await uow.destinations.of(workspace_id=WORKSPACE, kind=kind, address=id, alias=alias, now=now)
        await uow.commit()
    assert found.id is not None
    return found.id


def episode(store: Store, now: datetime, client_id: int | None, **more: Any) -> Episode:
    id = store.ids.next()
    given = {
        "key": f"outlier:1:{id}",
        "type": "outlier",
        "subject": "spend",
        "fired": {"metric": "spend", "channel": "google-ads"},
        "opened_at": now,
        "seen_at": now,
    }
    return Episode(id=id, client_id=client_id, **{**given, **more})


def event_of(store: Store, now: datetime, about: Episode, **more: Any) -> Event:
    id = store.ids.next()
    given = {"type": about.type, "phase": "fired", "payload": about.fired, "dedupe_key": str(id)}
    return Event(
        id=id,
        client_id=about.client_id,
        episode_id=about.id,
        subject=about.subject,
        occurred_at=now,
        recorded_at=now,
        **{**given, **more},
    )


def delivery_of(store: Store, now: datetime, event: Event, destination_id: int, **more: Any) -> Delivery:
    given = {"address": ALERTS, "state": SENT, "channel": "C1", "ts": "1.1", "sent_at": now, "tries": 1}
    return Delivery(
        id=store.ids.next(),
        event_id=event.id,
        workspace_id=WORKSPACE,
        client_id=event.client_id,
        destination_id=destination_id,
        due_at=now,
        **{**given, **more},
    )


async def told(outbox: Outbox, store: Store, now: datetime, *about: Episode, **more: Any) -> Told:
    """Keep these episodes, and one message that shows them all."""
    destination_id = await destination(store, now)
    events = [event_of(store, now, each) for each in about]
    deliveries = [delivery_of(store, now, each, destination_id, **more) for each in events]
    posts = [
        Post(
            id=store.ids.next(),
            episode_id=event.episode_id or 0,
            leader_id=0,
            workspace_id=WORKSPACE,
            address=delivery.address,
            event_id=event.id,
            delivery_id=delivery.id,
            channel=delivery.channel,
            ts=delivery.ts,
            shown=1,
            due_at=now,
        )
        for event, delivery in zip(events, deliveries, strict=True)
    ]
    for post in posts:
        post.leader_id = posts[0].id
    lifecycles = [
        Lifecycle(key=each.key, client_id=each.client_id, state=each.state, since=now, episode_id=each.id)
        for each in about
    ]
    await keep(outbox, *about, *lifecycles, *events, *deliveries, *posts)
    return Told(delivery_id=deliveries[0].id, episode_ids=[each.id for each in about])
