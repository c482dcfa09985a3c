"""The part of Houston that delivers, as a program: records what it is told to, and answers after COMMIT.

A line of JSON in asks for an event, a line out says that it is kept. It never ends by itself.
"""

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bot.connect import clients
from bot.messenger import SlackMessenger
from houston.errors import PermanentFailure
from houston.notify.composing import Composer
from houston.notify.delivery import Dispatcher
from houston.notify.lanes import Pace
from houston.notify.outbox import Outbox
from store import Store
from store.dispatch import Leased
from tests.e2e.never_lost.events import event
from tests.e2e.never_lost.orders import Orders
from tests.store.databases import KEYRING


def main(orders: Orders) -> None:
    logging.basicConfig(level=logging.ERROR)
    asyncio.run(_run(orders))


def now() -> datetime:
    return datetime.now(UTC)


async def _run(orders: Orders) -> None:
    store = Store(orders.database_url, now=now, rng=random.Random(), keyring=KEYRING)
    await store.open()
    store.hold()
    http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=orders.patience))

    async def client_for(workspace_id: str) -> Any:
        return clients.delivering(orders.tokens[workspace_id], http, base_url=orders.slack_url)

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds / orders.haste)

    reader, writer = await asyncio.open_unix_connection(orders.socket)
    parent = Parent(writer)
    dispatcher = Dispatcher(
        SlackMessenger(client_for),
        Composer(store=store, charts={}, now=now),
        ids=store.ids,
        now=now,
        rng=random.Random(),
        sleep=sleep,
        on_dead=parent.dead,
        on_sent=parent.sent,
        pace=Pace(**orders.pace),
        is_alone=lambda: store.is_alone,
    )
    lease = timedelta(seconds=orders.lease)
    outbox = Outbox(
        store.ledger,
        now=now,
        hand_over=dispatcher.take,
        room=dispatcher.room,
        full=dispatcher.full,
        lease=lease,
    )
    dispatcher.serve(outbox)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_every(orders.tick, dispatcher.claim_due))
        tasks.create_task(_every(orders.lease / 4, dispatcher.renew))
        while line := await reader.readline():
            tasks.create_task(parent.keep(store, outbox, json.loads(line)))


class Parent:
    """Whoever started this process."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    async def keep(self, store: Store, outbox: Outbox, asked: dict[str, Any]) -> None:
        await outbox.record(event(store, asked, now()))
        self._say(kept=asked["key"])

    async def dead(self, leased: Leased, failure: PermanentFailure) -> None:
        self._say(dead=leased.event.dedupe_key, why=failure.message)

    async def sent(self, leased: Leased) -> None:
        """Slack's own state tells what arrived."""

    def _say(self, **words: str) -> None:
        self._writer.write(json.dumps(words).encode() + b"\n")


async def _every(seconds: float, call: Callable[[], Awaitable[object]]) -> None:
    while True:
        await call()
        await asyncio.sleep(seconds)
