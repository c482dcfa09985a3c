"""How many calls Slack takes of this process's answers: they share its limits, workspace by workspace."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

SHUNNED = 15.0
"""The least seconds without a new stream, once Slack had too many: it lets 20 begin in a minute."""

GROWTH, CALLS = 1.2, 6
"""An answer grows in larger steps from call to call, up to so many."""

SLOWER, SLOWEST, RECOVERY = 2.0, 8.0, 30.0
"""Each refusal doubles the pauses; half of that is forgotten after so many seconds."""


@dataclass(kw_only=True)
class Slowness:
    factor: float = 1.0
    since: float = 0.0


@dataclass(kw_only=True)
class Tempo:
    """Of what other replicas do it knows by Slack's refusals alone."""

    clock: Callable[[], float] = time.monotonic
    _writing: Counter[str] = field(default_factory=Counter)
    _shunned_until: dict[str, float] = field(default_factory=dict)
    _slowness: defaultdict[str, Slowness] = field(default_factory=lambda: defaultdict(Slowness))

    @contextmanager
    def writing(self, workspace_id: str) -> Iterator[None]:
        """While one more answer grows there."""
        self._writing[workspace_id] += 1
        try:
            yield
        finally:
            self._writing[workspace_id] -= 1

    def is_crowded(self, workspace_id: str) -> bool:
        """Whether the next answer does better without a stream."""
        return self.clock() < self._shunned_until.get(workspace_id, 0.0)

    def shun(self, workspace_id: str, seconds: float) -> None:
        """Slack lets no stream begin for so long."""
        self._shunned_until[workspace_id] = self.clock() + max(seconds, SHUNNED)

    def slow_down(self, workspace_id: str) -> None:
        """Slack had too many calls."""
        factor = min(self._factor(workspace_id) * SLOWER, SLOWEST)
        self._slowness[workspace_id] = Slowness(factor=factor, since=self.clock())

    def pause(self, workspace_id: str, least: float, calls: int) -> float:
        """Seconds until an answer's next call, which had so many; `least` for one that is alone."""
        others = max(1, self._writing[workspace_id])
        return least * GROWTH ** min(calls - 1, CALLS) * others * self._factor(workspace_id)

    def _factor(self, workspace_id: str) -> float:
        slowness = self._slowness[workspace_id]
        halvings = (self.clock() - slowness.since) // RECOVERY
        return max(1.0, slowness.factor / 2 ** min(halvings, SLOWEST))
