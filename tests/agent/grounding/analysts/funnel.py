# ruff: noqa: E501 - a sentence is read best in one piece
"""Several metrics of one client side by side: sums, and the ratios that they make."""

import random
from functools import partial

from tests.agent.grounding.analysts.desk import Place, Result
from tests.agent.grounding.analysts.names import capital
from tests.agent.grounding.analysts.pen import Pen
from tests.agent.grounding.analysts.scene import Row, Scene, arranged, moved, ratios, span, sums, verb


async def side_by_side(place: Place, rng: random.Random) -> Scene:
    desk = await place.desk(rng.choice(place.slugs))
    known = await desk.read("list_metrics")
    start, end = span(rng, desk.today)
    ratio = rng.choice(ratios(known))
    over = [each for each in sums(known) if each["name"] in ratio["ratio_of"]]
    if len(over) < 2:
        over = rng.sample(sums(known), 2)
    period = {"start": start, "end": end, "compare_to": "previous_period"}
    found = [await desk.read("channel_performance", metric=each["name"], **period) for each in over]
    whole = await desk.read("channel_performance", metric=ratio["name"], **period, by="channel")
    refs = [each["ref"] for each in found]
    faster = (
        await desk.read("calculate", expression=f"{refs[0]}.total / {refs[0]}.days")
        if found[0].get("days") in (7,)
        else None
    )
    question = f"how efficient were we, {ratio['name']}?"
    write = partial(_write, found, whole, faster)
    return Scene(kind="funnel", question=question, desk=desk, write=write)


def _write(found: list[Result], whole: Result, a_day: Result | None, pen: Pen) -> str:
    points = [
        *[_sum(each, pen) for each in found],
        *[_channel(whole, row, pen) for row in whole["rows"]],
        _versus(found, pen),
        _spread(whole, pen),
        _daily(a_day, pen),
        _together(found, pen),
    ]
    if pen.rng.random() < 0.3:
        return f"{_lead(whole, pen)}\n\n{_table([*found, whole], pen)}\n\n{pen.one('', _sum(found[0], pen))}"
    return arranged(pen, _lead(whole, pen), points, pen.one("", "", "Worth a look: the channel mix."))


def _ratio(value: float, result: Result, pen: Pen, siblings: list[float] | None = None) -> str:
    if result["metric"] == "conversion_rate":
        return pen.rate(value, siblings or ())
    if result["unit"]:
        return pen.amount(value, result["unit"], siblings or ())
    return pen.plain(value, siblings or ())


def _lead(whole: Result, pen: Pen) -> str:
    metric, before = pen.metric(whole["metric"]), whole["compared_to"]
    now, was = _ratio(whole["total"], whole, pen), _ratio(before["total"], whole, pen)
    when, client = pen.span(whole["period"]), whole["source"]["client"]
    up = before["difference"] > 0
    return pen.one(
        f"{client}: {metric} was {pen.strong(now)} in {when}, {moved(pen, before)} from {was}.",
        f"{capital(metric)} {verb(pen, up)} to {now} in {when} (previous period: {was}).",
        f"In {when}, {metric} stood at {now} vs {was} before, i.e. {pen.signed(before['percent'] or 0)}.",
    )


def _sum(one: Result, pen: Pen) -> str:
    metric, before, unit = pen.metric(one["metric"]), one["compared_to"], one["unit"]
    total, was = pen.amount(one["total"], unit), pen.amount(before["total"], unit)
    up = before["difference"] > 0
    return pen.one(
        f"{capital(metric)}: {total}, {moved(pen, before)}.",
        f"{capital(metric)} {verb(pen, up)} by {pen.percent(before['percent'] or 0)}, from {was} to {total}.",
        f"{capital(metric)} came to {pen.about(one['total'], unit)}.",
        f"{capital(metric)} – {total} ({pen.difference(before['difference'], unit)} vs. {was}).",
    )


def _channel(whole: Result, row: Row, pen: Pen) -> str:
    others = [each["value"] for each in whole["rows"]]
    value = _ratio(row["value"], whole, pen, others)
    was, metric = _ratio(row["compared_value"], whole, pen), pen.metric(whole["metric"])
    return pen.one(
        f"{capital(metric)} of {pen.name(row['channel'])}: {value}, {moved(pen, row)}",
        f"{pen.name(row['channel'])}'s {metric} is at {value} (was {was}).",
        f"{pen.strong(pen.name(row['channel']))} – {metric} {value}",
    )


def _versus(found: list[Result], pen: Pen) -> str:
    each = [result["compared_to"] for result in found]
    if any(not before["percent"] for before in each):
        return ""
    words = [verb(pen, before["difference"] > 0) for before in each]
    names = [pen.metric(result["metric"]) for result in found]
    figures = [pen.percent(before["percent"], [each[1 - at]["percent"]]) for at, before in enumerate(each)]
    return f"{capital(names[0])} {words[0]} {figures[0]} while {names[1]} {words[1]} {figures[1]}."


def _spread(whole: Result, pen: Pen) -> str:
    high, low = whole["highest"], whole["lowest"]
    values = [each["value"] for each in whole["rows"]]
    top, least = _ratio(high["value"], whole, pen, values), _ratio(low["value"], whole, pen, values)
    metric = pen.metric(whole["metric"])
    if whole["metric"] == "conversion_rate" and pen.rng.random() < 0.4:
        texts = [pen.figures[int(each[1:-1])].text for each in (top, least)]
        first, second = (float(text.replace("%", "")) for text in texts)
        places = min(len(text.strip(" %").partition(".")[2]) for text in texts)
        gap = pen.put("points", first - second, lambda v: f"{v:.{places}f} percentage points")
        return f"The gap in {metric} between {pen.name(high['channel'])} ({top}) and {pen.name(low['channel'])} ({least}) is {gap}."
    return pen.one(
        f"{capital(metric)} is highest on {pen.name(high['channel'])} ({top}) and lowest on {pen.name(low['channel'])} ({least}).",
        f"{capital(metric)} ranges from {least} ({pen.name(low['channel'])}) to {top} ({pen.name(high['channel'])}).",
    )


def _daily(a_day: Result | None, pen: Pen) -> str:
    if not a_day:
        return ""
    metric = pen.metric(a_day["metric"]) if a_day.get("metric") else "that"
    return f"Per day, {metric} averaged {pen.amount(a_day['value'], a_day['unit'])}."


def _together(found: list[Result], pen: Pen) -> str:
    texts = []
    for each in found:
        texts.append(f"{pen.amount(each['total'], each['unit'])} in {pen.metric(each['metric'])}")
    return f"Underneath that are {texts[0]} and {texts[1]}."


def _table(found: list[Result], pen: Pen) -> str:
    lines = []
    for each in found:
        before = each["compared_to"]
        values = [_any(each["total"], each, pen), _any(before["total"], each, pen)]
        lines.append([capital(pen.metric(each["metric"])), *values, pen.signed(before["percent"] or 0)])
    return pen.table(["Metric", "Now", "Before", "Δ"], lines)


def _any(value: float, result: Result, pen: Pen) -> str:
    if result["totalled_by"] == "ratio":
        return _ratio(value, result, pen)
    return pen.amount(value, result["unit"])
