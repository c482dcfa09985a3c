"""Tellings of totals, and of two of them together."""

from tests.agent.grounding.outsiders.pen import Pen, Row, Told, moved, say


def _parts(pen: Pen) -> tuple[Row, Row, str, str]:
    found = pen.scene.found[0]
    return found, found["compared_to"], found["unit"], found["metric"]


def _is_told(pen: Pen) -> bool:
    found = pen.scene.found[0]
    against = found.get("compared_to") or {}
    return bool(found["total"] and against.get("percent") and against.get("difference"))


def came_in(pen: Pen) -> Told | None:
    found, against, unit, metric = _parts(pen)
    if not _is_told(pen):
        return None
    return say(
        "^{} for {} came in at {} over {}, {} {} on the {} before it ({}).",
        pen.metric(metric),
        pen.whose,
        pen.value(found["total"], found, unit, metric),
        pen.span(found["period"]),
        moved(against["percent"], "up", "down"),
        pen.percent(against["percent"], found),
        pen.one("stretch", "period"),
        pen.value(against["total"], found, unit, metric),
    )


def short_version(pen: Pen) -> Told | None:
    found, against, unit, metric = _parts(pen)
    if not _is_told(pen):
        return None
    return say(
        "Short version: {} {} {}. The prior period ({}) stood at {}, so that is a {} of {}.",
        pen.metric(metric),
        moved(against["percent"], "climbed to", "slid to"),
        pen.value(found["total"], found, unit, metric),
        pen.span(against),
        pen.value(against["total"], found, unit, metric),
        moved(against["percent"], "gain", "decline"),
        pen.percent(against["percent"], found),
    )


def bullets(pen: Pen) -> Told | None:
    found, against, unit, metric = _parts(pen)
    if not _is_told(pen):
        return None
    return say(
        "Here's {} for {}:\n\n- **This period:** {}\n- **Previous period:** {}\n- **Change:** {}\n",
        pen.metric(metric),
        pen.span(found["period"]),
        pen.value(found["total"], found, unit, metric, plain=True),
        pen.value(against["total"], found, unit, metric, plain=True),
        pen.percent(against["percent"], found, signed=True, plain=True),
    )


def daily(pen: Pen) -> Told | None:
    found, _, unit, metric = _parts(pen)
    if "average_per_day" not in found:
        return None
    return say(
        "From {} {} logged {}{}{}, which averages out to {} a day.",
        pen.span(found["period"]),
        pen.whose,
        pen.value(found["total"], found, unit, metric),
        pen.of(unit, "in"),
        pen.metric(metric),
        pen.value(found["average_per_day"], found, unit, metric),
    )


def went_from(pen: Pen) -> Told | None:
    found, against, unit, metric = _parts(pen)
    if not _is_told(pen):
        return None
    return say(
        "^{} went from {} to {} – a {} {}. {}",
        pen.metric(metric),
        pen.value(against["total"], found, unit, metric),
        pen.value(found["total"], found, unit, metric),
        pen.percent(against["percent"], found),
        moved(against["percent"], "increase", "drop"),
        pen.one(
            "One period alone doesn't prove a trend, though.", "I'd keep an eye on it.", "Nothing dramatic."
        ),
    )


def gap(pen: Pen) -> Told | None:
    found, against, unit, metric = _parts(pen)
    if not _is_told(pen) or unit == "%" or metric == "conversion_rate":
        return None
    return say(
        "Compared with {}, {} is {} by {}. In relative terms that's {}.",
        pen.span(against),
        pen.metric(metric),
        moved(against["difference"], "ahead", "behind"),
        pen.value(against["difference"], found, unit, metric),
        pen.percent(against["percent"], found, signed=True),
    )


TELLINGS = {
    "totals": (came_in, short_version, bullets, daily, went_from, gap),
}
