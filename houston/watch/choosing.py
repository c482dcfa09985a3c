"""Which of a client's metrics are meant by a name and a channel."""

from collections.abc import Sequence

from houston.errors import NotFound
from houston.watch.captions import listed
from houston.watch.performance import By
from houston.watch.performing import same
from houston.watch.quoting import nearest
from store.tables import Metric

MOST_NAMED = 25


def chosen(known: Sequence[Metric], name: str, channel: str | None, by: By) -> list[Metric]:
    """The rows that make up the answer: one channel, the total's own row, or every channel. Raises NotFound,
    naming what there is."""
    found = named(known, name)
    if channel is not None:
        return [_channel(found, channel)]
    channels_only = [metric for metric in found if metric.channel]
    if by == "channel":
        return channels_only or found
    return [metric for metric in found if not metric.channel] or channels_only


def named(
    known: Sequence[Metric], name: str, *, whose: str = "this client", theirs: str = "Its metrics"
) -> list[Metric]:
    """Of all channels. Raises NotFound."""
    found = [metric for metric in known if same(metric.name, name)]
    if not found:
        names = list(dict.fromkeys(metric.name for metric in known))
        near = nearest(name, names)
        meant = f" Did you mean {near}?" if near else ""
        there = listed(names, most=MOST_NAMED) or "none yet"
        raise NotFound(f"There is no metric “{name[:80]}” for {whose}.{meant} {theirs}: {there}.")
    return found


def _channel(metrics: Sequence[Metric], channel: str) -> Metric:
    found = next((metric for metric in metrics if same(metric.channel, channel)), None)
    if found is None:
        names = [metric.channel for metric in metrics if metric.channel]
        near = nearest(channel, names)
        meant = f" Did you mean {near}?" if near else ""
        there = listed(names, most=MOST_NAMED) or "none"
        raise NotFound(f"{metrics[0].name} has no channel “{channel[:80]}”.{meant} Its channels: {there}.")
    return found
