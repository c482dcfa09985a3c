"""Figures as people read them; none is worked out here."""

import re
from collections.abc import Sequence

from houston import currencies

LARGE = 10_000
"""From here on cents say nothing."""
SMALL = 0.1
"""Below this a price is told to a hundredth of a cent: a download may cost $0.0544."""


def figure(value: float | None, unit: str = "") -> str:
    if value is None:
        return "no data"
    sign = "−" if value < 0 else ""
    size = abs(value)
    if symbol := _money_sign(unit):
        return f"{sign}{symbol}{_price(size)}"
    if unit in ("%", "percent"):
        return f"{sign}{_plain(size)}%"
    return f"{sign}{_plain(size)} {plain(unit)}".rstrip()


def column(values: Sequence[float | None], unit: str = "") -> list[str]:
    """Amounts below each other: all with cents, or none where one is too large for them."""
    known = [abs(value) for value in values if value is not None]
    decimals = 2 if any(size != int(size) for size in known) and max(known) < LARGE else 0
    if decimals and max(known) < SMALL:
        decimals = 4
    symbol = _money_sign(unit)
    behind = "" if symbol or not unit else f" {plain(unit)}"
    return [
        "no data"
        if value is None
        else f"{'−' if value < 0 else ''}{symbol}{abs(value):,.{decimals}f}{behind}"
        for value in values
    ]


def aligned(values: Sequence[float | None], unit: str) -> list[str]:
    """A column: money with the same decimals, all else each as it is read best."""
    return column(values, unit) if currencies.code(unit) else [figure(value, unit) for value in values]


def change(difference: float | None, percent: float | None, unit: str = "") -> str:
    """`up 4.2% (+€500)`; of percentages `up 2% (+0.4 percentage points)`."""
    if difference is None:
        return "with nothing to compare it to"
    if difference == 0:
        return "unchanged"
    way, sign = ("up", "+") if difference > 0 else ("down", "−")
    amount = sign + _difference(abs(difference), unit)
    if percent is None:
        return f"{way} {amount}"
    if percent == 0:
        return "practically unchanged"
    moved = f"{way} {_plain(abs(percent))}%"
    return moved if not re.search("[1-9]", amount) else f"{moved} ({amount})"


def _difference(size: float, unit: str) -> str:
    if unit in ("%", "percent"):
        return f"{_plain(size)} percentage points"
    symbol = _money_sign(unit)
    return f"{symbol}{_money(size)}" if symbol else figure(size, unit)


def _money_sign(unit: str) -> str:
    """`€`, or `CHF ` where the code stands before the digits; '' for what is no money."""
    code = currencies.code(unit)
    return currencies.sign(code) or (f"{code} " if code else "")


def signed_percent(percent: float | None) -> str:
    if percent is None:
        return "–"
    return f"{'+' if percent > 0 else '−' if percent < 0 else ''}{_plain(abs(percent))}%"


def plain(text: str) -> str:
    """Text from outside, with nothing in it that Markdown or Slack would act on."""
    escaped = re.sub(r"([\\`*_\[\]|~#])", r"\\\1", " ".join(text.split()))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _price(size: float) -> str:
    return _money(size) if size >= SMALL or round(size, 2) == size else f"{size:,.4f}"


def _money(size: float) -> str:
    return f"{size:,.0f}" if size >= 10_000 or size == int(size) else f"{size:,.2f}"


def _plain(size: float) -> str:
    if size == int(size) or size >= 10_000:
        return f"{size:,.0f}"
    if size >= 1:
        return f"{size:,.2f}".rstrip("0").rstrip(".")
    short = f"{size:.3g}"
    return short if float(short) == size else f"{size:#.3g}"
