"""Looks at what was judged, with all that it takes to tell of it: what was found before, what matters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from houston import access
from houston.watch.detection.importance import importance
from houston.watch.detection.judged import Judged
from houston.watch.detection.looks import Look, Looking, Values
from store import Store

Known = Mapping[tuple[int, int], Values]


@dataclass(frozen=True, kw_only=True)
class Seeing:
    store: Store
    now: Callable[[], datetime]

    async def looks(self, judged: Sequence[Judged], members: Collection[tuple[int, int]]) -> list[Look]:
        """Of what breaks, of `members` of incidents that go on, and of what was found and is no more."""
        return await self._looks(judged, members, await self._known(judged))

    async def rehearsed(self, judged: Sequence[Judged], members: Collection[tuple[int, int]]) -> list[Look]:
        """As if nothing had been found before."""
        return await self._looks(judged, members, {})

    async def _looks(
        self, judged: Sequence[Judged], members: Collection[tuple[int, int]], known: Known
    ) -> list[Look]:
        concerned = [
            each for each in judged if each.may_break or each.watched in members or each.watched in known
        ]
        if not concerned:
            return []
        newest = max((each.points[-1][0] for each in concerned if each.points), default=self.now())
        weighed = await importance(self.store, [each.metric for each in concerned], newest)
        looking = Looking(ids=self.store.ids, now=self.now(), importance=weighed, known=known)
        return [look for each in concerned for look in looking.looks(each)]

    async def _known(self, judged: Sequence[Judged]) -> Known:
        times = [each.points[0][0] for each in judged if each.points]
        if not times:
            return {}
        ids = {each.definition.id or 0 for each in judged}
        async with self.store.read() as uow:
            return await uow.occurrences.values(
                scope=access.everything(), definition_ids=ids, since=min(times)
            )
