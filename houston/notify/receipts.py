"""What became of messages: whether they arrived, where they are, and why not; and trying again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from houston.access import Actor
from houston.errors import Conflict, NotFound
from houston.notify.permalinks import Permalinks, Place
from houston.team import audit
from store import Store, UnitOfWork
from store.tables import Client, Delivery, Destination, Event
from store.tables.notify import DEAD, HELD, SENT

LOOK, REPLAY = "see what was delivered", "replay messages"
SETTLED = {
    SENT: "This message has arrived: there is nothing to replay.",
    HELD: "This message is held back, and goes out by itself.",
}
ON_ITS_WAY = "This message is on its way already."


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One delivery with what people call its parts; `link` leads to the message, where there is one."""

    delivery: Delivery
    event: Event
    destination: Destination
    client: Client | None
    link: str | None


@dataclass(frozen=True, kw_only=True)
class Receipts:
    """Of the actor's workspace."""

    store: Store
    permalinks: Permalinks
    now: Callable[[], datetime]

    async def page(
        self,
        actor: Actor,
        *,
        only_dead: bool = False,
        before: int | None = None,
        after: int | None = None,
        limit: int = 10,
    ) -> list[Receipt]:
        """The newest first; what went to somebody by direct message, admins and they see. Raises
        NotAllowed for strangers."""
        actor.demand_colleague(LOOK)
        async with self.store.read() as uow:
            found = await uow.deliveries.page(
                scope=actor.scope,
                user_id=None if actor.is_admin else actor.user_id,
                state=DEAD if only_dead else None,
                before=before,
                after=after,
                limit=limit,
            )
            parts = [await _parts(uow, actor, each) for each in found]
        links = await self.permalinks.all(_place(each) for each in found if _may_follow(actor, each))
        return [
            Receipt(
                delivery=each,
                event=event,
                destination=destination,
                client=client,
                link=links.get(_place(each)),
            )
            for each, (event, destination, client) in zip(found, parts, strict=True)
        ]

    async def home(self, actor: Actor, id: int) -> str | None:
        """The workspace of a delivery within the scope's clients; whether it may be seen, `Access` says."""
        async with self.store.read() as uow:
            return await uow.deliveries.workspace_of(scope=actor.scope, id=id)

    async def replay(self, actor: Actor, id: int) -> Delivery:
        """Try a dead letter again, from the start. Raises NotAllowed, NotFound, and Conflict for one that
        is not dead."""
        actor.demand_admin(REPLAY)
        async with self.store.begin() as uow:
            found = await uow.deliveries.find(scope=actor.scope, id=id)
            if found is None:
                raise NotFound(f"There is no delivery {id}.")
            if not await uow.deliveries.replay(scope=actor.scope, id=id, now=self.now()):
                raise Conflict(SETTLED.get(found.state, ON_ITS_WAY))
            await self._keep(uow, actor, f"delivery {id}", 1, [found.client_id])
        async with self.store.read() as uow:
            return await uow.deliveries.find(scope=actor.scope, id=id) or found

    async def replay_all(self, actor: Actor, destination_id: int) -> int:
        """All dead letters of a destination; how many. Raises NotAllowed, NotFound, Conflict."""
        actor.demand_admin(REPLAY)
        async with self.store.begin() as uow:
            destination = await uow.destinations.get(id=destination_id)
            if destination is None or destination.workspace_id != actor.scope.workspace_id:
                raise NotFound(f"There is no destination {destination_id}.")
            ids = await uow.deliveries.replay(
                scope=actor.scope, destination_id=destination_id, now=self.now()
            )
            if not ids:
                raise Conflict("Nothing that should go there is dead any more.")
            clients = actor.scope.client_ids or ()
            await self._keep(uow, actor, f"destination {destination_id}", len(ids), clients)
        return len(ids)

    async def _keep(
        self,
        uow: UnitOfWork,
        actor: Actor,
        subject: str,
        count: int,
        clients: Sequence[int | None] | frozenset[int],
    ) -> None:
        await audit.record(
            uow,
            actor,
            "delivery.replayed",
            subject,
            after={"count": count},
            clients=clients,
            now=self.now(),
        )
        await uow.commit()


async def _parts(
    uow: UnitOfWork, actor: Actor, delivery: Delivery
) -> tuple[Event, Destination, Client | None]:
    event = await uow.events.find(scope=actor.scope, id=delivery.event_id)
    destination = await uow.destinations.get(id=delivery.destination_id)
    assert event is not None
    assert destination is not None
    if delivery.client_id is None:
        return event, destination, None
    return event, destination, await uow.clients.get(scope=actor.scope, id=delivery.client_id)


def _place(delivery: Delivery) -> Place:
    return delivery.workspace_id, delivery.channel, delivery.ts


def _may_follow(actor: Actor, delivery: Delivery) -> bool:
    """Nobody can open what is between Houston and somebody else."""
    return not delivery.address.startswith("dm:") or delivery.address == f"dm:{actor.user_id}"
