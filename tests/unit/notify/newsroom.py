"""An agency with two clients and a day behind it, for digests."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from houston.notify.digests.digest import Digest
from houston.notify.digests.gathering import Gathering
from houston.notify.digests.sending import Digests
from houston.notify.digests.settings import DigestSetup
from houston.notify.outbox import Outbox
from houston.notify.permalinks import Permalinks
from houston.watch.metrics import Metrics
from store import Store
from store.tables import (
    Channel,
    Delivery,
    Destination,
    Episode,
    Event,
    Lifecycle,
    Member,
    Metric,
    Note,
    Point,
    Preference,
    Rule,
    TaskRun,
)
from tests.actors import agency_admin
from tests.fakes import FakeMessenger
from tests.store.agency import EVERYTHING, WORKSPACE, Agency
from tests.store.databases import Clock

BERLIN = ZoneInfo("Europe/Berlin")
ADMIN = agency_admin(WORKSPACE)


@dataclass(kw_only=True)
class Newsroom:
    store: Store
    clock: Clock
    agency: Agency
    messenger: FakeMessenger

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.store.ledger, now=self.clock)
        self.digests = self.replica()
        self.setup = DigestSetup(store=self.store, now=self.clock)

    def replica(self) -> Digests:
        links = Permalinks(messenger=self.messenger)
        gathering = Gathering(store=self.store, metrics=Metrics(store=self.store), links=links)
        return Digests(store=self.store, outbox=self.outbox, gather=gathering, now=self.clock)

    async def tick(self) -> int:
        return await self.digests.due(self.clock())

    async def sent(self) -> list[Event]:
        """Digests, the oldest first."""
        async with self.store.read() as uow:
            return (await uow.events.all(scope=EVERYTHING, type="daily_digest"))[::-1]

    async def deliveries(self) -> list[Delivery]:
        async with self.store.read() as uow:
            return (await uow.deliveries.all(scope=EVERYTHING))[::-1]

    async def only(self) -> Digest:
        [event] = await self.sent()
        return Digest.from_dict(event.payload)

    async def at(self, moment: datetime) -> None:
        """Make it this time, and let what is due happen."""
        self.clock.now = moment
        await self.tick()

    async def keep(self, *rows: Any) -> None:
        async with self.store.begin() as uow:
            for row in rows:
                uow._session.add(row)
                await uow._session.flush()
            await uow.commit()

    async def rule(self, address: str = "C1", *, client_id: int | None = None, **values: Any) -> Rule:
        kept: dict[str, Any] = {
            "event_type": "daily_digest",
            "created_at": self.clock(),
            "updated_at": self.clock(),
        }
        async with self.store.begin() as uow:
            destination = await uow.destinations.of(
                workspace_id=WORKSPACE, kind="channel", address=address, alias=f"#{address}", now=self.clock()
            )
            number = await uow.workspaces.take_rule_number(id=WORKSPACE)
            rule = Rule(workspace_id=WORKSPACE, number=number, client_id=client_id, **(kept | values))
            await uow.rules.save(rule=rule, destination_ids=[destination.id or 0])
            await uow.commit()
        return rule

    async def channel(self, id: str, **values: Any) -> None:
        await self.keep(Channel(workspace_id=WORKSPACE, id=id, name=id.lower(), **values))

    async def member(self, user_id: str, *clients: int, **values: Any) -> None:
        """Who sees these clients only, and wants digests; without clients, whoever sees all."""
        member = Member(workspace_id=WORKSPACE, user_id=user_id, seen_at=self.clock(), sees_all=not clients)
        address = Destination(
            workspace_id=WORKSPACE, kind="dm", alias=user_id, address=user_id, created_at=self.clock()
        )
        await self.keep(member, address)
        wish = Preference(
            workspace_id=WORKSPACE,
            user_id=user_id,
            destination_id=address.id or 0,
            event_types=["daily_digest"],
            updated_at=self.clock(),
            **values,
        )
        await self.keep(wish)
        await self.see(user_id, *clients)

    async def see(self, user_id: str, *clients: int) -> None:
        async with self.store.begin() as uow:
            await uow.members.set_clients(workspace_id=WORKSPACE, user_id=user_id, client_ids=clients)
            await uow.commit()

    async def note(self, client_id: int | None, **values: Any) -> None:
        at = values.pop("at", self.clock() - timedelta(hours=1))
        await self.keep(
            Note(
                id=self.store.ids.next(),
                client_id=client_id,
                title="secret title",
                created_at=at,
                updated_at=at,
                **values,
            )
        )

    async def episode(self, client_id: int | None, metric: str, **values: Any) -> Episode:
        at = values.pop("at", self.clock() - timedelta(hours=2))
        fired = {"metric": metric, "channel": "ads", "value": 420.0, "expected": 100.0, "unit": "$"}
        kept: dict[str, Any] = {
            "type": "outlier",
            "severity": "warning",
            "fired": fired,
            "key": f"outlier:1:{metric}",
        }
        episode = Episode(
            id=self.store.ids.next(), client_id=client_id, opened_at=at, seen_at=at, **(kept | values)
        )
        await self.keep(episode)
        return episode

    async def snooze(self, episode: Episode, **values: Any) -> None:
        await self.keep(
            Lifecycle(
                key=episode.key,
                client_id=episode.client_id,
                since=self.clock(),
                snoozed_by=f"{WORKSPACE}/U1",
                snoozed_name="Ann",
                **values,
            )
        )

    async def run(self, client_id: int | None, job: str, state: str, **ago: float) -> None:
        at = self.clock() - timedelta(**ago)
        id = self.store.ids.next()
        await self.keep(
            TaskRun(id=id, client_id=client_id, job=job, run_id=str(id), state=state, occurred_at=at)
        )

    async def metric(self, client_id: int, name: str, values: list[float], **more: Any) -> None:
        """One value a day at noon in Berlin, the last one yesterday."""
        metric = Metric(client_id=client_id, name=name, **({"aggregate": "sum", "unit": "$"} | more))
        await self.keep(metric)
        noon = self.clock().astimezone(BERLIN).replace(hour=12, minute=0)
        days = [noon - timedelta(days=len(values) - place) for place in range(len(values))]
        points = [
            Point(metric_id=metric.id or 0, time=day, value=value)
            for day, value in zip(days, values, strict=True)
        ]
        await self.keep(*points)
