"""Figures and names as people read them."""

from houston import currencies

SHARE = "ratio"
"""The unit of what is a share of one."""

LONGEST_UNIT = 30


def number(value: float, unit: str = "") -> str:
    """`1,234`, `12.35`, `0.0457`, with the unit where people write it: `$1,234`, `3.4%`, `120 clicks`.

    Of the unit `ratio` are shares of one: 0.0405 is `4.05%`.
    """
    if unit.casefold() == SHARE:
        return number(value * 100, "%")
    digits = _digits(abs(value))
    sign = "-" if value < 0 and digits.strip("0.,") else ""
    if currency := currencies.sign(unit):
        return f"{sign}{currency}{_in_cents(digits)}"
    return f"{sign}{digits}{after(unit)}"


def span(lower: float, upper: float, unit: str = "") -> str:
    """`$0.91 – $1.20`."""
    return f"{number(lower, unit)} – {number(upper, unit)}"


def humanized(name: str) -> str:
    """`cost_per_click` → `Cost per click`; what holds capitals already is left as it is."""
    words = " ".join(name.replace("_", " ").split())
    return words[:1].upper() + words[1:]


def after(unit: str) -> str:
    """What stands after the digits: `%`, ` clicks`, or nothing."""
    if not unit or currencies.sign(unit) or unit == "%":
        return unit if unit == "%" else ""
    return f" {unit}" if len(unit) <= LONGEST_UNIT else f" {unit[: LONGEST_UNIT - 1].rstrip()}…"


def _digits(size: float) -> str:
    if size == 0:
        return "0"
    if size >= 1000:
        return f"{size:,.0f}"
    if size >= 1:
        return _without_zeros(f"{size:.2f}")
    return _without_zeros(f"{size:.{_places(size)}f}")


def _in_cents(digits: str) -> str:
    """`2.4` → `2.40`, as amounts of money are written."""
    return digits + "0" if digits[-2:-1] == "." else digits


def _places(size: float) -> int:
    """Decimals that leave three significant digits below one."""
    places = 3
    while size < 0.1 and places < 12:
        size *= 10
        places += 1
    return places


def _without_zeros(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
