"""What goes in and out of a data source."""

from dataclasses import dataclass
from datetime import date, datetime

Cell = None | bool | int | float | str | datetime | date


@dataclass(frozen=True, kw_only=True)
class Source:
    """A user's database. `url` is the address as it was typed, opened by the caller; `trusts_files`
    where the operator or an agency's admin added it: only such a source may read files."""

    id: int
    url: str
    trusts_files: bool = False


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one query may cost (`seconds`, `rows`, `bytes` of the answer), how many `connections` one
    source has, and how many queries may wait for them (each at most `seconds`)."""

    seconds: float = 30.0
    rows: int = 10_000
    bytes: int = 4_000_000
    connections: int = 2
    waiting: int = 20


@dataclass(frozen=True, kw_only=True)
class Result:
    """The rows of a query. `is_cut` where the limits left the rest of them behind; `seconds` it took.

    A cell is None, bool, int, float, str, datetime or date. A datetime with a zone is in UTC, one
    without is as the database has it. Whatever else a database holds is its text.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_cut: bool
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A source that answered: the dialect of SQL that it speaks, and what may be read there."""

    dialect: str
    tables: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Query:
    """Text that was read as one pure query, and where `:now` stands in it."""

    text: str
    nows: tuple[int, ...] = ()

    def with_now(self, written: str) -> str:
        """The text with another way of writing `:now`."""
        parts, end = [], 0
        for start in self.nows:
            parts += [self.text[end:start], written]
            end = start + len(NOW)
        return "".join([*parts, self.text[end:]])


NOW = ":now"
