from collections.abc import Mapping, Sequence
from typing import Any

from bot.views import episode
from bot.views.blocks import Block, fact_lines, section
from bot.views.kind import Kind
from bot.views.metrics_broken import all_named, brief, lines, named
from bot.views.no_data import missing
from bot.views.text import escape, number, one_line, span, when
from houston.notify.messenger import Announcement
from houston.watch.outliers.numbers import readable, readable_range

Payload = Mapping[str, Any]


def _name(announcement: Announcement) -> str:
    """`Cost per click · google-ads`, `Spend in 8 channels`."""
    metrics = _metrics(announcement)
    return all_named(metrics) if len(metrics) > 1 else named(episode.fired(announcement))


def _metrics(announcement: Announcement) -> Sequence[Payload]:
    """Those that have had a part in it until now."""
    now, fired = episode.current(announcement), episode.fired(announcement)
    found: Sequence[Payload] = now.get("metrics") or fired.get("metrics", ())
    return found


def _title(announcement: Announcement) -> str:
    return f"{_arrow(episode.fired(announcement))} Outlier: {_name(announcement)}"


def _body(announcement: Announcement) -> list[Block]:
    payload, metrics = episode.fired(announcement), _metrics(announcement)
    if "since" in payload:
        return [section(escape(missing(payload, announcement.timezone))), fact_lines(_facts(announcement))]
    reason = _reason(payload)
    blocks = [section(escape(reason) or "This value is unusual.")]
    blocks += [section(lines(metrics))] if len(metrics) > 1 else []
    return [*blocks, fact_lines(_facts(announcement))]


def _facts(announcement: Announcement) -> list[tuple[str, str]]:
    """The value that fired, beside the one of now where that is another."""
    payload, now = episode.fired(announcement), episode.current(announcement)
    shown = [("📅 When", when(episode.began(announcement), announcement.timezone))]
    is_one = len(_metrics(announcement)) < 2
    if is_one and "value" in payload:
        shown.append(("🔢 Value", f"*{escape(_value(payload))}*"))
    if is_one and _is_known(payload):
        shown.append(("📏 Expected", escape(_expected(payload))))
    if is_one and _has_moved(payload, now):
        shown.append(("➡️ Now", f"*{escape(_value(now))}*"))
    if now.get("corrected"):
        shown.append(("✏️ Corrected", "The value that stood out was corrected"))
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
    if "since" in payload:
        return missing(payload, announcement.timezone)
    if "value" not in payload:
        return one_line(_reason(payload))
    if len(metrics := _metrics(announcement)) > 1:
        return brief([each for each in metrics if not each.get("is_well")] or metrics)
    if _has_moved(payload, now):
        return f"{_value(now)} now, was {_value(payload)}"
    expected = number(payload["expected"], payload.get("unit", "")) if _is_known(payload) else ""
    return f"{_value(payload)}, expected {expected}" if expected else _value(payload)


def _latest(announcement: Announcement) -> str:
    payload = announcement.event.payload
    if "since" in payload:
        is_back = announcement.event.phase == "resolved"
        return "data came in again" if is_back else missing(payload, announcement.timezone)
    if "value" not in payload:
        return ""
    if payload.get("corrected"):
        return f"corrected to {_value(payload)}"
    metrics = payload.get("metrics", ())
    if joined := payload.get("joined"):
        return brief(joined)
    if len(metrics) > 1:
        return brief([each for each in metrics if not each.get("is_well")] or metrics)
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
    if "value" not in now or "value" not in before:
        return False
    return (now["value"], now.get("time")) != (before["value"], before.get("time"))


def _arrow(payload: Payload) -> str:
    return "📉" if (payload.get("value") or 0) < (payload.get("expected") or 0) else "📈"


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
