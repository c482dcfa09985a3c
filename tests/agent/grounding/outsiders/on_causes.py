"""Tellings of what explains an outlier, and of what is going on."""

from tests.agent.grounding.outsiders.pen import Pen, Told, moved, say


def channel_share(pen: Pen) -> Told | None:
    rows = [row for row in pen.scene.found[0]["by_channel"] if row["percent"]]
    if not rows:
        return None
    row = max(rows, key=lambda each: abs(each["difference"]))
    return say(
        "It traces back to {}: {} there was {} versus a usual {}, i.e. {} {} than normal.",
        pen.name(row["channel"]),
        pen.metric(row["metric"]),
        pen.value(row["value"], row, row["unit"], row["metric"], plain=True),
        pen.value(row["usual"], row, row["unit"], row["metric"], plain=True),
        pen.percent(row["percent"], row),
        moved(row["percent"], "higher", "lower"),
    )


def moved_too(pen: Pen) -> Told | None:
    rows = [row for row in pen.scene.found[0]["moved_with"] if row["percent"]]
    if not rows:
        return None
    row = rows[0]
    where = f" on {pen.name(row['channel'])}" if row["channel"] else ""
    return say(
        "Alongside it, {}{} {} to {} (normally {}), a change of {}. That's no proof of a cause.",
        pen.metric(row["metric"]),
        where,
        moved(row["percent"], "jumped", "sank"),
        pen.value(row["value"], row, row["unit"], row["metric"], plain=True),
        pen.value(row["usual"], row, row["unit"], row["metric"], plain=True),
        pen.percent(row["percent"], row, signed=True),
    )


def now(pen: Pen) -> Told | None:
    found = pen.scene.found[0]
    current, metric = found["now"], found["outlier"]["metric"]
    if not current or not current["is_usual"]:
        return None
    return say(
        "It has settled since: the newest reading is {} where {} is typical. At the time it was {}.",
        pen.value(current["value"], current, current["unit"], metric, plain=True),
        pen.value(current["usual"], current, current["unit"], metric, plain=True),
        pen.value(found["outlier"]["value"], found["outlier"], current["unit"], metric, plain=True),
    )


def oldest(pen: Pen) -> Told | None:
    found = pen.scene.found[0]
    one = max(found["episodes"], key=lambda episode: episode["minutes"])
    hours = one["minutes"] / 60
    if hours < 3:
        return None
    return say(
        "{} open right now. Longest-running is {} ({}), which has been going for {}.",
        pen.count(found["count"], {"count": found["count"]}, plain=True),
        one["what"],
        one["severity"],
        pen.measure(round(hours), {"minutes": one["minutes"]}, "hours"),
    )


def fired(pen: Pen) -> Told | None:
    known = [one for one in pen.scene.found[0]["episodes"] if one.get("value_now") and one.get("percent")]
    if not known:
        return None
    one = known[0]
    return say(
        "{} fired on {} at {}, {} over the expected {}. It's down to {} now, and nobody has picked it up.",
        one["what"],
        pen.day(one["opened_at"]),
        pen.value(one["value"], one, "", plain=True),
        pen.percent(one["percent"], one),
        pen.value(one["expected"], one, "", plain=True),
        pen.value(one["value_now"], one, "", plain=True),
    )


TELLINGS = {
    "explained": (channel_share, moved_too, now),
    "going on": (oldest, fired),
}
