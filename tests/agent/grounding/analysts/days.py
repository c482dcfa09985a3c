# ruff: noqa: E501 - a sentence is read best in one piece
"""One metric day by day, by weekday, and as a watched series."""

import random
from datetime import date, timedelta
from functools import partial

from tests.agent.grounding.analysts.desk import Place, Result
from tests.agent.grounding.analysts.names import capital
from tests.agent.grounding.analysts.pen import Pen
from tests.agent.grounding.analysts.scene import Row, Scene, arranged, moved, span, sums, verb


async def by_day(place: Place, rng: random.Random) -> Scene:
    desk = await place.desk(rng.choice(place.slugs))
    entry = rng.choice(sums(await desk.read("list_metrics")))
    start, end = span(rng, desk.today)
    arguments = {"metric": entry["name"], "start": start, "end": end}
    found = await desk.read("channel_performance", **arguments, by="day", compare_to="previous_period")
    ref = found["ref"]
    middle = await desk.read("calculate", expression=f"median({ref}.rows.value)")
    over = await desk.read("calculate", expression=f"{ref}.highest.value / {ref}.average_per_day")
    question = f"{entry['name']} day by day?"
    return Scene(kind="days", question=question, desk=desk, write=partial(_write_days, found, middle, over))


def _write_days(found: Result, middle: Result, over: Result, pen: Pen) -> str:
    rows: list[Row] = found["rows"]
    unit, metric = found["unit"], pen.metric(found["metric"])
    values, days = [row["value"] for row in rows], [row["day"] for row in rows]
    high, low = found["highest"], found["lowest"]
    best, worst = pen.day(high["day"], days), pen.day(low["day"], days)
    top, least = pen.amount(high["value"], unit, values), pen.amount(low["value"], unit, values)
    mean, total = pen.amount(found["average_per_day"], unit), pen.amount(found["total"], unit)
    lead = pen.one(
        f"{capital(metric)} peaked on {best} at {pen.strong(top)} and was lowest on {worst} with {least}.",
        f"The best day was {best} ({top}); the weakest was {worst} ({least}).",
        f"Over {pen.span(found['period'])}, {found['source']['client']}'s {metric} added up to {total}, or {mean} a day.",
        f"{capital(metric)} ranged from {least} ({worst}) to {top} ({best}), averaging {mean} per day.",
    )
    if pen.rng.random() < 0.3 and len(rows) <= 14:
        lines = [
            [pen.dated(date.fromisoformat(row["day"])), pen.amount(row["value"], unit, values)]
            for row in rows
        ]
        table = pen.table(["Day", capital(metric)], lines)
        return "\n\n".join((lead, table, pen.one("", "Weekends are included.", f"Total: {total}")))
    points = [
        f"Median day: {pen.amount(middle['value'], unit)}.",
        f"The peak was {pen.times(over['value'])} the daily average of {mean}.",
        f"In total that's {pen.about(found['total'], unit)}, {moved(pen, found['compared_to'])} from the period before.",
        _pair(rows, unit, pen),
        _first_last(rows, unit, pen),
        f"The gap between the two is {pen.amount(round(high['value'] - low['value'], 2), unit)} "
        f"({top} vs. {least})."
        if high["value"] - low["value"] > 30
        else "",
    ]
    return arranged(
        pen, lead, points, pen.one("", "", "Shall I plot it?", "I can split this by channel too.")
    )


def _pair(rows: list[Row], unit: str, pen: Pen) -> str:
    at = pen.rng.randrange(len(rows) - 1)
    one, two = rows[at], rows[at + 1]
    up = two["value"] > one["value"]
    if not one["value"]:
        return ""
    values = pen.amount(one["value"], unit), pen.amount(two["value"], unit)
    days = pen.day(one["day"]), pen.day(two["day"])
    if pen.rng.random() < 0.5:
        change = abs(two["value"] - one["value"]) / one["value"] * 100
        return (
            f"It {verb(pen, up)} from {values[0]} on {days[0]} to {values[1]} on {days[1]}, "
            f"{'up' if up else 'down'} {pen.put('percent', change, lambda v: f'{v:.0f}%')}."
            if change >= 2
            else ""
        )
    return f"It {verb(pen, up)} from {values[0]} on {days[0]} to {values[1]} the next day."


def _first_last(rows: list[Row], unit: str, pen: Pen) -> str:
    first, last = rows[0], rows[-1]
    return (
        f"The period opened at {pen.amount(first['value'], unit)} and closed at "
        f"{pen.amount(last['value'], unit)} on {pen.day(last['day'])}."
    )


async def by_weekday(place: Place, rng: random.Random) -> Scene:
    desk = await place.desk(rng.choice(place.slugs))
    entry = rng.choice(sums(await desk.read("list_metrics")))
    end = desk.today - timedelta(days=1)
    found = await desk.read(
        "channel_performance",
        metric=entry["name"],
        start=end - timedelta(days=rng.choice((20, 27))),
        end=end,
        by="weekday",
    )
    question = f"which weekday is best for {entry['name']}?"
    return Scene(kind="weekdays", question=question, desk=desk, write=partial(_write_weekdays, found))


def _write_weekdays(found: Result, pen: Pen) -> str:
    rows, unit = found["rows"], found["unit"]
    metric, values = pen.metric(found["metric"]), [row["value"] for row in rows]
    high, low = found["highest"], found["lowest"]
    top, least = pen.amount(high["value"], unit, values), pen.amount(low["value"], unit, values)
    lead = pen.one(
        f"{high['weekday']}s are strongest for {metric}, at {pen.strong(top)} on average.",
        f"On average, {metric} is highest on {high['weekday']} ({top}) and lowest on {low['weekday']} ({least}).",
        f"The typical {high['weekday']} brings {top}, versus {least} on a {low['weekday']}.",
    )
    row = pen.rng.choice(rows)
    points = [
        f"{row['weekday']}: {pen.amount(row['value'], unit, values)} on average "
        f"({pen.amount(row['total'], unit)} over {pen.count(row['days'])} {row['weekday']}s).",
        f"Across all days the average is {pen.amount(found['average_per_day'], unit)}.",
        f"The whole period ({pen.span(found['period'])}) came to {pen.amount(found['total'], unit)}.",
        f"That is {pen.times(high['value'] / low['value'])} as much on a {high['weekday']} ({top}) as on a "
        f"{low['weekday']} ({least})."
        if low["value"] and high["value"] / low["value"] > 1.15
        else "",
    ]
    if pen.rng.random() < 0.3:
        lines = [
            [each["weekday"], pen.amount(each["value"], unit, values), str(each["days"])] for each in rows
        ]
        return f"{lead}\n\n{pen.table(['Weekday', 'Average', 'Days'], lines)}"
    return arranged(pen, lead, points)


async def as_series(place: Place, rng: random.Random) -> Scene:
    desk = await place.desk(rng.choice(place.slugs))
    entry = rng.choice(sums(await desk.read("list_metrics")))
    end = desk.today - timedelta(days=1)
    start = end if place.is_sample else end - timedelta(days=rng.choice((6, 13, 20)))
    found = await desk.read(
        "metric_series", metric=entry["name"], channel=rng.choice(entry["channels"]), start=start, end=end
    )
    question = f"was {entry['name']} of {found['channel']} in its usual range?"
    return Scene(kind="series", question=question, desk=desk, write=partial(_write_series, found))


def _write_series(found: Result, pen: Pen) -> str:
    points, unit, brief = found["points"], found["unit"], found["summary"]
    metric, channel = pen.metric(found["metric"]), pen.name(found["channel"])
    values = [each["value"] for each in points]
    hourly = len({each["time"][:10] for each in points}) < len(points)
    first, last = (pen.amount(brief[name], unit, values) for name in ("first", "last"))
    high, low = brief["highest"], brief["lowest"]
    top, least = pen.amount(high["value"], unit, values), pen.amount(low["value"], unit, values)

    def at(moment: str) -> str:
        return f"at {moment[11:16]}" if hourly else f"on {pen.day(moment, [each['time'] for each in points])}"

    up = brief["difference"] > 0
    lead = pen.one(
        f"{capital(metric)} of {channel} went from {first} to {last}"
        + (f" ({pen.signed(brief['percent'])})." if brief["percent"] else "."),
        f"{channel}'s {metric} peaked {at(high['time'])} at {top}; its low was {least} {at(low['time'])}.",
        f"For {channel}, {metric} moved between {least} and {pen.strong(top)} across {len(values)} points.",
    )
    row = pen.rng.choice(points)
    lines = [
        f"The last value was {last}, {pen.one('against', 'compared to', 'vs.')} {first} at the start.",
        f"It {verb(pen, up)} by {pen.amount(abs(brief['difference']), unit)} from the first point to the last."
        if brief["difference"]
        else "",
        _banded(row, at(row["time"]), unit, pen),
        _banded(pen.rng.choice(points), "", unit, pen),
        f"{capital(pen.one('no outliers', 'no outlier'))} in this stretch."
        if not found["outliers"]
        else f"{capital(pen.count(found['outliers']))} of these points {'is' if found['outliers'] == 1 else 'are'} flagged.",
    ]
    return arranged(pen, lead, lines)


def _banded(row: Row, when: str, unit: str, pen: Pen) -> str:
    if "expected" not in row or not when:
        return ""
    lower, upper = (pen.amount(each, unit) for each in row["usual"])
    value, expected = pen.amount(row["value"], unit, row["usual"]), pen.amount(row["expected"], unit)
    return pen.one(
        f"{capital(when)} it was {value}, where {expected} was expected (usual range {lower}–{upper}).",
        f"{capital(when)} the value was {value}; the usual band there is {lower} to {upper}.",
        f"Expected {when}: {expected}. Actual: {value}.",
    )
