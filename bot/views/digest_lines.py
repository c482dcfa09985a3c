"""What a digest says of one client, a paragraph a topic."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.views import severity
from bot.views.links import link
from bot.views.text import count, cut, escape, humanized, number, one_line
from houston.notify.digests.digest import FailedTask, Figure, Incident, Section, Waiting

NAME, JOBS, STATUSES_SHOWN = 90, 6, 6
NOTE_STATUSES = {"open": "open", "in_progress": "in progress", "done": "done"}


def topics(section: Section) -> list[str]:
    """Those of which there is something to say; mrkdwn."""
    said = (
        _incidents(section),
        _tasks(section.tasks),
        _waiting(section.waiting),
        _notes(section.notes),
        figures(section.figures),
    )
    return [each for each in said if each]


def in_short(section: Section) -> str:
    """`2 critical, 1 warning, 1 failed task, 3 notes`: plain text."""
    parts = [f"{amount:,} {name}" for name, amount in _by_severity(section.incidents)]
    parts += [count(len(section.tasks), "failed task")] if section.tasks else []
    parts += [count(sum(section.notes.values()), "note")] if section.notes else []
    return ", ".join(parts)


def figures(shown: Sequence[Figure]) -> str:
    """`📊 *Revenue* $1,234 ▲ 12.3%`, a line each."""
    return "\n".join(f"📊 {figure(each)}" for each in shown)


def figure(shown: Figure) -> str:
    """`*Revenue* $1,234 ▲ 12.3%`."""
    name = f"*{escape(cut(humanized(shown.name), NAME))}*"
    if shown.value is None:
        before = f", {escape(number(shown.before, shown.unit))} a week before" if shown.before else ""
        return f"{name} no figures yet{before}"
    return f"{name} {escape(number(shown.value, shown.unit))}{_change(shown)}"


def short_date(day: date) -> str:
    """`Sat, Nov 21`."""
    return f"{day:%a}, {day:%b} {day.day}"


def _change(shown: Figure) -> str:
    if shown.before is None or shown.value is None:
        return ""
    if shown.percent is None:
        return f" (a week before {escape(number(shown.before, shown.unit))})"
    if abs(shown.percent) < 0.05:
        return " · as a week before"
    arrow = "▲" if shown.percent > 0 else "▼"
    return f" {arrow} {number(round(abs(shown.percent), 0 if abs(shown.percent) >= 10 else 1))}%"


def _incidents(section: Section) -> str:
    if not section.incidents:
        return ""
    by_severity = ", ".join(f"{amount:,} {name}" for name, amount in _by_severity(section.incidents))
    over = f" · {section.over:,} of them over already" if section.over else ""
    lines = [f"🚨 *Outliers and alerts*: {by_severity}{over}", *map(_incident, section.worst)]
    more = sum(section.incidents.values()) - len(section.worst)
    return "\n".join([*lines, f"and {more:,} more"] if section.worst and more > 0 else lines)


def _by_severity(incidents: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    for name in reversed(severity.NAMES):
        if incidents.get(name):
            yield name, incidents[name]


def _incident(shown: Incident) -> str:
    """`🔴 <link|Cost per click · google-ads> $2.31, usually $1.05 · 👀 Bob`."""
    name = cut(humanized(shown.name) if shown.type == "outlier" else one_line(shown.name), NAME)
    said = link(shown.link, name) if shown.link else escape(name)
    mark = severity.EMOJI.get(shown.severity, "🔵") if shown.is_open else "✅"
    return f"{mark} {said}{_value(shown)}{_state(shown)}"


def _value(shown: Incident) -> str:
    if shown.value is None:
        return ""
    value = escape(number(shown.value, shown.unit))
    usual = f", usually {escape(number(shown.expected, shown.unit))}" if shown.expected is not None else ""
    return f" {value}{usual}"


def _state(shown: Incident) -> str:
    if not shown.is_open:
        return " · over again"
    if shown.is_snoozed:
        return " · 💤 snoozed"
    return f" · 👀 {escape(cut(one_line(shown.taken_by), NAME))}" if shown.taken_by else ""


def _tasks(tasks: Sequence[FailedTask]) -> str:
    if not tasks:
        return ""
    lines = [_task(each) for each in tasks[:JOBS]]
    lines += [f"and {len(tasks) - JOBS:,} more"] if len(tasks) > JOBS else []
    return "\n".join([f"⚙️ *Failed tasks*: {len(tasks):,}", *lines])


def _task(task: FailedTask) -> str:
    """`⚠️ load_google_ads: failed 3 times, works again`."""
    times = "once" if task.failures == 1 else f"{task.failures:,} times"
    mark, end = ("✅", ", works again") if task.is_mended else ("⚠️", "")
    if task.dead and not task.is_mended:
        mark, end = "☠️", f", {count(task.dead, 'run')} in dead letter"
    return f"{mark} {escape(cut(one_line(task.job), NAME))}: failed {times}{end}"


def _waiting(waiting: Waiting) -> str:
    parts = [f"{waiting.untaken:,} that nobody has taken"] if waiting.untaken else []
    parts += [f"{waiting.snoozed:,} snoozed"] if waiting.snoozed else []
    if not parts:
        return ""
    return "\n".join([f"👀 *Still going on*: {', '.join(parts)}", *map(_incident, waiting.named)])


def _notes(notes: Mapping[str, int]) -> str:
    if not notes:
        return ""
    known = [each for each in NOTE_STATUSES if each in notes]
    others = [each for each in notes if each not in NOTE_STATUSES][:STATUSES_SHOWN]
    parts = [f"{notes[each]:,} {escape(NOTE_STATUSES.get(each, each), 30)}" for each in [*known, *others]]
    return f"📝 *New notes*: {', '.join(parts)}"
