"""Alerts in words, and what they would have done."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.views.blocks import Block, Message, button, context, image, section
from bot.views.reader import Reader
from bot.views.text import code, count, escape, when
from bot.views.watching.listing import Listing, Row, deleting, editing, listing, named, switching, wrong
from houston.watch.alerts.alerts import AlertPreview, AlertSeen, Explained

NOTHING = "No alerts yet. An alert says when a report's figures need somebody."
FIRST = "No alerts yet. Save a report first: *Reports*, above."
NOWHERE = "nowhere yet: edit it and choose a channel"
STATES = {
    "new": "⚪ not checked yet",
    "ok": "🟢 ok",
    "pending": "🟡 pending",
    "firing": "🔴 firing",
    "recovering": "🟡 recovering",
    "no_data": "⚪ no data",
    "error": "⚠️ cannot be checked",
    "snoozed": "😴 snoozed",
    "paused": "⏸ paused",
}
SIGNS = {"breach": "🔴", "ok": "🟢", "no_data": "⚪", "error": "⚠️"}
TIMES, BAR = 6, 20


def section_of(found: Sequence[AlertSeen], *, has_reports: bool) -> Listing:
    rows = [Row(line=line(each), buttons=_buttons(each)) for each in found]
    adding = [button("Add alert", "add_alert", style="primary")] if has_reports else []
    return Listing(what="alert", rows=rows, nothing=NOTHING if has_reports else FIRST, add=adding)


def listed(found: Sequence[AlertSeen], reader: Reader, *, has_reports: bool) -> Message:
    """For `/houston alerts`."""
    blocks = listing(section_of(found, has_reports=has_reports), reader)
    return Message(text=count(len(found), "alert"), blocks=blocks)


def line(seen: AlertSeen) -> str:
    """`*Low revenue* · 🟢 ok · Daily revenue · weekdays at 9:00 · @bob`, its conditions, what is wrong."""
    alert = seen.alert
    parts = [named(alert.name), STATES.get(seen.state, seen.state), escape(seen.report_name, 100)]
    parts.append(escape(seen.words, 100))
    if seen.client:
        parts.append(escape(seen.client, 100))
    if alert.owner:
        parts.append(escape(alert.owner_name, 80))
    joined = " and " if alert.match == "all" else " or "
    rules = joined.join(f"`{escape(rule['text'].replace('`', chr(39)), 200)}`" for rule in alert.rules)
    places = ", ".join(escape(each, 80) for each in seen.places[:5]) or NOWHERE
    return "\n".join([" · ".join(parts), f"{rules} → {places}", *wrong(alert.error)])


def kept(seen: AlertSeen, what: str) -> Message:
    """`what` is Added, Saved, Paused, Resumed or Deleted."""
    said = f"✅ {what}: {line(seen)}"
    return Message(text=said, blocks=[section(said)])


def explained(found: Sequence[Explained]) -> list[Block]:
    """What was understood, and what it comes to today."""
    return [_explained(each) for each in found]


def looking(done: int, all: int) -> list[Block]:
    """While the report is asked for earlier moments."""
    if not all:
        return [context("⏳ Looking at the last 90 days…")]
    filled = round(BAR * done / all)
    return [
        context(f"⏳ Looking at the last 90 days: `{'█' * filled}{'░' * (BAR - filled)}` {done} of {all}")
    ]


def previewed(preview: AlertPreview, zone: ZoneInfo, chart_file: str = "") -> list[Block]:
    blocks = [section(_history(preview, zone)), *explained(preview.explained)]
    if preview.chart and chart_file:
        blocks.append(image(chart_file, preview.chart.alt))
    return blocks


def _history(preview: AlertPreview, zone: ZoneInfo) -> str:
    if preview.how == "now":
        return "There are no earlier runs to look at: history starts today."
    since = f" since {when(preview.since, zone)}" if preview.since else ""
    checks = f"{count(preview.runs, 'run')}{since}"
    source = "asked for again" if preview.how == "replayed" else "stored"
    if not preview.would_fire:
        return f"*It would not have fired* in {checks} ({source})."
    times = [when(each, zone) for each in preview.times[-TIMES:]]
    more = preview.would_fire - len(times)
    named = f"{'; '.join(times)}{f', and {more} earlier' if more > 0 else ''}"
    return f"*It would have fired {count(preview.would_fire, 'time')}* in {checks} ({source}): {named}"


def _explained(each: Explained) -> Block:
    if each.error:
        return section(f"⚠️ {code(each.error, 1000)}")
    now = f" · now {escape(each.current, 300)}" if each.current else ""
    return context(f"{SIGNS.get(each.verdict, '⚪')} {escape(each.meaning, 500)}{now}")


def _buttons(seen: AlertSeen) -> list[Block]:
    alert = seen.alert
    follows = "Nothing is checked any more; what it fired is closed."
    return [
        editing("alert", alert.id),
        button("Check now", "check_alert", value=str(alert.id)),
        switching("alert", alert.id, active=alert.active),
        deleting("alert", alert.id, name=alert.name, what="alert", follows=follows),
    ]
