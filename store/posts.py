"""The messages that show episodes, and which of them are out of date."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, Update, update
from sqlmodel import col, select

from store.dispatch import Write
from store.repository import Repository
from store.scope import Scope
from store.tables import Delivery, Episode, Event, Lifecycle, Post


class Posts(Repository):
    """Written by the ledger, read here."""

    async def here(self, *, scope: Scope, episode_ids: Sequence[int]) -> list[Post]:
        """The messages in the scope's workspace that show these episodes, the oldest first."""
        query = (
            select(Post)
            .join(Episode, col(Episode.id) == col(Post.episode_id))
            .where(
                Post.workspace_id == scope.workspace_id,
                col(Post.episode_id).in_(episode_ids),
                scope.holds(Episode.client_id),
            )
            .order_by(col(Post.id))
        )
        return list(await self._session.exec(query))

    async def at(
        self, *, scope: Scope, workspace_id: str, address: str, episode_ids: Sequence[int]
    ) -> list[Post]:
        """The messages that show these episodes at one address."""
        query = (
            select(Post)
            .join(Episode, col(Episode.id) == col(Post.episode_id))
            .where(
                Post.workspace_id == workspace_id,
                Post.address == address,
                col(Post.episode_id).in_(episode_ids),
                scope.holds(Episode.client_id),
            )
        )
        return list(await self._session.exec(query))

    async def led_by(self, *, scope: Scope, leader_id: int) -> list[Post]:
        """All that share one message, the oldest first."""
        query = (
            select(Post)
            .join(Episode, col(Episode.id) == col(Post.episode_id))
            .where(Post.leader_id == leader_id, scope.holds(Episode.client_id))
            .order_by(col(Post.id))
        )
        return list(await self._session.exec(query))

    async def episodes(
        self, *, scope: Scope, ids: Collection[int]
    ) -> dict[int, tuple[Episode, Lifecycle | None]]:
        """These episodes by id, each with the lifecycle whose newest one it is."""
        query = (
            select(Episode, Lifecycle)
            .outerjoin(Lifecycle, col(Lifecycle.episode_id) == col(Episode.id))
            .where(col(Episode.id).in_(ids), scope.holds(Episode.client_id))
        )
        found = await self._session.exec(query)
        return {episode.id: (episode, lifecycle) for episode, lifecycle in found}

    async def told_in(
        self, *, scope: Scope, workspace_id: str, address: str, ts: str
    ) -> list[tuple[Delivery, Event]]:
        """All that one message tells of, in the order in which it was recorded."""
        query = (
            select(Delivery, Event)
            .join(Event, col(Event.id) == col(Delivery.event_id))
            .where(
                Delivery.workspace_id == workspace_id,
                Delivery.address == address,
                Delivery.ts == ts,
                Delivery.ts != "",
                scope.holds(Event.client_id),
            )
            .order_by(col(Delivery.id))
        )
        return [(delivery, event) for delivery, event in await self._session.exec(query)]


def showing(episode_ids: Collection[int]) -> Write:
    """For what changes in the messages of these episodes, and not in the episodes themselves."""

    def write(connection: Connection) -> None:
        for id in episode_ids:
            for statement in changed(id):
                connection.execute(statement)

    return write


def changed(episode_id: int) -> tuple[Update, Update]:
    """To be executed in this order by whoever changes what messages show of an episode."""
    leaders = select(Post.leader_id).where(Post.episode_id == episode_id)
    return (
        update(Episode).where(col(Episode.id) == episode_id).values(version=col(Episode.version) + 1),
        update(Post).where(col(Post.id).in_(leaders)).values(wanted=col(Post.wanted) + 1),
    )
