"""Values as people write them: `8,750`, `$8,750.50`, `2,312ms`, `1.8%`."""

from datetime import date, datetime
from decimal import Decimal
from math import inf
from zoneinfo import ZoneInfo

from houston.watch.alerts.conditions.kinds import Number

LONGEST = 60
EXACT = 10**15
"""From here on a number is shown by its first digits."""

PLACES = 12


def figure(number: Number) -> str:
    """In full, as it can be typed."""
    return dressed(f"{number.value:,}", number)


def shown(cell: object, like: Number | None, zone: ZoneInfo) -> str:
    """With the unit of the number that it is compared with, and enough digits to tell it from that."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return dressed(digits(cell, like.value if like else None), like) if like else digits(cell)
    if isinstance(cell, datetime):
        return f"{local(cell, zone) if cell.tzinfo else cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    text = " ".join(str(cell).split())
    return f'"{text}"' if len(text) <= LONGEST else f'"{text[: LONGEST - 1]}…"'


def local(at: datetime, zone: ZoneInfo) -> datetime:
    """By the clock there; as it is where the calendar ends, as in 9999-12-31 for never."""
    try:
        return at.astimezone(zone)
    except OverflowError:
        return at


def dressed(plain: str, like: Number) -> str:
    """`-8` as `-$8`."""
    sign = "-" if plain.startswith("-") else ""
    return f"{sign}{like.before}{plain.removeprefix('-')}{like.after}"


def digits(value: int | float, against: int | float | None = None) -> str:
    if value != value or abs(value) == inf:
        return "infinity" if value > 0 else "-infinity" if value < 0 else "no number"
    if abs(value) >= EXACT:
        return f"{Decimal(value):.4e}"
    if isinstance(value, int):
        return f"{value:,}"
    for places in range(_places(abs(value)), PLACES + 1):
        text = f"{value:.{places}f}"
        if against is None or _side(float(text), against) == _side(value, against):
            return _without_zeros(f"{value:,.{places}f}")
    return f"{value:,}"


def _places(size: float) -> int:
    """Cents, and below one so many decimals that three digits are left."""
    if size >= 1 or size == 0:
        return 0 if size >= 1000 else 2
    places = 3
    while size < 0.1 and places < PLACES:
        size, places = size * 10, places + 1
    return places


def _side(value: float, against: float) -> int:
    return (value > against) - (value < against)


def _without_zeros(text: str) -> str:
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
