"""Tellings of totals by channel, day, weekday and client."""

from tests.agent.grounding.outsiders.pen import Pen, Row, Told, moved, say


def rows_of(pen: Pen, by: str) -> tuple[list[Row], str, str]:
    found = pen.scene.found[0]
    rows = [row for row in found["rows"] if row["value"]]
    return sorted(rows, key=lambda row: -row["value"]), found["unit"], found["metric"]


def leads(pen: Pen, by: str = "channel") -> Told | None:
    rows, unit, metric = rows_of(pen, by)
    if len(rows) < 3 or rows[0].get("share_percent") is None:
        return None
    return say(
        "{} leads on {} with {} ({} of the total), followed by {} at {}; {} trails with {}.",
        pen.name(rows[0][by]),
        pen.metric(metric),
        pen.value(rows[0]["value"], rows[0], unit, metric),
        pen.share(rows[0]["share_percent"], rows[0]),
        pen.name(rows[1][by]),
        pen.value(rows[1]["value"], rows[1], unit, metric),
        pen.name(rows[-1][by]),
        pen.value(rows[-1]["value"], rows[-1], unit, metric),
    )


def client_leads(pen: Pen) -> Told | None:
    return leads(pen, "client")


def table(pen: Pen, by: str = "channel") -> Told | None:
    rows, unit, metric = rows_of(pen, by)
    shares = all(row.get("share_percent") is not None for row in rows)
    told = say("| {} | {} |", by.capitalize(), pen.metric(metric).capitalize())
    told += (" Share |\n|---|---:|---:|\n" if shares else "\n|:--|--:|\n",)
    for row in rows:
        told += say("| {} | {} |", pen.name(row[by]), pen.value(row["value"], row, unit, metric, plain=True))
        told += say(" {} |\n", pen.share(row["share_percent"], row, plain=True)) if shares else ("\n",)
    return told


def client_table(pen: Pen) -> Told | None:
    return table(pen, "client")


def mover(pen: Pen) -> Told | None:
    rows, unit, metric = rows_of(pen, "channel")
    rows = [row for row in rows if row.get("percent") and row.get("difference")]
    if len(rows) < 2 or unit == "%" or metric == "conversion_rate":
        return None
    rows.sort(key=lambda row: -abs(row["difference"]))
    big, next_ = rows[0], rows[1]
    return say(
        "The biggest swing is {}: {} there {} by {} ({}). {} {} {} over the same time.",
        pen.name(big["channel"]),
        pen.metric(metric),
        moved(big["difference"], "grew", "shrank"),
        pen.value(big["difference"], big, unit, metric),
        pen.percent(big["percent"], big, signed=True),
        pen.name(next_["channel"]).capitalize(),
        moved(next_["percent"], "gained", "lost"),
        pen.percent(next_["percent"], next_),
    )


def ahead(pen: Pen) -> Told | None:
    rows, unit, metric = rows_of(pen, "channel")
    if len(rows) < 2 or unit == "%" or rows[0]["value"] / rows[1]["value"] < 1.15:
        return None
    top, second = rows[0], rows[1]
    return say(
        "{} ({}) is well ahead of {} ({}) on {}, {} times as much.",
        pen.name(top["channel"]),
        pen.value(top["value"], top, unit, metric),
        pen.name(second["channel"]),
        pen.value(second["value"], second, unit, metric),
        pen.metric(metric),
        pen.times(top["value"] / second["value"], {"of": (top["value"], second["value"])}, bare=True),
    )


def list_(pen: Pen) -> Told | None:
    rows, unit, metric = rows_of(pen, "channel")
    rows = [row for row in rows if row.get("percent")]
    if len(rows) < 2:
        return None
    told = say("^{} by channel, {}:\n", pen.metric(metric), pen.span(pen.scene.found[0]["period"]))
    for row in rows:
        told += say(
            "* {}: {}, {} {}\n",
            pen.name(row["channel"]),
            pen.value(row["value"], row, unit, metric),
            moved(row["percent"], "up", "down"),
            pen.percent(row["percent"], row),
        )
    return told


def together(pen: Pen) -> Told | None:
    rows, unit, metric = rows_of(pen, "channel")
    found = pen.scene.found[0]
    if len(rows) < 3 or found["totalled_by"] != "sum":
        return None
    one, other = rows[0], rows[1]
    return say(
        "Add {} ({}) and {} ({}) and you already have {} of the {}{}{}.",
        pen.name(one["channel"]),
        pen.value(one["value"], one, unit, metric, plain=True),
        pen.name(other["channel"]),
        pen.value(other["value"], other, unit, metric, plain=True),
        pen.value(one["value"] + other["value"], {"parts": (one["value"], other["value"])}, unit, metric),
        pen.value(found["total"], {"total": found["total"]}, unit, metric),
        pen.of(unit, "in"),
        pen.metric(metric),
    )


TELLINGS = {
    "channels": (leads, table, mover, ahead, list_, together),
    "client": (client_leads, client_table),
}
