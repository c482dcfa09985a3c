# ruff: noqa: E501 - a sentence is read best in one piece
"""Customers, notes and reports."""

import random
from datetime import date, timedelta
from functools import partial

from tests.agent.grounding.analysts.desk import Place, Result
from tests.agent.grounding.analysts.names import capital
from tests.agent.grounding.analysts.pen import Pen
from tests.agent.grounding.analysts.scene import Row, Scene, arranged

STATES = {"open": "open", "in_progress": "in progress", "done": "done"}


async def people(place: Place, rng: random.Random) -> Scene:
    desk = await place.desk(rng.choice(place.slugs))
    start = desk.today - timedelta(days=rng.randint(10, 40))
    brief = await desk.read("customer_summary", start=start, end=desk.today)
    best = await desk.read("customers", limit=5)
    share = await desk.read("calculate", expression="share(r1.by_segment[0].revenue, r1.revenue)")
    write = partial(_write_people, brief, best, share)
    return Scene(kind="customers", question="who are our best customers?", desk=desk, write=write)


def _write_people(brief: Result, best: Result, share: Result, pen: Pen) -> str:
    top, segments = best["customers"], brief["by_segment"]
    spent = [each["revenue"] for each in top]
    first = top[0]
    client = brief["source"]["client"]
    every = [each["customers"] for each in segments]
    total, orders = pen.count(brief["total"], every), pen.count(brief["orders"], word=False)
    lead = pen.one(
        f"{client} has {total} customers with {orders} orders in all, {pen.count(brief['new'], every)} of them new since {pen.dated(_start(brief))}.",
        f"The best customer is {pen.strong(first['name'])} with {pen.cash(first['revenue'], spent)} from {pen.count(first['orders'])} orders.",
        f"{client}'s {total} customers have spent {pen.cash(brief['revenue'])} to date, {pen.cash(brief['average_order'])} per order.",
    )
    points = [
        *[_customer(each, top, pen) for each in top],
        *[_segment(each, segments, pen) for each in segments],
        f"{capital(pen.count(brief['returning']))} are returning, {pen.count(brief['ordered_once'])} have ordered once.",
        f"The {segments[0]['segment']} segment makes up {pen.percent(share['value'])} of lifetime revenue.",
        f"The average order is {pen.cash(brief['average_order'])}.",
    ]
    if pen.rng.random() < 0.3:
        rows = [
            [
                each["name"],
                str(at),
                pen.cash(each["revenue"], spent),
                pen.count(each["orders"], word=False),
            ]
            for at, each in enumerate(top, 1)
        ]
        table = pen.table(["Customer", "#", "Revenue", "Orders"], rows)
        return f"{lead}\n\n{table}"
    return arranged(pen, lead, points)


def _start(brief: Result) -> date:
    return date.fromisoformat(brief["period"]["start"])


def _customer(each: Row, top: list[Row], pen: Pen) -> str:
    spent = pen.cash(each["revenue"], [other["revenue"] for other in top])
    orders = pen.count(each["orders"], [other["orders"] for other in top], word=False)
    noun = "order" if each["orders"] == 1 else "orders"
    texts = [
        f"{each['name']} ({each['segment']}): {spent}, {orders} {noun}",
        f"{each['name']} spent {spent} across {orders} {noun}.",
    ]
    if each["average_order"]:
        texts.append(f"{each['name']} – {spent} lifetime, {pen.cash(each['average_order'])} per order")
    return pen.one(*texts)


def _segment(each: Row, segments: list[Row], pen: Pen) -> str:
    count = pen.count(each["customers"], [other["customers"] for other in segments])
    spent = pen.cash(each["revenue"], [other["revenue"] for other in segments])
    return pen.one(
        f"{capital(each['segment'])}: {count} customers, {spent} in lifetime revenue",
        f"The {each['segment']} segment has {count} customers and {pen.count(each['orders'], word=False)} orders.",
    )


async def notebook(place: Place, rng: random.Random) -> Scene:
    desk = await place.desk(rng.choice((None, *place.slugs)))
    found = await desk.read("notes")
    one = rng.choice(found["notes"])
    whole = await desk.read("read_note", note=one["id"])
    write = partial(_write_notes, found, whole.get("note", whole))
    return Scene(kind="notes", question="anything in the notes?", desk=desk, write=write)


def _write_notes(found: Result, one: Row, pen: Pen) -> str:
    counts = found["counts"]
    every = list(counts.values())
    states = [f"{pen.count(number, every)} {STATES[name]}" for name, number in counts.items()]
    total = pen.count(found["count"], every)
    lead = pen.one(
        f"There are {total} notes: {', '.join(states)}.",
        f"{capital(total)} notes in all, {states[0]}.",
    )
    points = [
        f"“{each['title']}” ({STATES[each['status']]}) by {each['author']}, {pen.day(each['created_at'], [other['created_at'] for other in found['notes']])}"
        for each in found["notes"][:5]
    ]
    body = f"The note “{one['title']}” says: {one['body']}" if one.get("body") else ""
    return arranged(pen, lead, points, pen.one("", body))


async def report(place: Place, rng: random.Random) -> Scene:
    """Of the sample agency, which has them."""
    desk = await place.desk(None)
    listed = await desk.read("reports")
    one = rng.choice(listed["reports"])
    found = await desk.read("report_rows" if one["last_run"] else "run_report", report=one["id"])
    return Scene(
        kind="reports",
        question=f"what does {one['name']} say?",
        desk=desk,
        write=partial(_write_report, listed, found),
    )


def _write_report(listed: Result, found: Result, pen: Pen) -> str:
    key, rows = found["columns"][0], found["rows"]
    name, totals = found["report"]["name"], found["totals"]
    columns = [column for column in found["columns"][1:] if column in totals]
    sums = [f"{_cell(totals[column], pen)} in {column.lower()}" for column in columns]
    best = max(rows, key=lambda row: float(row["Revenue"]))
    spent = [row["Revenue"] for row in rows]
    lead = pen.one(
        f"“{name}” has {pen.count(found['row_count'])} rows, with {' and '.join(sums)} in all.",
        f"{_key(best[key], pen)} is on top in {pen.strong(name)}: {_cell(best['Revenue'], pen, spent)} in revenue.",
    )
    points = [
        f"{_key(row[key], pen)}: {_cell(row['Revenue'], pen, spent)} revenue from {pen.count(row['Orders'], [other['Orders'] for other in rows], word=False)} orders"
        for row in rows
    ]
    rate = [row for row in rows if "Conversion Rate" in row]
    points += [f"{_key(row[key], pen)} converts at {pen.plain(row['Conversion Rate'])}." for row in rate]
    points.append(f"{capital(pen.count(listed['count']))} reports are saved.")
    if pen.rng.random() < 0.3:
        lines = [
            [_key(row[key], pen), _cell(row["Revenue"], pen, spent), pen.count(row["Orders"], word=False)]
            for row in rows
        ]
        lines.append(["Total", _cell(totals["Revenue"], pen), pen.count(round(totals["Orders"]), word=False)])
        return f"{lead}\n\n{pen.table([capital(key), 'Revenue', 'Orders'], lines)}"
    return arranged(pen, lead, points)


def _cell(value: float, pen: Pen, siblings: list[float] | None = None) -> str:
    return pen.cash(float(value), siblings or ())


def _key(value: str, pen: Pen) -> str:
    return pen.dated(date.fromisoformat(value)) if value[:2] == "20" else capital(value)
