"""Incidents that begin with a stretch of the past, and of which nothing is written."""

from __future__ import annotations

from collections.abc import Sequence

from houston.watch import rows
from houston.watch.detection.judged import Judged
from houston.watch.detection.looks import Look
from houston.watch.detection.members import rank
from houston.watch.detection.moments import Moment
from houston.watch.detection.planning import Plan, watched
from houston.watch.detection.seeing import Seeing
from houston.watch.findings import Finding, findings
from houston.watch.lifecycle import step
from houston.watch.standing import OPEN
from store.ids import Ids
from store.tables import Episode, Lifecycle


class Rehearsal:
    """`fired` is what would have been told first, incident by incident, the worst of each in front."""

    def __init__(self, seeing: Seeing, ids: Ids) -> None:
        self._seeing, self._ids = seeing, ids
        self._lifecycles: dict[str, Lifecycle] = {}
        self._episodes: dict[str, Episode] = {}
        self.fired: list[list[Look]] = []

    async def tell(self, judged: Sequence[Judged]) -> list[Finding]:
        going_on = {key: each for key, each in self._episodes.items() if each.state in OPEN}
        members = {pair for episode in going_on.values() for pair in watched(episode)}
        looks = await self._seeing.rehearsed(judged, members)
        plan = Plan(going_on=going_on, now=self._seeing.now())
        news: list[Look] = []
        for moments in plan.moments(looks).values():
            for moment in moments:
                news += self._step(moment)
        return findings(looks, news)

    def _step(self, moment: Moment) -> list[Look]:
        breaking = [look for look in moment.looks if look.verdict == "breach"]
        if self._opens(moment):
            self.fired.append(sorted(breaking, key=rank))
            return breaking
        return [look for look in breaking if look.watched in moment.joined]

    def _opens(self, moment: Moment) -> bool:
        """Step the incident as Episodes would, at the time of the check; whether it begins."""
        key = moment.key
        lifecycle = self._lifecycles.setdefault(key, Lifecycle(key=key, since=moment.at))
        episode = self._episodes.get(key)
        sighting = moment.turn().look(lifecycle, episode)
        if sighting is None:
            return False
        before = rows.snapshot_of(lifecycle, episode)
        outcome = step(before, sighting, moment.at, moment.policy)
        change = rows.seen(before, outcome, sighting, episode, self._ids, moment.at)
        self._lifecycles[key] = lifecycle.model_copy(update=dict(change.lifecycle))
        if episode:
            self._episodes[key] = episode.model_copy(update=dict(change.episode))
        if change.opened:
            self._episodes[key] = change.opened
        return change.opened is not None
