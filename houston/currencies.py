"""Units that are money."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

SIGNS: Mapping[str, str] = MappingProxyType({"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"})
"""What stands before the digits, by code (ISO 4217)."""

CODES = frozenset(
    {*SIGNS, "AED", "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "HKD", "HUF", "ILS", "KRW", "MXN", "NOK"}
    | {"NZD", "PLN", "RON", "SEK", "SGD", "TRY", "ZAR"}
)

_CODE_OF = {sign: code for code, sign in SIGNS.items()}


def code(unit: str) -> str:
    """`EUR` for `EUR`, `eur` and `€`; '' for what is no money."""
    known = _CODE_OF.get(unit.strip(), unit.strip().upper())
    return known if known in CODES else ""


def sign(unit: str) -> str:
    """`€`; '' for what is no money, or is written by its code."""
    return SIGNS.get(code(unit), "")


def only_one(units: Iterable[str]) -> str:
    """The code of the one currency among these units; '' where there is none, or more than one."""
    codes = {code(unit) for unit in units} - {""}
    return codes.pop() if len(codes) == 1 else ""
