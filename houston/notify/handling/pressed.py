"""The message whose button somebody pressed."""

from collections.abc import Sequence
from dataclasses import dataclass

from houston.access import Actor
from houston.errors import Conflict, NotFound
from houston.watch.standing import OPEN
from store import Scope, UnitOfWork
from store.tables import Delivery, Episode, Event

WHAT = "do something about alerts"
OVER = "This is over already: there is nothing left to do about it."


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A message by one of its deliveries, with the episodes that it shows: those in the actor's sight,
    the oldest first."""

    delivery: Delivery
    event: Event
    episodes: Sequence[Episode]

    def going_on(self) -> list[Episode]:
        """The episodes that are not over. Raises Conflict where there are none."""
        self.demand_episodes()
        found = [episode for episode in self.episodes if episode.state in OPEN]
        if not found:
            raise Conflict(OVER)
        return found

    def demand_episodes(self) -> None:
        if not self.episodes:
            raise Conflict("This message is news only: there is nothing to do about it.")


async def pressed(uow: UnitOfWork, actor: Actor, delivery_id: int) -> Pressed:
    """Raises NotAllowed for strangers, and NotFound: the same for none and for one out of sight."""
    actor.demand_colleague(WHAT)
    delivery = await uow.deliveries.find(scope=actor.scope, id=delivery_id)
    event = await uow.events.find(scope=actor.scope, id=delivery.event_id) if delivery else None
    if delivery is None or event is None:
        raise NotFound("I do not know this message any more.")
    return Pressed(
        delivery=delivery, event=event, episodes=await _episodes(uow, actor.scope, delivery, event)
    )


async def one_going_on(uow: UnitOfWork, actor: Actor, episode_id: int) -> Episode:
    """An episode by itself. Raises as `pressed`, and Conflict where it is over."""
    actor.demand_colleague(WHAT)
    episode = await uow.episodes.get(scope=actor.scope, id=episode_id)
    if episode is None:
        raise NotFound("I know no such alert here.")
    if episode.state not in OPEN:
        raise Conflict(OVER)
    return episode


async def _episodes(uow: UnitOfWork, scope: Scope, delivery: Delivery, event: Event) -> list[Episode]:
    """Those of all that the message tells of."""
    here = {"workspace_id": delivery.workspace_id, "address": delivery.address}
    told = await uow.posts.told_in(scope=scope, **here, ts=delivery.ts)
    ids = {each.episode_id for each in (event, *(other for _, other in told)) if each.episode_id is not None}
    return await uow.episodes.of_ids(scope=scope, ids=ids)
