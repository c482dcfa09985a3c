"""What may be kept in a field. Each complaint names the fix."""

import math
import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from houston.errors import Invalid, InvalidFields, NotFound
from store import Scope

STATUSES = ("open", "in_progress", "done")
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
"""How far a reporter's clock may be wrong."""

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)


class Checks:
    """Looks at several fields and complains about all of them at once."""

    def __init__(self) -> None:
        self._complaints: dict[str, str] = {}

    def text(self, field: str, value: str, *, most: int, required: bool = False) -> str:
        try:
            return text(field, value, most=most, required=required)
        except Invalid as error:
            return self._complain(error, value)

    def choice(self, field: str, value: str, allowed: Collection[str]) -> str:
        try:
            return choice(field, value, allowed)
        except Invalid as error:
            return self._complain(error, value)

    def link(self, field: str, value: str) -> str:
        try:
            return link(field, value)
        except Invalid as error:
            return self._complain(error, value)

    def moment(self, field: str, value: datetime | None, *, now: datetime) -> datetime:
        try:
            return moment(field, value or now, now=now)
        except Invalid as error:
            self._complain(error, "")
            return now

    def done(self) -> None:
        """Raises InvalidFields where there was anything to complain about."""
        if self._complaints:
            raise InvalidFields(self._complaints)

    def _complain(self, error: Invalid, value: str) -> str:
        self._complaints[error.field] = error.message
        return value


def text(field: str, value: str, *, most: int, required: bool = False) -> str:
    kept = value.strip()
    if required and not kept:
        raise Invalid(field, f"{field} is empty: write something.")
    if len(kept) > most:
        raise Invalid(field, f"{field} has {len(kept)} characters: shorten it to {most}.")
    if "\x00" in kept or any("\ud800" <= each <= "\udfff" for each in kept):
        raise Invalid(field, f"{field} holds a character that is no text: remove it.")
    return kept


def choice(field: str, value: str, allowed: Collection[str]) -> str:
    if value not in allowed:
        raise Invalid(field, f"{field} cannot be {value[:40]!r}: use {', '.join(allowed)}.")
    return value


def link(field: str, value: str) -> str:
    kept = text(field, value, most=2000)
    if kept and not re.match(r"https?://[^\s/]", kept):
        raise Invalid(field, f"{field} is not a web address: begin it with https://.")
    return kept


def moment(field: str, value: datetime, *, now: datetime) -> datetime:
    if value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    if value < EARLIEST:
        raise Invalid(field, f"{field} lies before 1970: check the year.")
    if value > now + AHEAD:
        raise Invalid(field, f"{field} lies in the future: check the date and its time zone.")
    return value


def number(field: str, value: str) -> float:
    """A finite number, written with a point and without thousands separators."""
    kept = value.strip()
    if not kept:
        raise Invalid(field, f"{field} is empty: write a number.")
    parsed = float(kept) if NUMBER.fullmatch(kept) else math.nan
    if not math.isfinite(parsed):
        raise Invalid(field, f"{field} {kept[:40]!r} is not a number: write it like 1234.5.")
    return parsed


def date(field: str, value: str) -> datetime:
    """ISO 8601; UTC where no zone is given."""
    mend = f"{field} {value.strip()[:40]!r} is not a date: write 2026-11-14 or 2026-11-14T09:30:00Z."
    try:
        parsed = datetime.fromisoformat(value.strip())
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid(field, mend) from error


def owner(scope: Scope, client_id: int | None) -> int | None:
    """Whose a new record is: where the scope holds one client only, that one's.

    Raises NotFound for a client outside the scope, as for one that does not exist.
    """
    if client_id is None and scope.client_ids is not None and len(scope.client_ids) == 1:
        return next(iter(scope.client_ids))
    if not scope.allows(client_id):
        raise NotFound("I know no such client. Name one of yours.")
    return client_id
