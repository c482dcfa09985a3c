"""The form in which a member chooses what Houston sends to them alone."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.views import quiet_fields, severity
from bot.views.blocks import (
    MOST_OPTIONS,
    Block,
    View,
    field_block,
    matching,
    option,
    plain,
    section,
    select,
)
from bot.views.filled import Values, chosen, chosen_all, field
from bot.views.preferences import INTRO
from houston.errors import Invalid, InvalidFields
from houston.notify.preferences import PreferenceDraft, PreferenceSeen
from houston.notify.vocabulary import EVENT_TYPES, SEVERITIES
from store.tables import Client

CALLBACK = "prefs_form"
EACH, DAILY = "each", "daily"
USUAL_TIME = "09:00"


def form(seen: PreferenceSeen, *, has_clients: bool, home: bool, response_url: str) -> View:
    blocks = [_types(seen), *([_clients(seen)] if has_clients else []), _severity(seen)]
    blocks += quiet_fields.fields(seen.quiet_hours, seen.timezone)
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("My preferences", 24),
        "submit": plain("Save", 24),
        "close": plain("Cancel", 24),
        "private_metadata": json.dumps({"home": home, "response_url": response_url}),
        "blocks": [section(INTRO), *blocks, *_rhythm(seen), _active(seen)],
    }


def draft(values: Values, timezone: str) -> PreferenceDraft:
    """`timezone` is the member's own. Raises Invalid("quiet_hours")."""
    at = str(field(values, "daily_at").get("selected_time") or USUAL_TIME)
    return PreferenceDraft(
        event_types=chosen_all(values, "event_types"),
        client_ids=tuple(_id(each) for each in chosen_all(values, "clients")),
        minimum_severity=chosen(values, "severity") or "info",
        quiet_hours=quiet_fields.entered(values, timezone),
        daily_at=at if chosen(values, "rhythm") == DAILY else "",
        active=bool(chosen_all(values, "active")),
    )


def errors_by_block(wrong: Invalid | InvalidFields, view: Mapping[str, Any]) -> dict[str, str]:
    """Each at its field; what belongs to none that is shown goes to the first one."""
    errors = (
        wrong.errors if isinstance(wrong, InvalidFields) else {wrong.field: quiet_fields.complaint(wrong)}
    )
    shown = {block.get("block_id") for block in view["blocks"]}
    return {field if field in shown else "event_types": message for field, message in errors.items()}


def client_options(clients: Sequence[Client], query: str) -> list[Block]:
    return matching([_client(each) for each in clients], query)[:MOST_OPTIONS]


def _types(seen: PreferenceSeen) -> Block:
    options = [option(name, event_type) for event_type, name in EVENT_TYPES.items()]
    element: Block = {"type": "checkboxes", "action_id": "event_types", "options": options}
    if kept := [each for each in options if each["value"] in seen.event_types]:
        element["initial_options"] = kept
    return field_block("event_types", "Tell me about", element, optional=True)


def _clients(seen: PreferenceSeen) -> Block:
    element: Block = {
        "type": "multi_external_select",
        "action_id": "clients",
        "placeholder": plain("All that I may see", 150),
        "min_query_length": 0,
    }
    if seen.clients:
        element["initial_options"] = [_client(each) for each in seen.clients[:MOST_OPTIONS]]
    return field_block("clients", "Clients", element, optional=True)


def _severity(seen: PreferenceSeen) -> Block:
    options = [option(severity.MINIMUMS[each], each) for each in SEVERITIES]
    element = select("severity", options, chosen=seen.minimum_severity)
    return field_block("severity", "Minimum severity", element)


def _rhythm(seen: PreferenceSeen) -> list[Block]:
    options = [option("One by one, as it happens", EACH), option("Once a day, in one message", DAILY)]
    rhythm: Block = {"type": "radio_buttons", "action_id": "rhythm", "options": options}
    rhythm["initial_option"] = options[1 if seen.daily_at else 0]
    at: Block = {"type": "timepicker", "action_id": "daily_at", "timezone": seen.timezone}
    at["initial_time"] = seen.daily_at or USUAL_TIME
    return [
        field_block("rhythm", "When", rhythm),
        field_block("daily_at", "Time of day", at, optional=True, hint=plain("For once a day.")),
    ]


def _active(seen: PreferenceSeen) -> Block:
    choice = option("Send me messages", "active")
    element: Block = {"type": "checkboxes", "action_id": "active", "options": [choice]}
    if seen.active:
        element["initial_options"] = [choice]
    return field_block("active", "Status", element, optional=True)


def _client(client: Client) -> Block:
    return option(client.name, str(client.id))


def _id(value: str) -> int:
    """0, which is nobody's, for what is no id."""
    return int(value) if value.isdecimal() and len(value) <= 18 else 0
