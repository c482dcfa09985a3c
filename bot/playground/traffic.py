"""A record of the calls that the server got, for tests that count and time them."""

from collections import Counter, deque
from dataclasses import dataclass

_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Heard:
    """`at` is the server's clock when the call came, `took` the seconds until its answer.

    `status` is that of HTTP, and None where the connection was cut instead of answered.
    """

    method: str
    channel: str | None
    at: float
    took: float
    status: int | None


class Traffic:
    """The newest calls, oldest first."""

    def __init__(self) -> None:
        self.calls: deque[Heard] = deque(maxlen=_KEPT)

    def keep(self, heard: Heard) -> None:
        self.calls.append(heard)

    def of(self, method: str, channel: str | None = None) -> list[Heard]:
        """Calls of a method; with `channel` only those that name it."""
        return [each for each in self.calls if each.method == method and channel in (None, each.channel)]

    def limited(self, method: str) -> Counter[str | None]:
        """How many calls of each channel were refused with 429."""
        return Counter(each.channel for each in self.of(method) if each.status == 429)
