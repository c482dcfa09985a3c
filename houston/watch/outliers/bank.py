from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np

from houston.watch.outliers.arrays import Arrays, Ints
from houston.watch.outliers.engines import ENGINES, engine_for
from houston.watch.outliers.group import Group, Rows
from houston.watch.outliers.series import Series, SeriesError
from houston.watch.outliers.settings import Settings
from houston.watch.outliers.tuning import Tuning
from houston.watch.outliers.verdicts import Verdicts

#: rows that say how far apart a series' rows are; every engine warms up for longer
OPENING = 9
#: rows judged at once, each against a copy of its member's state
JUDGED_AT_ONCE = 256


class Bank:
    """Judges each row of many series by the rows before it.

    Causal and resumable: reading series in pieces gives what reading them at once gives, and many together
    what each gives alone. The cost of a row and the memory do not grow with the rows that have been read.
    """

    def __init__(self, settings: Sequence[Settings] = ()) -> None:
        self._settings: dict[int, Settings] = {}
        self._last: dict[int, int] = {}
        #: what members have read that have no engine yet
        self._openings: dict[int, Rows] = {}
        self._groups: list[Group[Any]] = [Group(engine) for engine in ENGINES]
        #: group and place in it, of the other members
        self._places: dict[int, tuple[int, int]] = {}
        self._numbers = count()
        for each in settings:
            self.join(each)

    def join(self, settings: Settings, kept: Kept | None = None) -> int:
        """A new member, which has read nothing, or what another of these settings had when it was kept."""
        member = next(self._numbers)
        self._settings[member] = settings
        if kept is None:
            self._openings[member] = nothing()
            return member
        if kept.last is not None:
            self._last[member] = kept.last
        if kept.state is None:
            self._openings[member] = kept.opening
        else:
            tuning = Tuning.of([settings])
            self._places[member] = kept.group, self._groups[kept.group].take_in(kept.state, tuning)[0]
        return member

    def leave(self, member: int) -> None:
        """Forget a member."""
        del self._settings[member]
        self._last.pop(member, None)
        self._openings.pop(member, None)
        if member in self._places:
            group, place = self._places.pop(member)
            self._groups[group].free(place)

    def keep(self, member: int) -> Kept:
        """A copy of what a member has learned."""
        last, opening = self._last.get(member), self._openings.get(member, nothing())
        if member not in self._places:
            return Kept(last=last, opening=opening)
        group, place = self._places[member]
        return Kept(last=last, opening=opening, group=group, state=self._groups[group].copy(place))

    def read(self, series: Sequence[Series], members: Sequence[int] | None = None) -> list[Verdicts]:
        """Verdicts on rows that come after all rows read so far, one per member; learns from them.

        `members` are those whose series these are; without them, all in the order in which they joined.
        """
        members = list(self._settings) if members is None else members
        rows = dict(zip(members, map(rows_of, series), strict=True))
        for member, (times, _) in rows.items():
            self._refuse_old(member, times)
        fed = self._open(rows)
        found = {member: Verdicts.silent(len(times)) for member, (times, _) in rows.items()}
        for group, some in self._by_group([member for member, each in fed.items() if len(each[0])]).items():
            places = [self._places[member][1] for member in some]
            verdicts = self._groups[group].read(places, [fed[member] for member in some])
            for member, each in zip(some, verdicts, strict=True):
                found[member] = each.last(len(rows[member][0]))
        return list(found.values())

    def judge(self, member: int, series: Series) -> Verdicts:
        """Verdicts on rows, each as if it came next, that are not learned from; their times are free."""
        if member not in self._places:
            return Verdicts.silent(len(series))
        group, place = self._places[member]
        times, values = rows_of(series)
        parts = [Verdicts.silent(0)]
        for start in range(0, len(times), JUDGED_AT_ONCE):
            some = slice(start, start + JUDGED_AT_ONCE)
            parts.append(self._groups[group].judge(place, (times[some], values[some])))
        return Verdicts.joined(parts)

    def _refuse_old(self, member: int, times: Ints) -> None:
        last = self._last.get(member)
        if len(times) and last is not None and times[0] <= last:
            first, before = (np.datetime64(int(time), "s") for time in (times[0], last))
            raise SeriesError(f"{first} is not after {before}, which was read before")

    def _open(self, rows: Mapping[int, Rows]) -> dict[int, Rows]:
        """What the members' engines are to read now: nothing where there is none yet."""
        self._last.update({member: int(times[-1]) for member, (times, _) in rows.items() if len(times)})
        fed, ready = dict(rows), dict[int, Rows]()
        for member in rows.keys() & self._openings.keys():
            before, now = self._openings[member], rows[member]
            read = np.concatenate([before[0], now[0]]), np.concatenate([before[1], now[1]])
            if len(read[0]) < OPENING:
                self._openings[member], fed[member] = read, nothing()
            else:
                ready[member] = fed[member] = read
        self._begin(ready)
        return fed

    def _begin(self, rows: Mapping[int, Rows]) -> None:
        """Give these members the engines that their rows are for, many at once."""
        chosen: defaultdict[int, dict[int, float]] = defaultdict(dict)
        for member, (times, _) in rows.items():
            del self._openings[member]
            spacing = float(np.median(np.diff(times[:OPENING])))
            chosen[engine_for(spacing)][member] = spacing
        for group, spacings in chosen.items():
            tuning = Tuning.of([self._settings[member] for member in spacings])
            places = self._groups[group].join(np.array(list(spacings.values())), tuning)
            self._places.update(
                {member: (group, place) for member, place in zip(spacings, places, strict=True)}
            )

    def _by_group(self, members: Sequence[int]) -> dict[int, list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for member in members:
            found[self._places[member][0]].append(member)
        return found


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What one member has learned, apart from the bank; without a state it has no engine yet."""

    last: int | None
    opening: Rows
    group: int = 0
    state: Arrays | None = None


def nothing() -> Rows:
    return np.empty(0, np.int64), np.empty(0)


def rows_of(series: Series) -> Rows:
    return series.times.astype("datetime64[s]").astype(np.int64), series.values
