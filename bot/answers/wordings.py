"""Which wording of a message is the newest: an edit may come while the first one is still looked into."""

from collections import OrderedDict

MOST = 1000
"""Messages that are remembered: those of the last minutes."""

DELETED = "deleted"


class Wordings:
    """By channel and ts. A wording is the `edited.ts` of a message, '' the first one."""

    def __init__(self) -> None:
        self._newest: OrderedDict[tuple[str, str], str] = OrderedDict()

    def note(self, channel: str, ts: str, wording: str) -> None:
        """That a message was looked into in this wording."""
        before = self._newest.pop((channel, ts), None)
        is_newest = before is None or _order(wording) >= _order(before)
        self._newest[channel, ts] = wording if is_newest or before is None else before
        while len(self._newest) > MOST:
            self._newest.popitem(last=False)

    def is_newest(self, channel: str, ts: str, wording: str) -> bool:
        return self._newest.get((channel, ts), wording) == wording


def _order(wording: str) -> float:
    """What is deleted is never reworded."""
    return float("inf") if wording == DELETED else float(wording or 0)
