# ruff: noqa: E501 - a sentence is read best in one piece
"""One metric by channel, against the period before."""

import random
from functools import partial

from tests.agent.grounding.analysts.desk import Place, Result
from tests.agent.grounding.analysts.names import capital
from tests.agent.grounding.analysts.pen import Pen
from tests.agent.grounding.analysts.scene import Row, Scene, arranged, moved, span, sums, verb


async def by_channel(place: Place, rng: random.Random) -> Scene:
    desk = await place.desk(rng.choice(place.slugs))
    metric = rng.choice(sums(await desk.read("list_metrics")))["name"]
    start, end = span(rng, desk.today)
    found = await desk.read(
        "channel_performance",
        metric=metric,
        start=start,
        end=end,
        by="channel",
        compare_to="previous_period",
    )
    a_day = None
    if found["compared_to"]["total"] and found.get("days") in (7, 12, 14):
        ref, days = found["ref"], found["days"]
        if days == 7:
            a_day = await desk.read("calculate", expression=f"{ref}.compared_to.total / {days}")
    question = f"how did {metric} do by channel?"
    return Scene(kind="channels", question=question, desk=desk, write=partial(_write, found, a_day))


def _write(found: Result, a_day: Result | None, pen: Pen) -> str:
    rows: list[Row] = found["rows"]
    if pen.rng.random() < 0.35:
        return "\n\n".join(filter(None, (_lead(found, pen), _table(found, pen), _remark(found, pen))))
    points = [
        *[_point(found, row, pen) for row in rows],
        _per_day(found, a_day, pen),
        _largest(found, pen),
        _driver(found, pen),
        _both(found, pen),
        _multiple(found, pen),
    ]
    return arranged(pen, _lead(found, pen), points, _remark(found, pen))


def _lead(found: Result, pen: Pen) -> str:
    metric, client = pen.metric(found["metric"]), found["source"]["client"]
    unit, before = found["unit"], found["compared_to"]
    every = [row["value"] for row in found["rows"]] + [before["total"]]
    total, was = pen.amount(found["total"], unit, every), pen.amount(before["total"], unit, [found["total"]])
    when, days = pen.span(found["period"]), found.get("days")
    change = moved(pen, before)
    up = before["difference"] > 0
    texts = [
        f"{capital(metric)} for {client} came in at {pen.strong(total)} for {when}, {change} from {was} "
        "in the period before.",
        f"**{client}: {metric} was {total}** in {when} vs. {was} in the previous {days} days ({change}).",
        f"{client}'s {metric} {verb(pen, up)} from {was} to {total} ({pen.signed(before['percent'] or 0)}) "
        f"in {when}.",
        f"In {when}, {client} recorded {total} in {metric} — {change} compared with "
        f"{pen.span(before)} ({was}).",
        f"Total {metric} ({when}): {pen.strong(total)}. That's {pen.difference(before['difference'], unit)} "
        f"against {pen.span(before)}.",
        f"{capital(metric)} landed at {pen.about(found['total'], unit, every)} ({when}), {change}.",
    ]
    return pen.one(*texts)


def _point(found: Result, row: Row, pen: Pen) -> str:
    unit, rows = found["unit"], found["rows"]
    others = {name: [each.get(name) for each in rows] for name in row}
    name = pen.strong(pen.name(row["channel"]))
    value, was = pen.amount(row["value"], unit, others["value"]), pen.amount(row["compared_value"], unit)
    share = pen.percent(row["share_percent"], others["share_percent"])
    gap = pen.difference(row["difference"], unit, others["difference"])
    signed = pen.signed(row["percent"] or 0, others["percent"])
    return pen.one(
        f"{name}: {value} ({share} of the total), {moved(pen, row)} from {was}.",
        f"{name} – {value}, {gap} ({signed}) vs. the prior period",
        f"{name}: {was} → {value} ({signed})",
        f"{name} brought in {value}, or {share} of all {pen.metric(found['metric'])}, {moved(pen, row)}.",
        f"{name} {verb(pen, row['difference'] > 0)} by {pen.percent(row['percent'] or 0)} to {value}.",
        f"{name} accounts for {share} ({value}).",
    )


def _per_day(found: Result, a_day: Result | None, pen: Pen) -> str:
    if "average_per_day" not in found:
        return ""
    mean = pen.amount(found["average_per_day"], found["unit"])
    if a_day:
        was = pen.amount(a_day["value"], a_day["unit"])
        return f"On average that is {mean} per day, compared to {was} per day in the period before."
    return pen.one(
        f"That works out to {mean} per day on average.",
        f"Daily average: {mean} over {found['days']} days.",
        f"The average day brought {mean}.",
    )


def _largest(found: Result, pen: Pen) -> str:
    top = found["rows"][0]
    name, share = pen.name(top["channel"]), top["share_percent"]
    figure = pen.percent(share)
    size = "more than half" if share > 50 else "less than half"
    return pen.one(
        f"{name} is the largest channel with {figure} of the total.",
        f"{name} alone makes up {size} of it ({figure}).",
        f"The biggest contributor was {name} at {pen.amount(top['value'], found['unit'])}.",
    )


def _driver(found: Result, pen: Pen) -> str:
    rows = [row for row in found["rows"] if row["difference"]]
    most = max(rows, key=lambda row: abs(row["difference"]), default=None)
    if most is None:
        return ""
    gap = pen.amount(abs(most["difference"]), found["unit"], [abs(row["difference"]) for row in rows])
    more = "more" if most["difference"] > 0 else "less"
    return pen.one(
        f"The largest swing was {pen.name(most['channel'])}, with {gap} {more} than before.",
        f"{pen.name(most['channel'])} moved most: {gap} {more} ({pen.signed(most['percent'] or 0)}).",
    )


def _both(found: Result, pen: Pen) -> str:
    if len(found["rows"]) < 3:
        return ""
    one, two = found["rows"][:2]
    together = one["share_percent"] + two["share_percent"]
    shares = [pen.percent(each["share_percent"]) for each in (one, two)]
    if not all("." in pen.figures[int(each[1:-1])].text for each in shares):
        return ""
    whole = pen.put("percent", together, lambda v: f"{v:.1f}%")
    return f"{pen.name(one['channel'])} ({shares[0]}) and {pen.name(two['channel'])} ({shares[1]}) together make up {whole}."


def _multiple(found: Result, pen: Pen) -> str:
    first, last = found["rows"][0], found["rows"][-1]
    if not last["value"] or first["value"] / last["value"] < 1.3:
        return ""
    unit = found["unit"]
    times = pen.times(first["value"] / last["value"])
    values = pen.amount(first["value"], unit), pen.amount(last["value"], unit)
    return (
        f"{pen.name(first['channel'])} ({values[0]}) delivered {times} as much as "
        f"{pen.name(last['channel'])} ({values[1]})."
    )


def _table(found: Result, pen: Pen) -> str:
    unit, rows = found["unit"], found["rows"]
    every = {name: [each.get(name) for each in rows] for name in rows[0]}
    head = ["Channel", "This period", "Previous", "Change", "Share"]
    lines = [
        [
            pen.name(row["channel"]),
            pen.amount(row["value"], unit, every["value"]),
            pen.amount(row["compared_value"], unit, every["compared_value"]),
            pen.signed(row["percent"] or 0, every["percent"]),
            pen.percent(row["share_percent"], every["share_percent"]),
        ]
        for row in rows
    ]
    before = found["compared_to"]
    if pen.rng.random() < 0.6:
        total = [pen.amount(found["total"], unit), pen.amount(before["total"], unit)]
        lines.append([pen.strong("Total"), *total, pen.signed(before["percent"] or 0), "100%"])
    return pen.table(head, lines)


def _remark(found: Result, pen: Pen) -> str:
    fresh = found["source"]["freshness"]
    return pen.one(
        "",
        "",
        "Want me to break this down by day?",
        "Happy to chart this if useful.",
        "Let me know if you'd like the same view for another client.",
        f"Data is current as of {pen.clock(fresh)}." if fresh else "",
        "Note that figures side by side don't prove a cause.",
    )
