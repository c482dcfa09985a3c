from bot.views import severity
from bot.views.blocks import Message, actions, button, facts, header, image, section
from bot.views.text import escape, humanized, number, one_line, span, when
from houston.notify.messenger import Announcement


def announced(announcement: Announcement, chart_file: str | None) -> Message:
    """📈 Outlier: Cost per click · google-ads."""
    event, payload = announcement.event, announcement.event.payload
    title = f"{_arrow(payload)} Outlier: {_subject(payload)}"
    blocks = [
        header(title),
        section(escape(payload["reason"], 2500) or "This value is unusual."),
        facts(_facts(announcement)),
    ]
    if announcement.chart and chart_file:
        blocks.append(image(chart_file, announcement.chart.alt))
    blocks.append(actions(button("Ask Houston", "ask_houston", value=str(event.id), style="primary")))
    return Message(text=_fallback(announcement, title), blocks=blocks)


def _facts(announcement: Announcement) -> list[tuple[str, str]]:
    event, payload = announcement.event, announcement.event.payload
    unit = payload.get("unit", "")
    shown = [
        ("📅 When", when(event.occurred_at, announcement.timezone)),
        ("🔢 Value", f"*{escape(number(payload['value'], unit))}*"),
        ("📏 Expected", escape(_expected(payload, unit))),
        ("Severity", severity.labelled(event.severity)),
    ]
    if announcement.client_name:
        shown.append(("👤 Client", escape(announcement.client_name, 200)))
    return shown


def _expected(payload: dict[str, float], unit: str) -> str:
    return f"{number(payload['expected'], unit)} ({span(payload['lower'], payload['upper'], unit)})"


def _fallback(announcement: Announcement, title: str) -> str:
    payload = announcement.event.payload
    unit = payload.get("unit", "")
    client = f" for {announcement.client_name}" if announcement.client_name else ""
    said = f"{title}{client} is {number(payload['value'], unit)}, expected {_expected(payload, unit)}"
    moment = when(announcement.event.occurred_at, announcement.timezone)
    return escape(f"{said}. {moment}", 3000)


def _subject(payload: dict[str, str]) -> str:
    metric = humanized(payload["metric"])
    return f"{metric} · {one_line(payload['channel'])}" if payload.get("channel") else metric


def _arrow(payload: dict[str, float]) -> str:
    return "📈" if payload["value"] >= payload["expected"] else "📉"
