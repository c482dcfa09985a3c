from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Episode, Review


class Reviews(Repository):
    """What people said of incidents: that there was nothing wrong."""

    async def find(self, *, scope: Scope, episode_id: int) -> Review | None:
        query = select(Review).where(Review.episode_id == episode_id, scope.holds(Review.client_id))
        return (await self._session.exec(query)).first()

    async def save(self, *, review: Review) -> Review:
        """One for each episode: the newest counts."""
        row = review.model_dump()
        await self._upsert(Review, [row], key=("episode_id",))
        return review

    async def delete(self, *, review: Review) -> None:
        await self._session.delete(review)

    async def counts(
        self, *, scope: Scope, definition_ids: Collection[int], since: datetime
    ) -> dict[int, int]:
        """Of the incidents that began since then, by definition."""
        query = (
            select(Review.definition_id, func.count())
            .join(Episode, col(Episode.id) == col(Review.episode_id))
            .where(col(Review.definition_id).in_(definition_ids), scope.holds(Review.client_id))
            .where(col(Episode.opened_at) >= since)
            .group_by(col(Review.definition_id))
        )
        return dict((await self._session.exec(query)).all())
