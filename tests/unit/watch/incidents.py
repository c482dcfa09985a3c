"""A watched thing in memory: its rows go through JSON between any two steps, as if Houston restarted."""

import json
import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from houston.watch import rows
from houston.watch.lifecycle import step, wake
from houston.watch.policy import Check, Policy
from houston.watch.rows import Sighting, snapshot_of
from houston.watch.snapshot import Outcome
from store.ids import Ids
from store.lifecycles import Change
from store.tables import Episode, Event, Lifecycle
from tests.store.databases import NOON

Row = TypeVar("Row", Lifecycle, Episode)


class Thing:
    """One key, by one policy. `told` is what people were told, oldest first."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.now = NOON
        self.ids = Ids(lambda: self.now, random.Random(7))
        self.lifecycle = Lifecycle(key="thing:1", since=NOON)
        self.episodes: dict[int, Episode] = {}
        self.told: list[Event] = []
        self.forgotten: set[int] = set()

    @property
    def episode(self) -> Episode | None:
        return self.episodes[self.lifecycle.episode_id] if self.lifecycle.episode_id else None

    @property
    def phases(self) -> list[str]:
        return [event.phase for event in self.told]

    def see(self, check: Check) -> Outcome:
        before = snapshot_of(self.lifecycle, self.episode)
        outcome = step(before, check, self.now, self.policy)
        if outcome.is_accepted:
            sighting = Sighting(
                **vars(check), key="thing:1", type="data_alert", payload={"at": str(check.at)}
            )
            if outcome.forgets and self.episode:
                self.forgotten.add(self.episode.id)
            self._write(rows.seen(before, outcome, sighting, self.episode, self.ids, self.now))
        return outcome

    def look(
        self, verdict: str, *, after: timedelta = timedelta(hours=1), severity: str = "warning"
    ) -> Outcome:
        """See a check of a later moment; `lingering` is an `ok` that has not recovered."""
        self.now += after
        is_lingering = verdict == "lingering"
        return self.see(
            Check(
                at=self.now,
                verdict="ok" if is_lingering else verdict,  # type: ignore[arg-type]
                severity=severity,
                is_recovered=not is_lingering,
            )
        )

    def snooze(self, until: datetime | None) -> None:
        """Without a moment, until it changes."""
        self.lifecycle.snoozed_until, self.lifecycle.snoozed_until_change = until, until is None
        self.lifecycle.snoozed_by, self.lifecycle.snoozed_name = "T1/U1", "Mira"

    def wake(self, *, is_cut_short: bool = False) -> Outcome:
        before = snapshot_of(self.lifecycle, self.episode)
        if is_cut_short and before.is_snoozed(self.now):
            before = replace(before, snoozed_until=self.now, snoozed_until_change=False)
        outcome = wake(before, self.now, self.policy)
        if outcome.is_accepted:
            self._write(rows.woken(outcome, self.episode, self.ids, self.now))
        return outcome

    def _write(self, change: Change) -> None:
        if self.episode:
            self._keep(self.episode.model_copy(update=dict(change.episode)), change.shows)
        columns = dict(change.lifecycle)
        if change.opened:
            self._keep(change.opened, False)
            columns["episode_id"] = change.opened.id
        self.lifecycle = read_back(self.lifecycle.model_copy(update=columns))
        self.told += change.events

    def _keep(self, episode: Episode, shows: bool) -> None:
        episode.version += shows
        self.episodes[episode.id] = read_back(episode)


def read_back(row: Row) -> Row:
    kept = json.loads(row.model_dump_json())
    moments = {
        name: datetime.fromisoformat(value)
        for name, value in kept.items()
        if value and name.endswith(("_at", "_until", "since"))
    }
    return type(row)(**kept | moments)
