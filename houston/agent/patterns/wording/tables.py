"""Rows as they come, in a table of the columns that say something."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.wording.figures import figure, plain
from houston.agent.patterns.wording.phrases import client_of, first_upper, moment, table_of, when_of

TIMES = (
    "occurred_at", "opened_at", "resolved_at", "checked_at", "last_run", "since", "created_at", "run_at",
    "snoozed_until",
)  # fmt: skip

MOST_ROWS = 20


def cell(row: Result, name: str, facts: Facts) -> str:
    value: Any = row.get(name)
    if value is None or value in ("", [], ()):
        return "–"
    if name in TIMES and isinstance(value, str):
        return moment(value, facts) if _is_time(value) else plain(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return figure(value, str(row.get("unit") or "") if name.startswith("value") else "")
    if isinstance(value, Mapping):
        return plain(str(value.get("name") or value.get("text") or ", ".join(map(str, value.values()))))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return plain(
            ", ".join(
                str(one.get("text") or one.get("name") or "") if isinstance(one, Mapping) else str(one)
                for one in value
            )
        )
    return plain(str(value).replace("_", " "))


def _is_time(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def rows_of(rows: Sequence[Result], columns: Mapping[str, str], facts: Facts) -> str:
    """`columns` are titles by key; those that hold nothing in any row are left out."""
    used = {
        key: title
        for key, title in columns.items()
        if any(row.get(key) not in (None, "", [], {}) for row in rows)
    }
    lines = [[cell(row, key, facts) for key in used] for row in rows[:MOST_ROWS]]
    return table_of(list(used.values()), lines)


def listing(
    result: Result,
    rows: Sequence[Result],
    columns: Mapping[str, str],
    facts: Facts,
    *,
    what: str,
    about: str = "",
    counted: bool = False,
) -> list[str]:
    """`3 alerts for Acme:` and a table; says so where there are none. `what` in the singular."""
    where = f" for {client_of(result)}"
    when = f", {when_of(result['period'], facts)}" if result.get("period") else ""
    if not rows:
        return [f"There are no {what}s{about}{where}{when}."]
    count = result.get("count")
    number = f"{count} " if isinstance(count, int) and counted else ""
    one = count == 1 or (count is None and len(rows) == 1)
    name = what if number else first_upper(what)
    title = f"**{number}{name}{'' if one else 's'}**{about}{where}{when}:"
    left = result.get("left_out")
    more = f"_{left} more are not listed._" if left else ""
    return [first_upper(title), rows_of(rows, columns, facts), more]
