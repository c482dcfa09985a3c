"""A local Slack with many channels, and a database in which Houston knows them and has rules for them."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.playground.state import Message
from houston import access
from houston.notify.outbox import Outbox
from houston.notify.rules.rule import RuleDraft
from houston.notify.rules.rules import Rules
from store import Store
from store.tables import Channel, Delivery, Event
from store.tables.notify import DUE
from tests.actors import agency_admin
from tests.bot.slack import Slack, local_slack
from tests.e2e.never_lost.events import event
from tests.leaks.tables import rows_of
from tests.store.databases import fresh_url, new_store

TYPES = ("note_created", "note_updated")
"""Both come to each channel, where grouping tells them apart."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """A channel, and the client whose events it gets."""

    workspace_id: str
    channel: str
    client_id: int


@dataclass(frozen=True, kw_only=True)
class Site:
    slack: Slack
    database_url: str
    store: Store
    rooms: list[Room]

    @property
    def tokens(self) -> dict[str, str]:
        """The bot tokens, by workspace."""
        return {id: each.token for id, each in self.slack.app.installations.items()}

    def asked(self, number: int) -> dict[str, Any]:
        """The event of this number, round the channels."""
        turn, index = divmod(number, len(self.rooms))
        type = TYPES[turn % len(TYPES)]
        return {"key": f"event {number}", "type": type, "client_id": self.rooms[index].client_id}

    async def record(self, numbers: Iterable[int]) -> None:
        """Keep these events, due for whoever delivers."""
        outbox = Outbox(self.store.ledger, now=_now)
        events = [event(self.store, self.asked(number), _now()) for number in numbers]
        await asyncio.gather(*(outbox.record(each) for each in events))
        await outbox.close()

    def posts(self, channel: str) -> list[Message]:
        """What Houston has posted there, in Slack's order."""
        return [each for each in self.slack.playground.messages[channel].values() if each.metadata]

    def brought(self, channel: str) -> Iterator[list[int]]:
        """The deliveries that each message brings."""
        for message in self.posts(channel):
            assert message.metadata
            yield [int(id) for id in message.metadata["event_payload"]["delivery_ids"]]

    async def deliveries(self) -> dict[int, tuple[Delivery, str]]:
        """Those that Houston has recorded, with the key of their event."""
        keys = {row["id"]: row["dedupe_key"] for row in await rows_of(self.store, Event)}
        rows = [Delivery(**row) for row in await rows_of(self.store, Delivery)]
        return {row.id: (row, keys[row.event_id]) for row in rows}

    async def is_waiting(self) -> bool:
        """Whether Houston has something more to deliver."""
        async with self.store.read() as uow:
            return bool(await uow.deliveries.all(scope=access.everything(), state=DUE, limit=1))


@asynccontextmanager
async def site(
    kind: str, folder: Path, *, channels: int, workspaces: int = 1, limits_on: bool = False
) -> AsyncIterator[Site]:
    """`kind` is sqlite or postgresql; the workspaces share the channels evenly."""
    async with local_slack(limits_on=limits_on) as slack:
        places = _open(slack, channels, workspaces)
        url = fresh_url(kind, folder)
        store = new_store(url, _now)
        await store.open()
        try:
            rooms = await _furnish(store, slack, places)
            yield Site(slack=slack, database_url=url, store=store, rooms=rooms)
        finally:
            await store.close()


def _open(slack: Slack, channels: int, workspaces: int) -> list[tuple[str, str]]:
    """New channels with the bot in them, by workspace."""
    homes = [slack.workspace, *(slack.playground.add_workspace(f"W{n}") for n in range(1, workspaces))]
    places = []
    for number in range(channels):
        home = homes[number % workspaces]
        if home.id not in slack.app.installations:
            slack.playground.install(slack.app, home.id)
        bot = slack.playground.users[slack.app.installations[home.id].bot_user_id]
        room = slack.playground.add_channel(home.id, f"room-{number}", members=[bot])
        places.append((home.id, room.id))
    return places


async def _furnish(store: Store, slack: Slack, places: list[tuple[str, str]]) -> list[Room]:
    """Houston knows the workspaces and channels, and each channel has a rule for a client of its own."""
    async with store.begin() as uow:
        for id, installed in slack.app.installations.items():
            await uow.workspaces.connect(
                id=id, name=id, bot_user_id=installed.bot_user_id, timezone="UTC", now=_now()
            )
        known = [Channel(workspace_id=home, id=room, name=room.lower()) for home, room in places]
        await uow.channels.put(channels=known)
        clients = [await uow.clients.open(slug=room.lower(), name=room, now=_now()) for _, room in places]
        await uow.commit()
    rules = Rules(store=store, now=_now)
    for (home, room), client in zip(places, clients, strict=True):
        for type in TYPES:
            draft = RuleDraft(channels=(room,), event_type=type, client_id=client.id)
            await rules.add(agency_admin(home), draft)
    return [
        Room(workspace_id=home, channel=room, client_id=client.id or 0)
        for (home, room), client in zip(places, clients, strict=True)
    ]


def _now() -> datetime:
    return datetime.now(UTC)
