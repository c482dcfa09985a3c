"""Several metrics in one table: a column each, a row for each channel, client or day."""

from collections.abc import Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.wording.figures import aligned, plain
from houston.agent.patterns.wording.phrases import client_of, table_of, title_of, when_of
from houston.agent.patterns.wording.rows import MOST_ROWS, remarks, row_name, without_figures


def matrix(results: Sequence[Result], facts: Facts) -> list[str]:
    first = results[0]
    if not any(row["value"] is not None for result in results for row in result["rows"]):
        return [without_figures(results, facts)]
    by = first["by"]
    names = list(dict.fromkeys(row[by] for result in results for row in result["rows"]))[:MOST_ROWS]
    columns = [_column(result, names, by) for result in results]
    rows = [[row_name({by: name}, by), *cells] for name, *cells in zip(names, *columns, strict=True)]
    header = [by.capitalize(), *(title_of(result["metric"]) for result in results)]
    where = f" · {plain(first['channel'])}" if first.get("channel") else ""
    whose = "All clients" if by == "client" else client_of(first)
    kept = dict.fromkeys(remark for one in results for remark in remarks(one))
    return [f"{whose}{where}, {when_of(first['period'], facts)}:", table_of(header, rows), *kept]


def _column(result: Result, names: Sequence[str], by: str) -> list[str]:
    values = {row[by]: row["value"] for row in result["rows"]}
    cells = aligned([values.get(name) for name in names], result["unit"])
    return ["–" if values.get(name) is None else cell for name, cell in zip(names, cells, strict=True)]
