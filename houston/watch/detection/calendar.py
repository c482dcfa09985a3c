"""Days on which outliers are learned from and never told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from holidays import HolidayBase, country_holidays

from houston.errors import Invalid

COUNTRY = re.compile(r"([A-Z]{2,3})(?:-([A-Z0-9]{1,6}))?")
SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:\.\.|–|to)\s*(\d{4}-\d{2}-\d{2}))?")

Days = tuple[date, date]
"""The first and the last of them."""


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Public holidays of a country (`DE`) or a part of it (`DE-BY`), and days of one's own."""

    country: str = ""
    excluded: tuple[Days, ...] = ()

    @classmethod
    def of(cls, country: str, excluded: Iterable[str]) -> Calendar:
        """Raises Invalid of the field `country` or `excluded`."""
        named = country.strip().upper()
        if named:
            public_holidays(named)
        return cls(country=named, excluded=tuple(days(each) for each in excluded if each.strip()))

    def leaves_out(self, day: date) -> bool:
        if any(first <= day <= last for first, last in self.excluded):
            return True
        return bool(self.country) and day in public_holidays(self.country)

    def texts(self) -> tuple[str, ...]:
        """The days of one's own as they are kept: `2026-12-24`, `2026-12-24..2027-01-02`."""
        return tuple(
            first.isoformat() if first == last else f"{first.isoformat()}..{last.isoformat()}"
            for first, last in self.excluded
        )


@lru_cache(maxsize=64)
def public_holidays(country: str) -> HolidayBase:
    """By ISO 3166 code. Raises Invalid for one of which no holidays are known."""
    parts = COUNTRY.fullmatch(country)
    if parts is None:
        raise Invalid("country", f"{country[:40]!r} is no country: write a code such as CH, US or DE-BY.")
    try:
        return country_holidays(parts[1], subdiv=parts[2])
    except NotImplementedError as error:
        known = f"no holidays of {parts[1]}" if parts[2] is None else f"no part {parts[2]} of {parts[1]}"
        raise Invalid("country", f"I know {known}: write a code such as CH, US or DE-BY.") from error


def days(text: str) -> Days:
    """Reads `2026-12-24` and `2026-12-24..2027-01-02`. Raises Invalid of the field `excluded`."""
    found = SPAN.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError(text)
        first = date.fromisoformat(found[1])
        last = date.fromisoformat(found[2] or found[1])
    except ValueError as error:
        raise Invalid(
            "excluded", f"{text[:60]!r} is no day: write 2026-12-24 or 2026-12-24..2027-01-02."
        ) from error
    if last < first:
        raise Invalid("excluded", f"{text[:60]!r} ends before it begins: turn the two days around.")
    return first, last
