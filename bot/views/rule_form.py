"""The modal *Add notification*, and the same for editing. Its ids live in open views: they stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views import place_options, quiet_fields, rule_fields
from bot.views.blocks import Block, View, plain
from bot.views.filled import Values, chosen, chosen_all, written
from bot.views.origin import Origin
from houston.errors import Invalid, InvalidFields
from houston.notify.rules.rules import RuleDraft, RuleSeen
from houston.notify.vocabulary import EPISODE_TYPES, NOTE_TYPES
from store.tables import Client, Destination

CALLBACK = "rule_form"


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What the form is made from. `clients` is None where the workspace is one client's own.

    `rule` is the one to edit; a new one begins with `default`, the workspace's default destination.
    """

    clients: Sequence[Client] | None
    timezone: str
    rule: RuleSeen | None = None
    default: Destination | None = None


def form(origin: Origin, parts: Parts, *, event_type: str | None = None) -> View:
    """`event_type` is the one just chosen: not every type has every field."""
    rule = parts.rule
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("Edit notification" if rule else "Add notification", 24),
        "submit": plain("Save" if rule else "Add", 24),
        "close": plain("Cancel", 24),
        "private_metadata": origin.as_text(),
        "blocks": _blocks(parts, event_type or (rule.event_type if rule else None)),
    }


def _blocks(parts: Parts, event_type: str | None) -> list[Block]:
    rule, is_note = parts.rule, event_type in NOTE_TYPES
    default = [parts.default] if parts.default else []
    blocks = [rule_fields.channel(rule.destinations if rule else default), rule_fields.event_type(event_type)]
    blocks += [rule_fields.client(parts.clients, rule)] if parts.clients else []
    blocks += [] if is_note else [rule_fields.severity(rule)]
    blocks += quiet_fields.fields(rule.quiet_hours if rule else None, parts.timezone)
    blocks += [] if is_note else [rule_fields.subject(rule)]
    if event_type is None or event_type in EPISODE_TYPES:
        blocks += rule_fields.escalation(rule)
    return [*blocks, rule_fields.active(rule)]


def chosen_type(values: Values) -> str:
    return chosen(values, "event_type")


def draft(values: Values, timezone: str) -> RuleDraft:
    """What was filled in; a field that was left open comes out empty.

    Raises Invalid("quiet_hours") for what is no schedule.
    """
    client, minutes = chosen(values, "client"), written(values, "escalate_minutes")
    places = [place_options.place(each) for each in chosen_all(values, "channel")]
    return RuleDraft(
        channels=tuple(each for each in places if isinstance(each, str)),
        destination_ids=tuple(each for each in places if isinstance(each, int)),
        event_type=chosen_type(values),
        subject=written(values, "subject"),
        client_id=int(client) if client.isdecimal() else None,
        minimum_severity=chosen(values, "severity") or rule_fields.DEFAULT_SEVERITY,
        quiet_hours=quiet_fields.entered(values, timezone),
        escalate_minutes=_minutes(minutes) if minutes else None,
        escalate_to=place_options.place(chosen(values, "escalate_to")),
        active=bool(chosen_all(values, "active")),
    )


def fields(view: Mapping[str, Any]) -> set[str]:
    """The block ids of those that a view shows."""
    return {str(block.get("block_id")) for block in view["blocks"]}


def errors_by_block(wrong: Invalid | InvalidFields, view: Mapping[str, Any]) -> dict[str, str]:
    """Each error at its field; what belongs to a field that is not shown goes to the first one."""
    errors = (
        wrong.errors if isinstance(wrong, InvalidFields) else {wrong.field: quiet_fields.complaint(wrong)}
    )
    shown = fields(view)
    at_block: dict[str, str] = {}
    for field, message in errors.items():
        block_id = field if field in shown else "channel"
        at_block[block_id] = f"{at_block[block_id]} {message}" if block_id in at_block else message
    return at_block


def _minutes(text: str) -> int:
    """0, which the service refuses, for what is no number."""
    return int(text) if text.isdecimal() and len(text) <= 9 else 0
