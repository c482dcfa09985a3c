"""What can be counted in a returned list: its rows, and its rows of one kind."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from houston.agent.grounding import keys
from houston.agent.grounding.cell import Cell, Name
from houston.agent.grounding.text import name_of

MOST_KINDS = 12
LONGEST = 40


def counts(
    key: str, values: Sequence[Any], path: str, names: Mapping[str, Name]
) -> Iterator[tuple[Cell, frozenset[Name]]]:
    """A cell for the whole list, and one for each value that its rows share in a field."""
    rows = [value for value in values if isinstance(value, Mapping)]
    nouns = frozenset({name_of(key), *_row_names(rows)})
    yield _cell(len(values), f"{path} (how many)", names, nouns), nouns
    for field, value, count in _kinds(rows):
        kind = name_of(str(value))
        known = {**names, field: kind}
        also = nouns | {kind}
        yield (
            _cell(count, f"{path} with {field} {value}", known, also, kind),
            frozenset({kind}) if kind else frozenset(),
        )
    for field, count in _varieties(rows):
        noun = frozenset({name_of(field)})
        yield _cell(count, f"{path}, different {field}", names, noun), noun
    for way, count in _ways(rows):
        yield _cell(count, f"{path} that went {way}", names, nouns), frozenset()


def _cell(count: int, path: str, names: Mapping[str, Name], nouns: frozenset[Name], kind: Name = ()) -> Cell:
    return Cell(
        value=float(count),
        path=path,
        key="count",
        role="count",
        names=names,
        nouns=tuple(sorted(nouns)),
        kind=kind,
    )


def _row_names(rows: Sequence[Mapping[str, Any]]) -> set[Name]:
    """A list of rows that each have another channel is also a list of channels."""
    fields = rows[0] if rows else {}
    return {
        name_of(str(field))
        for field, value in fields.items()
        if _names_something(str(field))
        and isinstance(value, str)
        and len({str(row.get(field)) for row in rows}) == len(rows)
    }


def _varieties(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, int]]:
    for field in rows[0] if rows else ():
        values = [row.get(field) for row in rows]
        if _names_something(str(field)) and all(isinstance(value, str) for value in values):
            yield str(field), len(set(values))


def _names_something(field: str) -> bool:
    known = (keys.NO_LABELS, keys.FREE, keys.FREE_TRUSTED, keys.LINKS, keys.DATES)
    return not any(field in names for names in known) and not field.endswith("_at")


def _kinds(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, int]]:
    for field in filter(_names_something, map(str, rows[0] if rows else ())):
        values = [row.get(field) for row in rows]
        shared = Counter(value for value in values if isinstance(value, str) and 0 < len(value) <= LONGEST)
        if shared and len(shared) <= MOST_KINDS and len(shared) < max(len(rows), 2):
            for value, count in shared.items():
                yield field, value, count


def _ways(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, int]]:
    changes = [row["percent"] for row in rows if isinstance(row.get("percent"), int | float)]
    if changes:
        yield "up", sum(change > 0 for change in changes)
        yield "down", sum(change < 0 for change in changes)
