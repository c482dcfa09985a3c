from collections.abc import Mapping
from typing import Any

from bot.views import episode
from bot.views.blocks import Block, fact_lines, section
from bot.views.kind import Kind
from bot.views.text import escape, humanized, number, one_line, span, when
from houston.notify.messenger import Announcement
from houston.watch.outliers.numbers import readable, readable_range

Payload = Mapping[str, Any]


def _name(announcement: Announcement) -> str:
    """`Cost per click · google-ads`."""
    payload = episode.fired(announcement)
    metric = humanized(payload["metric"])
    return f"{metric} · {one_line(payload['channel'])}" if payload.get("channel") else metric


def _title(announcement: Announcement) -> str:
    return f"{_arrow(episode.fired(announcement))} Outlier: {_name(announcement)}"


def _body(announcement: Announcement) -> list[Block]:
    reason = _reason(episode.fired(announcement))
    return [section(escape(reason) or "This value is unusual."), fact_lines(_facts(announcement))]


def _facts(announcement: Announcement) -> list[tuple[str, str]]:
    """The value that fired, beside the one of now where that is another."""
    payload, now = episode.fired(announcement), episode.current(announcement)
    shown = [("📅 When", when(episode.began(announcement), announcement.timezone))]
    if "value" in payload:
        shown.append(("🔢 Value", f"*{escape(_value(payload))}*"))
    if _is_known(payload):
        shown.append(("📏 Expected", escape(_expected(payload))))
    if _has_moved(payload, now):
        shown.append(("➡️ Now", f"*{escape(_value(now))}*"))
    if end := episode.ending(announcement):
        shown.append(("✅ Resolved", end))
    else:
        shown.append(episode.severity_fact(announcement))
    if announcement.client_name:
        shown.append(("👤 Client", escape(announcement.client_name, 200)))
    return shown


def _brief(announcement: Announcement) -> str:
    """`$2.31, expected $1.05`, `$1.10 now, was $2.31`."""
    payload, now = episode.fired(announcement), episode.current(announcement)
    if "value" not in payload:
        return one_line(_reason(payload))
    if _has_moved(payload, now):
        return f"{_value(now)} now, was {_value(payload)}"
    expected = number(payload["expected"], payload.get("unit", "")) if _is_known(payload) else ""
    return f"{_value(payload)}, expected {expected}" if expected else _value(payload)


def _latest(announcement: Announcement) -> str:
    payload = announcement.event.payload
    if "value" not in payload:
        return ""
    return f"{_value(payload)}, expected {_expected(payload)}" if _is_known(payload) else _value(payload)


def _reason(payload: Payload) -> str:
    """The detector's words, with the metric's unit at their figures."""
    said, unit = str(payload.get("reason", "")), payload.get("unit", "")
    if not unit or not _is_known(payload) or "value" not in payload:
        return said
    value, expected = payload["value"], payload["expected"]
    usual = readable_range(payload["lower"], payload["upper"])
    phrases = {
        f"the usual {usual}": f"the usual {span(payload['lower'], payload['upper'], unit)}",
        f"the expected {readable(expected)}": f"the expected {number(expected, unit)}",
        f"stuck at {readable(value)}": f"stuck at {number(value, unit)}",
        f"{readable(value)}, w": f"{number(value, unit)}, w",
        f"where {readable(expected)} was": f"where {number(expected, unit)} was",
    }
    for plain, with_unit in phrases.items():
        said = said.replace(plain, with_unit)
    return said


def _value(payload: Payload) -> str:
    return number(payload["value"], payload.get("unit", ""))


def _expected(payload: Payload) -> str:
    unit = payload.get("unit", "")
    return f"{number(payload['expected'], unit)} ({span(payload['lower'], payload['upper'], unit)})"


def _is_known(payload: Payload) -> bool:
    return all(payload.get(name) is not None for name in ("expected", "lower", "upper"))


def _has_moved(before: Payload, now: Payload) -> bool:
    return (
        "value" in now
        and "value" in before
        and (now["value"], now.get("time"))
        != (
            before["value"],
            before.get("time"),
        )
    )


def _arrow(payload: Payload) -> str:
    return "📉" if payload.get("value", 0) < payload.get("expected", 0) else "📈"


OUTLIER = Kind(
    emoji="📈",
    noun="outlier",
    plural="outliers",
    name=_name,
    title=_title,
    brief=_brief,
    latest=_latest,
    body=_body,
    still="🔁 Still unusual",
    again="🔁 Unusual again",
    well="✅ Back to normal",
    settled="back to normal",
)
