"""Judges `rows > 0` and `no data for 3h`."""

from datetime import date, datetime, timedelta
from math import inf
from zoneinfo import ZoneInfo

from houston.watch.alerts.conditions.cells import ISO_LENGTH, holds, is_empty, kind, moment
from houston.watch.alerts.conditions.columns import find
from houston.watch.alerts.conditions.figures import digits, shown
from houston.watch.alerts.conditions.findings import CUT, Finding, failed, missing
from houston.watch.alerts.conditions.kinds import RowCount, Silence
from houston.watch.alerts.conditions.rows import Baselines, Rows

DAY = timedelta(days=1)
UTC = ZoneInfo("UTC")
ONLY_ROWS = "The rows have no column of times, so this fires only once no rows came for so long"


def row_count(condition: RowCount, rows: Rows) -> Finding:
    """Of a result that was cut only what more rows could not turn is known."""
    operator, wanted = condition.operator, condition.value.value
    counted = rows.count if rows.count is not None else len(rows.rows)
    is_breach = holds(operator, counted, wanted)
    is_open = rows.is_cut and rows.count is None
    if is_open and (
        holds(operator, inf, wanted) != is_breach or (operator in ("=", "!=") and counted <= wanted)
    ):
        return failed(CUT)
    said = f"{'at least ' if is_open else ''}{digits(counted)}"
    return Finding(text="", verdict="breach" if is_breach else "ok", current=said)


def silence(condition: Silence, rows: Rows, baselines: Baselines, now: datetime, zone: ZoneInfo) -> Finding:
    """Raises ConditionError for a column that is not there."""
    index = _times(condition, rows)
    if index is None and rows.rows:
        return Finding(text="", verdict="ok", current=_counted(len(rows.rows)), note=ONLY_ROWS)
    cells = _cells(rows, index) if index is not None else []
    times = [_latest(cell, now, zone) for cell in cells]
    if None in times:
        wrong = kind(cells[times.index(None)], zone)
        return failed(f"{rows.columns[index or 0]} holds {wrong}, which is no time")
    newest = max((at for at in times if at), default=None)
    since = newest or baselines.rows_at or baselines.watched_since
    if since is None:
        return missing("There are no rows, and nobody has looked before")
    is_breach = now - since > condition.length
    if is_breach and rows.is_cut:
        return failed(CUT)
    return Finding(text="", verdict="breach" if is_breach else "ok", current=_said(newest, since, now, zone))


def _times(condition: Silence, rows: Rows) -> int | None:
    """The column that is named, else the first that holds nothing but times."""
    if condition.column:
        return find(condition.column, rows.columns, condition.text)[0]
    return next((index for index in range(len(rows.columns)) if _holds_times(rows, index)), None)


def _holds_times(rows: Rows, index: int) -> bool:
    cells = _cells(rows, index)
    return bool(cells) and all(isinstance(each, date | str) and moment(each, UTC) for each in cells)


def _cells(rows: Rows, index: int) -> list[object]:
    cells = (row[index] for row in rows.rows if index < len(row))
    return [cell for cell in cells if not is_empty(cell)]


def _latest(cell: object, now: datetime, zone: ZoneInfo) -> datetime | None:
    """A day stands for all of it, as far as it has passed."""
    at = moment(cell, zone)
    is_day = not isinstance(cell, datetime) and len(str(cell).strip()) == ISO_LENGTH
    return min(at + DAY, max(now, at)) if at and is_day and at < now else at


def _said(newest: datetime | None, since: datetime, now: datetime, zone: ZoneInfo) -> str:
    if newest:
        return f"newest {shown(newest, None, zone)}"
    return f"no rows since {shown(since, None, zone)}"


def _counted(rows: int) -> str:
    return f"{rows:,} row{'' if rows == 1 else 's'}"
