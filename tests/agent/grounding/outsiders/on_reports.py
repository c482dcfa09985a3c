"""Tellings of a report's rows, of days, and of what is tracked."""

from tests.agent.grounding.outsiders.figure import Figure
from tests.agent.grounding.outsiders.pen import Pen, Row, Told, say


def _figures(pen: Pen) -> tuple[Row, list[Row], list[str]]:
    found = pen.scene.found[0]
    return found, found["rows"], found["columns"]


def top_row(pen: Pen) -> Told | None:
    found, rows, columns = _figures(pen)
    row = max(rows, key=lambda each: each[columns[1]])
    return say(
        "In “{}”, {} has the highest {}: {}. Its {} {} {}.",
        found["report"]["name"],
        row[columns[0]],
        pen.metric(columns[1]),
        _cell(pen, row, columns[1]),
        pen.metric(columns[2]),
        "is" if columns[2] == "stock_value" else "are",
        _cell(pen, row, columns[2]),
    )


def whole(pen: Pen) -> Told | None:
    found, _, columns = _figures(pen)
    sums = found["totals"]
    if columns[1] not in sums or columns[2] not in sums:
        return None
    return say(
        "Across all {} rows of [{}]({}) that is {} {} and {} {}.",
        pen.count(found["row_count"], {"rows": found["row_count"]}),
        found["report"]["name"],
        found["report"]["url"],
        _cell(pen, sums, columns[1]),
        pen.metric(columns[1]),
        _cell(pen, sums, columns[2]),
        pen.metric(columns[2]),
    )


def table(pen: Pen) -> Told | None:
    _, rows, columns = _figures(pen)
    titles = [pen.metric(column).capitalize() for column in columns]
    told: Told = (f"| {' | '.join(titles)} |\n|{'---|' * len(columns)}\n",)
    for row in rows:
        told += say("| {} |", str(row[columns[0]]))
        for column in columns[1:]:
            told += say(" {} |", _cell(pen, row, column, plain=True))
        told += ("\n",)
    return told


def part(pen: Pen) -> Told | None:
    found, rows, columns = _figures(pen)
    row, column = pen.rng.choice(rows), columns[1]
    if column not in found["totals"]:
        return None
    total = found["totals"][column]
    return say(
        "{} makes up {} of the {} ({} of {}).",
        row[columns[0]],
        pen.share(row[column] / total * 100, row),
        pen.metric(column),
        _cell(pen, row, column, plain=True),
        _cell(pen, found["totals"], column, plain=True),
    )


def _cell(pen: Pen, row: Row, column: str, *, plain: bool = False) -> Figure:
    return pen.cell(row[column], row, plain=plain)


def days(pen: Pen) -> Told | None:
    found = pen.scene.found[0]
    return say(
        "That stretch covers {} days, {} of them working days and {} at the weekend.",
        pen.count(found["days"], found),
        pen.count(found["working_days"], found),
        pen.count(found["weekend_days"], found),
    )


def tracked(pen: Pen) -> Told | None:
    metrics, clients = pen.scene.found
    names = [pen.metric(each["name"]) for each in metrics["metrics"][:3]]
    return say(
        "For {} I track {} metrics, among them {}. You can see {} clients in all.",
        pen.whose,
        pen.count(metrics["count"], {"count": metrics["count"]}),
        ", ".join(names[:2]) + " and " + names[2],
        pen.count(clients["count"], {"count": clients["count"]}),
    )


TELLINGS = {
    "report": (top_row, whole, table, part),
    "calendar": (days,),
    "lists": (tracked,),
}
