"""Rules in words, and the list that `/houston rules` shows."""

from collections.abc import Sequence

from bot.views import quiet_fields, severity
from bot.views.blocks import Block, Message, actions, button, context, section
from bot.views.reader import Reader, who_can
from bot.views.text import count, escape, one_line
from houston.notify.rules.rules import RuleSeen
from houston.notify.vocabulary import EVENT_TYPES, NOTE_TYPES
from store.tables import Destination, Workspace

HOUR, DAY = 60, 24 * 60
SHOWN = 20
"""In one message; the App Home pages through all of them."""


def listed(rules: Sequence[RuleSeen], reader: Reader) -> Message:
    if not rules:
        return _none(reader)
    title = f"*{count(len(rules), 'notification rule')}*"
    lines = (line(rule, has_clients=reader.has_clients, timezone=reader.zone.key) for rule in rules[:SHOWN])
    blocks = [section(title), *(section(each) for each in lines)]
    if len(rules) > SHOWN:
        blocks.append(context(f"{len(rules) - SHOWN} more are on the *Notifications* tab of the App Home."))
    if reader.is_admin:
        blocks.append(context("`/houston rules pause N`, `resume N` or `delete N` changes one."))
        blocks.append(actions(add_button()))
    else:
        blocks.append(context(who_can(reader, "notifications")))
    return Message(text=title.strip("*"), blocks=blocks)


def add_button() -> Block:
    return button("Add notification", "add_rule", style="primary")


def _none(reader: Reader) -> Message:
    if not reader.is_admin:
        said = "No notifications yet."
        return Message(text=said, blocks=[section(said), context(who_can(reader, "notifications"))])
    said = "No notifications yet. Add one, and choose which channel hears of what."
    return Message(text=said, blocks=[section(said), actions(add_button())])


def line(rule: RuleSeen, *, has_clients: bool, timezone: str = "") -> str:
    """`*#3* Outlier Alerts → #alerts · Acme · Warning and critical · ⏸ Paused`, with what is wrong.

    `timezone` is the one that need not be said.
    """
    parts = [f"*#{rule.number}* {_what(rule)} → {_places(rule)}"]
    if has_clients:
        parts.append(escape(rule.client.name, 100) if rule.client else "All clients")
    if rule.event_type not in NOTE_TYPES:
        parts.append(severity.MINIMUMS[rule.minimum_severity])
    if rule.quiet_hours:
        parts.append(quiet_fields.in_words(rule.quiet_hours, timezone))
    if rule.escalate_to and rule.escalate_minutes:
        parts.append(f"escalates to {_place(rule.escalate_to)} after {_wait(rule.escalate_minutes)}")
    if not rule.active:
        parts.append("⏸ Paused")
    return "\n".join([" · ".join(parts), *_errors(rule)])


def confirmed(rule: RuleSeen, what: str, workspace: Workspace) -> Message:
    """`what` is Added, Saved, Paused, Resumed or Deleted."""
    shown = line(rule, has_clients=workspace.has_clients, timezone=workspace.timezone)
    said = f"✅ {what}: {shown}"
    return Message(text=said, blocks=[section(said)])


def _what(rule: RuleSeen) -> str:
    """Patterns as code, so that their asterisks stay what they are."""
    name, subject = EVENT_TYPES[rule.event_type], one_line(rule.subject).replace("`", "'")
    return f"{name} about `{escape(subject, 200)}`" if subject else name


def _wait(minutes: int) -> str:
    """`15 min`, `2 h`, `1 day`; never rounded."""
    if minutes % DAY == 0:
        return count(minutes // DAY, "day")
    return f"{minutes // HOUR} h" if minutes % HOUR == 0 else f"{minutes} min"


def _places(rule: RuleSeen) -> str:
    shown = [_place(each) for each in rule.destinations[:10]]
    more = len(rule.destinations) - len(shown)
    return ", ".join([*shown, f"{more} more"] if more > 0 else shown) or "nowhere"


def _place(destination: Destination) -> str:
    """People by name: a list mentions nobody."""
    if destination.kind == "channel":
        return f"<#{destination.address}>"
    return escape(destination.alias, 80)


def _errors(rule: RuleSeen) -> list[str]:
    failing = [each for each in rule.destinations if each.error]
    return [f"⚠️ {_place(each)}: {escape(each.error, 200)}" for each in failing[:3]]
