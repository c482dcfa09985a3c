"""The form of an alert. Its ids live in open views: they stay."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.views import fields, place_options, rule_fields, severity
from bot.views.blocks import Block, View, actions, button, plain
from bot.views.filled import Values, chosen, chosen_all, chosen_id, chosen_person, written
from bot.views.open_form import with_blocks
from bot.views.origin import Origin
from houston.notify.vocabulary import SEVERITIES
from houston.reports.reports import ReportSeen
from houston.watch.alerts.alerts import AlertDraft, AlertRule
from store.tables import Alert, Destination

CALLBACK = "alert_form"
MOST_CONDITIONS = 5
CONDITION = (
    'Such as: Revenue < 10000 · all Status = "ok" · rows > 0 · no rows · '
    "Revenue drops 20% vs last week. Press Enter to check it."
)
SCHEDULE = "Such as: every 15 minutes · daily at 6 PM · weekdays at 9:00 · 0 9 * * 1-5"
MATCHES = (("any", "any of the conditions is true"), ("all", "all of the conditions are true"))
FIRES = (
    ("1/1", "at once"),
    ("2/2", "after 2 checks in a row"),
    ("3/3", "after 3 checks in a row"),
    ("2/3", "after 2 of the last 3 checks"),
    ("3/5", "after 3 of the last 5 checks"),
)
NO_DATA = (
    ("tell", "say so once"),
    ("fire", "fire, as if a condition were true"),
    ("ok", "all is well"),
    ("keep", "leave it as it was"),
)
NAMES = {"channels": "channel", "rules": "condition_1", "n": "fires"} | {
    f"rules.{i}": f"condition_{i + 1}" for i in range(MOST_CONDITIONS)
}
"""Block ids of an AlertDraft's fields that have another name here."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What the form is made from. `report_id` is the one to begin with; `places` where it posts."""

    reports: Sequence[ReportSeen]
    timezone: str
    alert: Alert | None = None
    report_id: int | None = None
    places: Sequence[Destination] = ()


def form(origin: Origin, parts: Parts) -> View:
    alert = parts.alert
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("Edit alert" if alert else "Add alert", 24),
        "submit": plain("Save" if alert else "Add", 24),
        "close": plain("Cancel", 24),
        "private_metadata": origin.as_text(),
        "blocks": [*_what(parts), *_when(parts), *_who(parts)],
    }


def with_one_more(view: View) -> View:
    """The open form with room for one more condition."""
    asked = sum(str(block.get("block_id", "")).startswith("severity_") for block in view["blocks"])
    blocks: list[Block] = []
    for block in view["blocks"]:
        if block.get("block_id") == "conditions" and asked < MOST_CONDITIONS:
            blocks += _condition(asked + 1)
            if asked + 1 == MOST_CONDITIONS:
                continue
        blocks.append(block)
    return with_blocks(view, blocks)


def draft(values: Values) -> AlertDraft:
    """What was filled in; conditions that were left empty are not there."""
    n, _, m = (chosen(values, "fires") or "1/1").partition("/")
    places = [place_options.place(each) for each in chosen_all(values, "channel")]
    return AlertDraft(
        name=written(values, "name"),
        report_id=chosen_id(values, "report") or 0,
        rules=tuple(_rules(values)),
        match=chosen(values, "match") or "any",
        schedule=written(values, "schedule"),
        timezone=written(values, "timezone") or None,
        owner_id=chosen_person(values, "owner"),
        runbook=written(values, "runbook"),
        n=int(n),
        m=int(m),
        no_data=chosen(values, "no_data") or "tell",
        active=bool(chosen_all(values, "active")),
        channels=tuple(place for place in places if place is not None),
    )


def draft_of_one(values: Values, block_id: str) -> AlertDraft:
    """The alert with the condition of this field alone."""
    text = written(values, block_id)
    return replace(draft(values), rules=(AlertRule(text=text),) if text else ())


def _rules(values: Values) -> list[AlertRule]:
    numbered = [(written(values, f"condition_{i}"), i) for i in range(1, MOST_CONDITIONS + 1)]
    return [
        AlertRule(text=text, severity=chosen(values, f"severity_{i}") or "warning")
        for text, i in numbered
        if text
    ]


def _what(parts: Parts) -> list[Block]:
    alert = parts.alert
    rules = alert.rules if alert else []
    named = [(str(each.report.id), each.report.name) for each in parts.reports]
    report = str(alert.report_id if alert else parts.report_id or "")
    blocks = [
        fields.name(alert.name if alert else "", "Low revenue"),
        fields.choice("report", "Report", named, chosen=report),
    ]
    for i in range(max(1, len(rules))):
        blocks += _condition(i + 1, **(rules[i] if i < len(rules) else {}))
    if len(rules) < MOST_CONDITIONS:
        blocks.append(actions(button("Add a condition", "add_condition"), block_id="conditions"))
    match = fields.choice("match", "It fires if", MATCHES, chosen=alert.match if alert else "any")
    fires = f"{alert.n}/{alert.m}" if alert else "1/1"
    return [
        *blocks,
        match,
        fields.choice("fires", "How soon", FIRES, chosen=fires),
        actions(button("See what it would have done", "preview_alert"), block_id="preview"),
    ]


def _condition(number: int, text: str = "", severity: str = "warning") -> list[Block]:
    first = number == 1
    return [
        fields.text(
            f"condition_{number}",
            "Condition" if first else f"Condition {number}",
            value=text,
            hint=CONDITION if first else "",
            optional=not first,
            on_enter=True,
            longest=300,
        ),
        fields.choice(f"severity_{number}", "Severity", _severities(), chosen=severity),
    ]


def _severities() -> list[tuple[str, str]]:
    return [(each, f"{severity.EMOJI[each]} {each.capitalize()}") for each in reversed(SEVERITIES)]


def _when(parts: Parts) -> list[Block]:
    alert = parts.alert
    return [
        fields.text(
            "schedule",
            "Checked",
            value=alert.schedule if alert else "every 15 minutes",
            hint=SCHEDULE,
            longest=200,
        ),
        fields.timezone(alert.timezone if alert else parts.timezone),
        fields.choice(
            "no_data", "Where there is no data", NO_DATA, chosen=alert.no_data if alert else "tell"
        ),
    ]


def _who(parts: Parts) -> list[Block]:
    alert = parts.alert
    channel = rule_fields.channel(parts.places) | {"optional": True}
    return [
        channel,
        fields.person(
            "owner",
            "Owner",
            user_id=alert.owner.rpartition("/")[2] if alert else "",
            hint="Is mentioned when it fires, and told if it cannot be checked.",
        ),
        fields.text(
            "runbook",
            "Runbook",
            value=alert.runbook if alert else "",
            hint="A link to what to do about it.",
            optional=True,
        ),
        fields.ticked("active", "Status", "Active", on=alert.active if alert else True),
    ]
