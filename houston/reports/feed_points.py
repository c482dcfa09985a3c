"""Rows of a feed as readings: columns `time`, `value`, and perhaps `metric`, `channel`, `client`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from houston.errors import Invalid
from houston.records.checks import moment, number, text
from houston.records.rows import Reading, SeriesName
from store.sources import Cell, Result

NEEDED, KNOWN = ("time", "value"), ("time", "value", "metric", "channel", "client")
MOST_PROBLEMS = 3
SQL_COLUMNS = "Name the columns time, value and, if you like, metric, channel and client: SELECT day AS time."


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Whose points they are. `slug` is the feed's client; '' where rows say it themselves. `known` are
    the slugs of the clients that may be meant, by slug and by name in small letters."""

    slug: str
    known: Mapping[str, str]
    metric: str
    zone: ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Points:
    """What the rows give, each series' moment once; of rows that say the same twice the last counts.
    `problems` names those that were left out, by row from 1."""

    readings: tuple[Reading, ...]
    problems: tuple[str, ...]


def points(result: Result, owner: Owner, now: datetime) -> Points:
    """Raises Invalid where there is no way to read any row of it."""
    columns = _columns(result.columns, owner)
    readings: dict[tuple[SeriesName, datetime], Reading] = {}
    problems: list[str] = []
    for place, cells in enumerate(result.rows, start=1):
        row = {name: cells[index] for name, index in columns.items()}
        if row["value"] is None:
            continue
        try:
            found = _reading(row, owner, now)
        except Invalid as error:
            problems.append(f"Row {place}: {error.message}")
        else:
            readings[found.series, found.time] = found
    if result.is_cut:
        problems.append(f"Only the first {len(result.rows):,} rows were read: ask for fewer, with :now.")
    return Points(readings=tuple(readings.values()), problems=tuple(problems))


def summed_up(problems: Sequence[str]) -> str:
    """What people read of them."""
    rest = len(problems) - MOST_PROBLEMS
    return " ".join([*problems[:MOST_PROBLEMS], *([f"And {rest:,} more like these."] if rest > 0 else [])])


def batches(readings: Sequence[Reading], size: int) -> Iterator[Sequence[Reading]]:
    for start in range(0, len(readings), size):
        yield readings[start : start + size]


def _columns(names: Sequence[str], owner: Owner) -> dict[str, int]:
    """Where the columns are that feeds know, whatever the case."""
    columns: dict[str, int] = {}
    for index, name in enumerate(names):
        columns.setdefault(name.strip().lower(), index)
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise Invalid("sql", f"The query gives no column {' and '.join(missing)}. {SQL_COLUMNS}")
    if "metric" not in columns and not owner.metric:
        raise Invalid("metric", "Name the metric, or let the query give a column metric.")
    if "client" not in columns and not owner.slug:
        raise Invalid("client", "Choose a client, or let the query give a column client.")
    return {name: columns[name] for name in KNOWN if name in columns}


def _reading(row: Mapping[str, Cell], owner: Owner, now: datetime) -> Reading:
    series = SeriesName(
        client=_client(row, owner),
        metric=text("metric", _words(row.get("metric")) or owner.metric, most=200, required=True),
        channel=text("channel", _words(row.get("channel")), most=200),
    )
    at = moment("time", _moment(row["time"], owner.zone), now=now)
    return Reading(series=series, unit="", aggregate="", time=at, value=_value(row["value"]))


def _client(row: Mapping[str, Cell], owner: Owner) -> str:
    said = _words(row.get("client"))
    if not said and not owner.slug:
        raise Invalid("client", "client is empty: fill it in.")
    slug = owner.known.get(said.casefold()) if said else owner.slug
    if slug is None and owner.slug:
        raise Invalid("client", f"This feed is {owner.slug}'s, and the row says {said[:80]!r}.")
    if slug is None:
        raise Invalid("client", f"I know no client called {said[:80]!r}.")
    return slug


def _words(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def _moment(cell: Cell, zone: ZoneInfo) -> datetime:
    """In UTC; what has no zone is in the feed's."""
    mend = f"time {_words(cell)[:40]!r} is not a time: give a timestamp, a date or ISO text."
    if isinstance(cell, str):
        try:
            cell = datetime.fromisoformat(cell.strip())
        except ValueError as error:
            raise Invalid("time", mend) from error
    if isinstance(cell, date) and not isinstance(cell, datetime):
        cell = datetime.combine(cell, time())
    if not isinstance(cell, datetime):
        raise Invalid("time", mend)
    try:
        return (cell if cell.tzinfo else cell.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError as error:
        raise Invalid("time", mend) from error


def _value(cell: Cell) -> float:
    if isinstance(cell, bool):
        raise Invalid("value", f"value {cell} is not a number: give one.")
    return number("value", _words(cell))
