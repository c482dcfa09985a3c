"""What moved with a metric: its channels, and the client's other metrics, each against its usual."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from houston.watch.performance import Series, total
from houston.watch.usual import Usual, Window
from store.tables import Metric

LEAST_PERCENT = 5.0
"""A metric that moved less did not move."""

SeriesOf = Callable[[Metric], Series]


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A metric at the time in question. `spreads` is how many of its usual spreads it is away; `share` how
    much of all channels' change is this one's, in percent."""

    metric: str
    channel: str
    unit: str
    value: float
    usual: float
    spreads: float
    share: float | None = None

    @property
    def difference(self) -> float:
        return self.value - self.usual

    @property
    def percent(self) -> float | None:
        return self.difference / abs(self.usual) * 100 if self.usual else None

    @property
    def has_moved(self) -> bool:
        return abs(self.spreads) >= 3.0 and (self.percent is None or abs(self.percent) >= LEAST_PERCENT)


@dataclass(frozen=True, kw_only=True)
class Windows:
    """The time in question, and the same time in the weeks before."""

    now: Window
    before: Sequence[Window]

    def moved(self, metrics: Sequence[Metric], channel: str, series_of: SeriesOf) -> Moved | None:
        """Of these channels of a metric together; None where there is no figure, or nothing to hold it
        against."""
        series, first = [series_of(each) for each in metrics], metrics[0]
        value = _within(first, series, self.now)
        usual = Usual.of([_within(first, series, window) for window in self.before])
        if value is None or usual is None:
            return None
        return Moved(
            metric=first.name,
            channel=channel,
            unit=first.unit,
            value=value,
            usual=usual.value,
            spreads=usual.spreads(value),
        )


def by_channel(windows: Windows, metrics: Sequence[Metric], series_of: SeriesOf) -> list[Moved]:
    """A metric's channels, the one that changed most first; shares only where they can be added up."""
    each_one = [windows.moved([metric], metric.channel, series_of) for metric in metrics if metric.channel]
    found = [moved for moved in each_one if moved]
    change = math.fsum(moved.difference for moved in found)
    shared = metrics[0].aggregate == "sum" and change and len(found) > 1
    with_share = [_shared(moved, change) if shared else moved for moved in found]
    return sorted(with_share, key=lambda moved: -abs(moved.difference))


def others(
    windows: Windows, known: Sequence[Metric], metric: Metric, series_of: SeriesOf
) -> tuple[list[Moved], list[str]]:
    """The client's other metrics, of the same channel where they have it: those that moved, the furthest
    first, and the names of those that did not."""
    moved, still = [], []
    for name, metrics in _named(known).items():
        if name == metric.name:
            continue
        own = [each for each in metrics if each.channel == metric.channel]
        whole = [each for each in metrics if not each.channel] or metrics
        found = windows.moved(own or whole, metric.channel if own else "", series_of)
        if found and found.has_moved:
            moved.append(found)
        elif found:
            still.append(name)
    return sorted(moved, key=lambda each: -abs(each.spreads)), still


def _within(metric: Metric, series: Sequence[Series], window: Window) -> float | None:
    return total(metric.aggregate, [one.within(*window) for one in series])


def _shared(moved: Moved, change: float) -> Moved:
    return replace(moved, share=moved.difference / change * 100)


def _named(known: Sequence[Metric]) -> Mapping[str, list[Metric]]:
    found: dict[str, list[Metric]] = {}
    for metric in known:
        found.setdefault(metric.name, []).append(metric)
    return found
