"""Incidents of a client's metrics: those of one definition that break, or of several at once, are one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from houston import access
from houston.watch.detection.looks import Look
from houston.watch.detection.moments import Moment
from houston.watch.detection.planning import KIND, Plan, watched
from houston.watch.episodes import Episodes, Seen
from houston.watch.policy import Policy
from houston.watch.standing import OPEN
from store import Store
from store.dispatch import Write
from store.occurrences import adding, removing
from store.tables import Episode, OutlierDefinition


@dataclass(frozen=True, kw_only=True)
class Incidents:
    """Steps the lifecycles of incidents by what was looked at."""

    store: Store
    episodes: Episodes

    async def going_on(self, clients: Collection[int], kind: str = KIND) -> dict[str, Episode]:
        """The open incidents of these clients, by key."""
        if not clients:
            return {}
        async with self.store.read() as uow:
            found = await uow.episodes.of_type(
                scope=access.everything(), type="outlier", states=OPEN, client_ids=clients
            )
        return {each.key: each for each in found if each.key.rpartition(":")[0] == kind}

    async def follow(self, looks: Sequence[Look], plan: Plan) -> list[Look]:
        """Keep what is found and announce what becomes of it; returns what was news."""
        news: list[Look] = []
        plans = plan.moments(looks)
        await self._correct([look for look in looks if look.is_correction], plans.values())
        for moments in plans.values():
            writes = _writes(look for moment in moments for look in moment.looks)
            turns = [each.turn() for each in moments]
            seen = await self.episodes.follow(turns, *writes, policy=_policy(moments))
            news += [look for moment, each in zip(moments, seen, strict=True) for look in _news(moment, each)]
        return news

    async def _correct(self, looks: Sequence[Look], plans: Collection[Sequence[Moment]]) -> None:
        """What concerns no incident that goes on changes only what is kept."""
        planned = {id(look) for moments in plans for moment in moments for look in moment.looks}
        if writes := _writes([look for look in looks if id(look) not in planned]):
            await self.episodes.outbox.record(None, *writes)

    async def leave(self, definition: OutlierDefinition) -> None:
        """End what goes on of a definition that is gone; that is shown, and not told."""
        id, now = definition.id or 0, self.episodes.now()
        going_on = await self.going_on([definition.client_id])
        concerned = {
            key: each for key, each in going_on.items() if any(pair[0] == id for pair in watched(each))
        }
        plan = Plan(going_on=concerned, now=now, watches={id: ()})
        for moments in plan.moments(()).values():
            policy = replace(_policy(moments), announces_resolved=False)
            await self.episodes.follow([each.turn() for each in moments], policy=policy)


def _policy(moments: Sequence[Moment]) -> Policy:
    """That of the slowest series."""
    return max((each.policy for each in moments), key=lambda policy: policy.forget_after or timedelta())


def _writes(looks: Iterable[Look]) -> list[Write]:
    """What was found, in place of what was corrected."""
    some = list(looks)
    gone = [(*look.watched, look.at) for look in some if look.is_correction]
    found = [look.occurrence for look in some if look.occurrence]
    return [*([removing(gone)] if gone else []), *([adding(found)] if found else [])]


def _news(moment: Moment, seen: Seen) -> list[Look]:
    breaking = [look for look in moment.looks if look.verdict == "breach"]
    return [look for look in breaking if seen.opened or look.watched in moment.joined]
