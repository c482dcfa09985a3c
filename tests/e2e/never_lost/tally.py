"""What became of the messages: sent, lost, doubled, out of order."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from tests.e2e.never_lost.site import Site


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counted in deliveries; `messages` are what brought them."""

    sent: int
    messages: int
    lost: int
    doubled: int
    out_of_order: int

    def line(self, name: str) -> str:
        counts = (self.sent, self.messages, self.lost, self.doubled, self.out_of_order)
        return f"{f'delivered: {name}':<40}" + "".join(f"{count:>13}" for count in counts)


HEADINGS = f"{'delivered':<40}" + "".join(
    f"{name:>13}" for name in ("sent", "messages", "lost", "doubled", "out of order", "posts failed")
)


async def tally(site: Site, kept: Collection[str]) -> Tally:
    """`kept` are the keys of events that Houston has acknowledged; each goes to one channel."""
    deliveries = await site.deliveries()
    arrived: Counter[int] = Counter()
    messages = out_of_order = 0
    for channel in (room.channel for room in site.rooms):
        brought = list(site.brought(channel))
        messages += len(brought)
        out_of_order += _inversions([ids[0] for ids in brought])
        arrived.update(id for ids in brought for id in ids)
        assert all(deliveries[id][0].address == f"channel:{channel}" for ids in brought for id in ids)
    by_key = {key: id for id, (_, key) in deliveries.items()}
    return Tally(
        sent=len(arrived),
        messages=messages,
        lost=sum(key not in by_key or not arrived[by_key[key]] for key in kept),
        doubled=sum(count - 1 for count in arrived.values()),
        out_of_order=out_of_order,
    )


def _inversions(leaders: list[int]) -> int:
    """Messages that come after one which was recorded later; a repeat is no second message."""
    first_seen = list(dict.fromkeys(leaders))
    return sum(later < earlier for earlier, later in pairwise(first_seen))
