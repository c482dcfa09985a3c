"""The modal *Add notification*, and the same for editing. Its ids live in open views: they stay."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.views import severity
from bot.views.blocks import MOST_OPTIONS, Block, View, field_block, matching, option, plain, select
from bot.views.text import cut
from houston.notify.rules import RuleDraft, RuleSeen
from houston.notify.vocabulary import EVENT_TYPES, NOTE_TYPES, SEVERITIES
from store.tables import Channel, Client

CALLBACK = "rule_form"
ALL_CLIENTS = "all"
DEFAULT_SEVERITY = "info"


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where the form was opened from, and what for; kept in the view while it is open."""

    rule_id: int | None = None
    home: bool = False
    response_url: str = ""

    def as_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Origin":
        return cls(**json.loads(text))


def form(
    origin: Origin,
    *,
    clients: Sequence[Client] | None,
    rule: RuleSeen | None = None,
    event_type: str | None = None,
) -> View:
    """`clients` is None where the workspace is one client's own; `event_type` is the one just chosen."""
    chosen = event_type or (rule.event_type if rule else None)
    blocks = [_channel(rule), _event_type(chosen)]
    if clients:
        blocks.append(_client(clients, rule))
    if chosen not in NOTE_TYPES:
        blocks.append(_severity(rule))
    blocks.append(_active(rule))
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("Edit notification" if rule else "Add notification", 24),
        "submit": plain("Save" if rule else "Add", 24),
        "close": plain("Cancel", 24),
        "private_metadata": origin.as_text(),
        "blocks": blocks,
    }


def draft(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> RuleDraft:
    """What was filled in; a field that was left open comes out empty."""
    client = _value(values, "client")
    return RuleDraft(
        channels=tuple(each["value"] for each in _input(values, "channel").get("selected_options") or ()),
        event_type=_value(values, "event_type"),
        client_id=int(client) if client.isdecimal() else None,
        minimum_severity=_value(values, "severity") or DEFAULT_SEVERITY,
        active=bool(_input(values, "active").get("selected_options")),
    )


def errors_by_block(errors: Mapping[str, str], view: Mapping[str, Any]) -> dict[str, str]:
    """Each error at its field; what belongs to a field that is not shown goes to the first one."""
    shown = {block.get("block_id") for block in view["blocks"]}
    at_block: dict[str, str] = {}
    for field, message in errors.items():
        block_id = field if field in shown else "channel"
        at_block[block_id] = f"{at_block[block_id]} {message}" if block_id in at_block else message
    return at_block


def channel_options(channels: Sequence[Channel]) -> list[Block]:
    return [option(f"{'🔒 ' if each.is_private else '#'}{each.name}", each.id) for each in channels]


def offered_clients(clients: Sequence[Client] | None, query: str) -> list[Block]:
    """What the field's search finds, as many as Slack takes; `clients` as for the form."""
    return client_options(clients, query)[:MOST_OPTIONS] if clients else []


def client_options(clients: Sequence[Client], query: str = "") -> list[Block]:
    options = [option("All clients", ALL_CLIENTS), *(option(each.name, str(each.id)) for each in clients)]
    return matching(options, query)


def _channel(rule: RuleSeen | None) -> Block:
    element: Block = {
        "type": "multi_external_select",
        "action_id": "channel",
        "placeholder": plain("Type to search", 150),
        "min_query_length": 0,
    }
    kept = [each for each in rule.destinations if each.kind == "channel"] if rule else []
    if kept:
        element["initial_options"] = [option(each.alias, each.address) for each in kept]
    hint = "Only channels that Houston is in. For another one, /invite @Houston there first."
    return field_block("channel", "Channel", element, hint=plain(hint))


def _event_type(chosen: str | None) -> Block:
    options = [option(name, event_type) for event_type, name in EVENT_TYPES.items()]
    element = select("event_type", options, chosen=chosen)
    return field_block("event_type", "Notification type", element, dispatch_action=True)


def _client(clients: Sequence[Client], rule: RuleSeen | None) -> Block:
    options = client_options(clients)
    chosen = option(rule.client.name, str(rule.client.id)) if rule and rule.client else options[0]
    if len(options) <= MOST_OPTIONS:
        element = select("client", options, chosen=chosen["value"])
    else:
        element = {"type": "external_select", "action_id": "client", "min_query_length": 0}
        element["initial_option"] = chosen
    return field_block("client", "Client", element)


def _severity(rule: RuleSeen | None) -> Block:
    options = [option(severity.MINIMUMS[each], each) for each in SEVERITIES]
    chosen = rule.minimum_severity if rule else DEFAULT_SEVERITY
    return field_block("severity", "Minimum severity", select("severity", options, chosen=chosen))


def _active(rule: RuleSeen | None) -> Block:
    choice = option("Active", "active")
    element: Block = {"type": "checkboxes", "action_id": "active", "options": [choice]}
    if rule is None or rule.active:
        element["initial_options"] = [choice]
    hint = plain("An inactive notification is kept, but sends nothing.")
    return field_block("active", "Status", element, optional=True, hint=hint)


def _input(values: Mapping[str, Mapping[str, Mapping[str, Any]]], name: str) -> Mapping[str, Any]:
    return values.get(name, {}).get(name, {})


def _value(values: Mapping[str, Mapping[str, Mapping[str, Any]]], name: str) -> str:
    chosen = _input(values, name).get("selected_option") or {}
    return cut(str(chosen.get("value", "")), 150)
