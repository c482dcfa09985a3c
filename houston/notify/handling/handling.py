"""What people do about episodes: acknowledge, assign, snooze, and give back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from houston.access import Actor
from houston.errors import Conflict
from houston.notify.handling import snoozing
from houston.notify.handling.assignees import Assignees
from houston.notify.handling.pressed import Pressed, one_going_on, pressed
from houston.notify.handling.snoozing import Snooze
from houston.notify.outbox import Outbox
from houston.watch.episodes import Episodes
from houston.watch.standing import Standing, standing
from store import Store
from store.episodes import Taking, acknowledging, assigning, unacknowledging, unassigning
from store.tables import Episode


@dataclass(frozen=True, kw_only=True)
class Handling:
    """Each deed is by whoever may see the episode's client, and about all episodes that a message
    shows. Of two people at once one is first, and the other gets Conflict, which names the first.

    All raise NotAllowed, NotFound and Conflict. `stale` is told that messages are out of date.
    """

    store: Store
    outbox: Outbox
    episodes: Episodes
    assignees: Assignees
    now: Callable[[], datetime]
    stale: Callable[[], None]

    async def going_on(self, actor: Actor, episode_id: int) -> tuple[Standing, int | None]:
        """How one episode stands that is not over, and whose it is."""
        episode = await self._one(actor, episode_id)
        return (await self._stands(actor, [episode]))[0], episode.client_id

    async def acknowledge(self, actor: Actor, delivery_id: int) -> None:
        await self._acknowledge(actor, (await self._pressed(actor, delivery_id)).going_on())

    async def acknowledge_one(self, actor: Actor, episode_id: int) -> None:
        await self._acknowledge(actor, [await self._one(actor, episode_id)])

    async def unacknowledge(self, actor: Actor, delivery_id: int) -> None:
        found = await self._pressed(actor, delivery_id)
        found.demand_episodes()
        await self._take(actor, unacknowledging(_ids(found.episodes)), found.episodes, _not_acknowledged)

    async def assign(self, actor: Actor, delivery_id: int, user_id: str) -> None:
        """To a member who may see it; they are told. Raises Invalid for somebody else."""
        found = await self._pressed(actor, delivery_id)
        going_on = found.going_on()
        assignee = await self.assignees.chosen(actor, user_id, going_on)
        to = f"{assignee.workspace_id}/{assignee.user_id}"
        change = assigning(_ids(going_on), to=to, name=assignee.name, by=member(actor))
        await self._take(actor, change, going_on, _assigned)
        taken = [episode for episode in going_on if episode.id in change.changed]
        await self.assignees.tell(actor, assignee, found.delivery, taken)

    async def unassign(self, actor: Actor, delivery_id: int) -> None:
        found = await self._pressed(actor, delivery_id)
        found.demand_episodes()
        await self._take(actor, unassigning(_ids(found.episodes)), found.episodes, _not_assigned)

    async def snooze(self, actor: Actor, delivery_id: int, choice: str) -> None:
        """`choice` is one of houston/notify/handling/snoozing.py. Raises Invalid for another."""
        going_on = (await self._pressed(actor, delivery_id)).going_on()
        await self._snooze(actor, going_on, snoozing.chosen(choice, self.now(), await self._zone(actor)))

    async def snooze_one(self, actor: Actor, episode_id: int, snooze: Snooze) -> None:
        await self._snooze(actor, [await self._one(actor, episode_id)], snooze)

    async def _acknowledge(self, actor: Actor, going_on: Sequence[Episode]) -> None:
        change = acknowledging(_ids(going_on), by=member(actor), name=actor.name, at=self.now())
        await self._take(actor, change, going_on, _acknowledged)

    async def _snooze(self, actor: Actor, going_on: Sequence[Episode], snooze: Snooze) -> None:
        asleep = [
            await self.episodes.snooze(
                episode.key,
                until=snooze.until,
                until_change=snooze.until_change,
                by=member(actor),
                name=actor.name,
            )
            for episode in going_on
        ]
        if not any(asleep):
            stands = await self._stands(actor, going_on)
            names = [each.snoozed.name for each in stands if each.snoozed]
            raise Conflict(f"Already snoozed by {next(iter(names), 'somebody')}.")

    async def unsnooze(self, actor: Actor, delivery_id: int) -> None:
        found = await self._pressed(actor, delivery_id)
        found.demand_episodes()
        ended = [await self.episodes.unsnooze(key) for key in {each.key for each in found.episodes}]
        if not any(each.is_accepted for each in ended):
            raise Conflict("Nobody snoozes this any more.")

    async def _one(self, actor: Actor, episode_id: int) -> Episode:
        async with self.store.read() as uow:
            return await one_going_on(uow, actor, episode_id)

    async def _pressed(self, actor: Actor, delivery_id: int) -> Pressed:
        async with self.store.read() as uow:
            return await pressed(uow, actor, delivery_id)

    async def _take(
        self,
        actor: Actor,
        change: Taking,
        episodes: Sequence[Episode],
        refused: Callable[[Standing], str],
    ) -> None:
        """Raises Conflict, in the words of `refused`, where somebody was first."""
        await self.outbox.record(None, change)
        if change.changed:
            self.stale()
            return
        stands = await self._stands(actor, episodes)
        raise Conflict(refused(stands[0]) if stands else "I do not know this message any more.")

    async def _zone(self, actor: Actor) -> ZoneInfo:
        assert actor.scope.workspace_id is not None
        async with self.store.read() as uow:
            known = await uow.members.find(workspace_id=actor.scope.workspace_id, user_id=actor.user_id)
        return ZoneInfo(known.timezone if known else "UTC")

    async def _stands(self, actor: Actor, episodes: Sequence[Episode]) -> list[Standing]:
        """How these stand now, as people of the actor's workspace may know."""
        assert actor.scope.workspace_id is not None
        async with self.store.read() as uow:
            workspace = await uow.workspaces.find(id=actor.scope.workspace_id)
            known = await uow.posts.episodes(scope=actor.scope, ids=_ids(episodes))
        is_agency = workspace is not None and workspace.has_clients
        return [
            standing(*pair, workspace_id=actor.scope.workspace_id, is_agency=is_agency, now=self.now())
            for pair in known.values()
        ]


def member(actor: Actor) -> str:
    """`T1/U1`."""
    return f"{actor.scope.workspace_id}/{actor.user_id}"


def _ids(episodes: Sequence[Episode]) -> list[int]:
    return [episode.id for episode in episodes]


def _acknowledged(now: Standing) -> str:
    return f"Already acknowledged by {now.acknowledged.name if now.acknowledged else 'somebody'}."


def _not_acknowledged(_: Standing) -> str:
    return "It is not acknowledged any more: that was taken back already."


def _assigned(now: Standing) -> str:
    name = now.assigned.name if now.assigned else "somebody"
    return f"Already assigned to {name}. Unassign it first to choose somebody else."


def _not_assigned(_: Standing) -> str:
    return "It is assigned to nobody any more."
