"""What a row teaches: levels, home, and when a shift has become what is usual."""

from __future__ import annotations

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats, Ints
from houston.watch.outliers.coarse.cadence import Cadence
from houston.watch.outliers.coarse.calendar import Moment
from houston.watch.outliers.coarse.outlook import AWAY, Outlook
from houston.watch.outliers.coarse.state import CoarseState

#: standard deviations up to which a row moves a level
LESSON = 2.5
#: a level that misses by so many times the best one's misses starts again from the best
HOPELESS = 2.5
#: rows of the same value after which a line that stands still has settled there
SETTLED = 2
#: logarithm of how much more likely home must be to be back there, and what one row may add
SURE, MOST = 8.0, 4.0
#: days of rows that the level of home rests upon
HOME_DAYS = 20


def learn_level(state: CoarseState, view: Outlook, values: Floats, cadence: Cadence) -> None:
    ready = state.is_ready
    missed = (view.seen - view.offset)[:, None] - state.level.levels
    limit = (LESSON * view.noise * np.maximum(view.width, 1))[:, None]
    lesson = np.clip(missed, -limit, limit)
    state.level.rows += 1
    share = np.maximum(np.array(cadence.rates), 1 / (state.level.rows + 1)[:, None])
    settled = state.fit.is_still & (values == state.still.value) & (state.still.run >= SETTLED)
    state.level.levels += np.where(settled[:, None], missed, share * lesson) * ready[:, None]
    misses = cadence.keeping * state.level.misses + (1 - cadence.keeping) * np.abs(lesson)
    state.level.misses[:] = np.where(ready[:, None], misses, state.level.misses)
    hopeless = state.level.misses > HOPELESS * state.level.misses.min(1)[:, None]
    state.level.levels[:] = np.where(hopeless & ready[:, None], view.level[:, None], state.level.levels)


def learn_home(state: CoarseState, view: Outlook, alarm: Bools, side: Ints, cadence: Cadence) -> Bools:
    """Where home is, and who is back there."""
    everyone, home = np.arange(len(alarm)), state.home
    lives = home.left > 0
    home.left -= 1
    leaves = alarm & (home.left <= 0)
    before = np.where(state.sums.sums[everyone, side] > 0, state.sums.before[everyone, side], view.level)
    home.level[:] = np.where(leaves, before, home.level)
    home.left[:] = np.where(alarm, cadence.home, home.left)
    speaks = np.clip((view.away**2 - view.from_home**2) / 2, -MOST, MOST)
    home.evidence[:] = np.where(lives & state.is_ready, np.maximum(0.0, home.evidence + speaks), 0.0)
    return (home.evidence >= SURE) & (np.abs(view.away) > AWAY)


def settle(state: CoarseState, is_back: Bools, shifted: Bools, moment: Moment, cadence: Cadence) -> None:
    """Those that are back home, and those whose sums [members, sides] tell of a shift that has lasted."""
    lasting = shifted & (state.sums.rows >= cadence.settling) & state.is_ready[:, None]
    moved = lasting.any(1) & ~is_back
    both = np.flatnonzero(is_back | moved)
    if not both.size:
        return
    after = state.sums.after[np.arange(len(moved)), np.argmax(lasting, axis=1)]
    level = np.where(is_back, state.home.level, after)
    state.level.levels[both] = level[both, None]
    state.level.rows[both] = np.where(is_back, HOME_DAYS * cadence.slots, cadence.settling)[both]
    state.home.evidence[is_back] = 0.0
    state.sums.forget(is_back | moved)
    state.weeks.broken[both, moment.week[both] % cadence.weeks] = True


def note(state: CoarseState, view: Outlook, values: Floats, moment: Moment, cadence: Cadence) -> None:
    """Keeps the row among the weeks."""
    place = np.arange(len(values)), moment.week % cadence.weeks, moment.cell
    state.weeks.values[place] = values
    missed = view.seen - view.expected
    state.weeks.misses[place] = np.where(state.is_ready, missed, np.nan)
    state.still.learn(values)
    state.rows += 1
    state.time[:] = moment.time
