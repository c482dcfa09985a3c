"""How often somebody may ask: token buckets in memory, each process its own."""

import math
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from houston.web.problems import Problem

KEPT = 10_000
"""Buckets at the most, so that an attacker with many addresses fills no memory. The one that rested
longest goes first: it is full again, or nearly."""


@dataclass
class Limit:
    """`burst` requests at once, then `per_second`; `clock` tells seconds that only go forward."""

    per_second: float
    burst: int
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[Hashable, tuple[float, float]] = field(default_factory=dict)

    def wait(self, who: Hashable) -> float:
        """Seconds until they may ask again; 0 for now."""
        return max(0.0, (1 - self._level(who)) / self.per_second)

    def take(self, who: Hashable) -> float:
        """Count one request where `wait` is 0; what it was."""
        wait, level = self.wait(who), self._level(who)
        self._buckets.pop(who, None)
        self._buckets[who] = (level - (wait == 0), self.clock())
        if len(self._buckets) > KEPT:
            del self._buckets[next(iter(self._buckets))]
        return wait

    def _level(self, who: Hashable) -> float:
        level, at = self._buckets.get(who, (float(self.burst), self.clock()))
        return min(float(self.burst), level + (self.clock() - at) * self.per_second)


def _of_a_key() -> Limit:
    """A busy pipeline sends its day's reports in a burst; 20 a second is what SQLite writes beside
    Slack's traffic without anybody waiting."""
    return Limit(per_second=20, burst=100)


def _of_failures() -> Limit:
    """A mistyped key is mended after a few tries; more is a program that nobody looks after, or a guesser."""
    return Limit(per_second=1 / 6, burst=10)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """`by_key` counts every request of an API key, `failures` the refused ones of an address.

    A good key is let in whatever its address did: behind a proxy everybody has the same one, and 192
    random bits are not guessed.
    """

    by_key: Limit = field(default_factory=_of_a_key)
    failures: Limit = field(default_factory=_of_failures)


def demand(wait: float) -> None:
    """Raises Problem where there is something to wait for."""
    if wait > 0:
        seconds = math.ceil(wait)
        said = f"Too many requests: try again in {seconds} s."
        raise Problem(429, said, headers={"Retry-After": str(seconds)})
