"""Which incident each look belongs to, and in which order its moments are stepped. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from houston.watch.detection.looks import Look
from houston.watch.detection.moments import Moment, policy_for
from store.tables import Episode

KIND = "outlier"

Watches = Mapping[int, Collection[int]]
"""The metrics that definitions watch now, by definition."""


def key_of(definition_id: int, kind: str = KIND) -> str:
    return f"{kind}:{definition_id}"


@dataclass(kw_only=True)
class Plan:
    """`going_on` are the open incidents by key, `watches` the metrics that definitions watch now."""

    going_on: Mapping[str, Episode]
    now: datetime
    kind: str = KIND
    watches: Watches = field(default_factory=dict)

    def moments(self, looks: Sequence[Look]) -> dict[str, list[Moment]]:
        """By incident, each from its first outlier on; corrections last, when all else is known."""
        plans: dict[str, list[Moment]] = {}
        for key, some in self._by_key(looks).items():
            episode = self.going_on.get(key)
            members = watched(episode) if episode else set[tuple[int, int]]()
            breaking = {look.watched for look in some if look.verdict == "breach"}
            kept = [look for look in some if look.watched in members | breaking]
            if found := list(self._in_turn(key, kept, is_open=episode is not None)):
                plans[key] = found
        for key, episode in self.going_on.items():
            if self._has_ended(episode):
                plans.setdefault(key, []).append(self._moment(key, self.now, (), episode.client_id or 0))
        return plans

    def _in_turn(self, key: str, looks: Sequence[Look], *, is_open: bool) -> Iterator[Moment]:
        if not looks:
            return
        client_id = looks[0].judged.definition.client_id
        new = [look for look in looks if not look.is_correction]
        has_begun = is_open
        for at, group in groupby(sorted(new, key=lambda look: look.at), key=lambda look: look.at):
            some = list(group)
            has_begun = has_begun or any(look.verdict == "breach" for look in some)
            if has_begun:
                yield self._moment(key, at, some, client_id)
        corrections = [look for look in looks if look.is_correction]
        if corrections and has_begun:
            yield self._moment(key, self.now, corrections, client_id)

    def _moment(self, key: str, at: datetime, looks: Sequence[Look], client_id: int) -> Moment:
        spacing = max((look.spacing for look in looks), default=None)
        return Moment(
            key=key,
            client_id=client_id,
            at=at,
            looks=looks,
            policy=policy_for(spacing),
            watches=self.watches,
        )

    def _by_key(self, looks: Sequence[Look]) -> dict[str, list[Look]]:
        homes = {pair: key for key, episode in self.going_on.items() for pair in watched(episode)}
        opening = self._opening(looks, homes)
        found: defaultdict[str, list[Look]] = defaultdict(list)
        for look in looks:
            key = homes.get(look.watched) or opening.get(look.watched[0])
            if key:
                found[key].append(look)
        return found

    def _opening(self, looks: Sequence[Look], homes: Mapping[tuple[int, int], str]) -> dict[int, str]:
        """Where what newly breaks of each definition belongs: to an incident of the definition that goes
        on, else to one with all that breaks of this client now."""
        joined = {definition_id: key for (definition_id, _), key in homes.items()}
        joined |= {id: key_of(id, self.kind) for id in self._ids(looks) if self._is_open(id)}
        leaders: dict[int, str] = {}
        found: dict[int, str] = {}
        for look in sorted(looks, key=lambda each: each.watched):
            id, client_id = look.watched[0], look.judged.definition.client_id
            if look.verdict != "breach" or look.watched in homes:
                continue
            found[id] = joined.get(id) or leaders.setdefault(client_id, key_of(id, self.kind))
        return found

    def _ids(self, looks: Sequence[Look]) -> set[int]:
        return {look.watched[0] for look in looks}

    def _is_open(self, definition_id: int) -> bool:
        return key_of(definition_id, self.kind) in self.going_on

    def _has_ended(self, episode: Episode) -> bool:
        """Whether something of it is not watched any more, and it does not say so yet."""
        return any(
            each["definition_id"] in self.watches
            and each["metric_id"] not in self.watches[each["definition_id"]]
            and not each["is_well"]
            for each in episode.current.get("metrics", ())
        )


def watched(episode: Episode) -> set[tuple[int, int]]:
    """Definitions and metrics that have a part in an incident."""
    return {(each["definition_id"], each["metric_id"]) for each in episode.current.get("metrics", ())}
