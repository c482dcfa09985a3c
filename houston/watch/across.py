"""One metric across clients."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from houston.errors import NotFound
from houston.watch.choosing import chosen, named
from houston.watch.performance import Change, Row, extremes
from houston.watch.performing import Performance, same
from store.tables import Client, Metric

MIXED_UNITS = "The clients have different units, so there is no figure of all together."


def of_each(
    known: Sequence[Metric], clients: Mapping[int | None, Client], metric: str, channel: str | None
) -> dict[int, tuple[list[Metric], list[Metric]]]:
    """By client: all of its metrics, and those that are meant. Raises NotFound where no client has it."""
    named(known, metric, whose="any client", theirs="The metrics")
    groups: dict[int, tuple[list[Metric], list[Metric]]] = {}
    for client_id in clients:
        own = [each for each in known if each.client_id == client_id]
        if client_id is not None and any(
            same(each.name, metric) and (channel is None or same(each.channel, channel)) for each in own
        ):
            groups[client_id] = own, chosen(own, metric, channel, "client")
    if not groups:
        raise NotFound(f"No client has {metric} of the channel “{channel}”.")
    return groups


def together(each_one: Mapping[str, Performance]) -> Performance:
    """One figure of all only where they can be added up."""
    ones = list(each_one.values())
    adds = len({(one.unit, one.aggregate) for one in ones}) == 1 and ones[0].aggregate == "sum"
    whole = _sum(one.figures.total for one in ones) if adds else None
    befores = [one.figures.change.value if one.figures.change else None for one in ones]
    rows = tuple(
        sorted(
            (_row(name, one, whole) for name, one in each_one.items()),
            key=lambda row: (row.value is None, -(row.value or 0.0)),
        )
    )
    figures = replace(
        ones[0].figures,
        total=whole,
        rows=rows,
        extremes=extremes(rows),
        change=Change.since(_sum(befores), whole) if adds and ones[0].against else None,
        days=max(one.figures.days for one in ones),
    )
    is_mixed = len({one.unit for one in ones}) > 1
    remarks = [*([MIXED_UNITS] if is_mixed else []), *(remark for one in ones for remark in one.remarks)]
    return replace(
        ones[0],
        unit="" if is_mixed else ones[0].unit,
        figures=figures,
        points=sum(one.points for one in ones),
        newest=max((one.newest for one in ones if one.newest), default=None),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _row(name: str, one: Performance, whole: float | None) -> Row:
    value = one.figures.total
    share = value / whole * 100 if value is not None and whole else None
    return Row(name=name, value=value, share=share, change=one.figures.change)


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) if known else None
