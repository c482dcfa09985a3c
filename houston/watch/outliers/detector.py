from __future__ import annotations

from houston.watch.outliers.bank import Bank
from houston.watch.outliers.series import Series
from houston.watch.outliers.settings import Settings
from houston.watch.outliers.verdicts import Verdicts

__all__ = ["Detector", "Verdicts"]


class Detector:
    """A bank of one: judges each row of a series by the rows before it."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._bank = Bank([settings or Settings()])

    def read(self, series: Series) -> Verdicts:
        """Verdicts on rows that come after all rows read so far; learns from them."""
        return self._bank.read([series])[0]

    def judge(self, series: Series) -> Verdicts:
        """Verdicts on rows, each as if it came next, that are not learned from; their times are free."""
        return self._bank.judge(0, series)
