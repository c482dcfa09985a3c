"""Figures as people read them; none is worked out here."""

import re

CURRENCIES = {"eur": "€", "usd": "$", "gbp": "£", "jpy": "¥", "chf": "CHF "}
SYMBOLS = CURRENCIES | {symbol: symbol for symbol in "€$£¥"}


def figure(value: float | None, unit: str = "") -> str:
    if value is None:
        return "no data"
    sign = "−" if value < 0 else ""
    size = abs(value)
    if symbol := SYMBOLS.get(unit.casefold()):
        return f"{sign}{symbol}{_money(size)}"
    if unit in ("%", "percent"):
        return f"{sign}{_plain(size)}%"
    return f"{sign}{_plain(size)} {plain(unit)}".rstrip()


def change(difference: float | None, percent: float | None, unit: str = "") -> str:
    """`up 4.2% (+€500)`."""
    if difference is None:
        return "with nothing to compare it to"
    if difference == 0:
        return "unchanged"
    way, sign = ("up", "+") if difference > 0 else ("down", "−")
    amount = f"{sign}{figure(abs(difference), unit)}"
    return f"{way} {amount}" if percent is None else f"{way} {_plain(abs(percent))}% ({amount})"


def signed_percent(percent: float | None) -> str:
    if percent is None:
        return "–"
    return f"{'+' if percent > 0 else '−' if percent < 0 else ''}{_plain(abs(percent))}%"


def plain(text: str) -> str:
    """Text from outside, with nothing in it that Markdown or Slack would act on."""
    escaped = re.sub(r"([\\`*_\[\]|~#])", r"\\\1", " ".join(text.split()))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _money(size: float) -> str:
    return f"{size:,.0f}" if size >= 10_000 or size == int(size) else f"{size:,.2f}"


def _plain(size: float) -> str:
    if size == int(size) or size >= 10_000:
        return f"{size:,.0f}"
    if size >= 1:
        return f"{size:,.2f}".rstrip("0").rstrip(".")
    return f"{size:.3g}"
