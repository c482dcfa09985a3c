"""Ticks as people write them, all of one scale alike: `$0.80 $1.20`, `120 k`, `Nov 3`, `6 PM`."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from matplotlib.dates import AutoDateLocator, num2date
from matplotlib.ticker import Formatter, Locator

from houston.currencies import sign

SIZES = ((1e9, " G"), (1e6, " M"), (1e5, " k"))
"""From which size on which suffix; 10,000 is still written out."""

MOST_PLACES = 6

STEPS, TICKS = (1, 2, 7, 14, 28), 5
"""Days between ticks, of which there are TICKS at the most."""

SHORT = 3.0
"""Days; below that the ticks are hours."""


class Values(Formatter):
    """Of a unit: that of money and shares stands at each tick, words are for the subtitle."""

    def __init__(self, unit: str) -> None:
        self._before = sign(unit)
        self._after = "%" if unit == "%" else ""

    def __call__(self, value: float, position: int | None = None) -> str:
        return self.format_ticks([value])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        largest = max((abs(value) for value in values), default=0.0)
        suffix = next((suffix for least, suffix in SIZES if largest >= least), "")
        size = {" G": 1e9, " M": 1e6, " k": 1e3}.get(suffix, 1.0)
        digits = _digits([value / size for value in values], in_cents=bool(self._before) and not suffix)
        return [self._written(text, suffix) for text in digits]

    def _written(self, digits: str, suffix: str) -> str:
        sign, digits = ("−", digits[1:]) if digits.startswith("-") else ("", digits)
        suffix = suffix if digits.strip("0.") else ""
        return f"{sign}{self._before}{digits}{suffix}{self._after}".replace("$", r"\$")


def _digits(values: list[float], *, in_cents: bool) -> list[str]:
    """With as many decimals as tell the ticks apart; nothing is nothing, whatever the rest has."""
    largest = max(map(abs, values), default=0.0)
    near = 1e-6 * largest
    enough = (n for n in range(MOST_PLACES + 1) if all(abs(round(each, n) - each) <= near for each in values))
    places = next(enough, None)
    if places is None or largest >= 1e9:
        return [f"{value:.3g}" for value in values]
    places = 2 if in_cents and places == 1 else places
    return ["0" if abs(value) <= near else f"{value:,.{places}f}" for value in values]


class Moments(Locator):
    """Few: midnights at equal distances back from the last shown (in days since 1970), else what
    matplotlib finds for the scale."""

    def __init__(self, zone: ZoneInfo, last: float) -> None:
        self._zone, self._last = zone, last
        self._auto = AutoDateLocator(tz=zone, minticks=3, maxticks=TICKS)  # type: ignore[no-untyped-call]

    def set_axis(self, axis: Any) -> None:
        super().set_axis(axis)
        self._auto.set_axis(axis)

    def __call__(self) -> Sequence[float]:
        begin = min(self.axis.get_view_interval())  # type: ignore[union-attr]
        step = next((days for days in STEPS if (self._last - begin) / days < TICKS), None)
        if self._last - begin < SHORT or step is None:
            return list(self._auto())
        return self._midnights(begin, step)

    def _midnights(self, begin: float, step: int) -> list[float]:
        day = num2date(self._last, tz=self._zone).date()  # type: ignore[no-untyped-call]
        found: list[float] = []
        while (at := datetime.combine(day, time(), self._zone).timestamp() / 86400) >= begin:
            found.insert(0, at)
            day -= timedelta(days=step)
        return found


class Dates(Formatter):
    """Days, months or years; hours where the ticks are closer than days, with the day at midnight."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def __call__(self, value: float, position: int | None = None) -> str:
        return self.format_ticks([value])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        times = [num2date(value, tz=self._zone) for value in values]  # type: ignore[no-untyped-call]
        if len(times) > 1 and all(time.month == 1 and time.day == 1 for time in times):
            return [f"{time:%Y}" for time in times]
        if len(times) > 1 and (times[-1] - times[0]).days > 360:
            return [f"{time:%b %Y}" for time in times]
        return [_day(time) if time.hour == time.minute == 0 else _hour(time) for time in times]


def _day(time: datetime) -> str:
    return f"{time:%b} {time.day}"


def _hour(time: datetime) -> str:
    minutes = f":{time:%M}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes} {time:%p}"
