"""The fields of a rule's form."""

from collections.abc import Sequence

from bot.views import place_options
from bot.views import severity as severities
from bot.views.blocks import MOST_OPTIONS, Block, field_block, matching, option, plain, select
from houston.notify.rules.rules import RuleSeen
from houston.notify.vocabulary import EVENT_TYPES, SEVERITIES
from store.tables import Client, Destination

ALL_CLIENTS = "all"
DEFAULT_SEVERITY = "info"


def offered_clients(clients: Sequence[Client] | None, query: str) -> list[Block]:
    """What the field's search finds, as many as Slack takes; `clients` as for the form."""
    return client_options(clients, query)[:MOST_OPTIONS] if clients else []


def client_options(clients: Sequence[Client], query: str = "") -> list[Block]:
    options = [option("All clients", ALL_CLIENTS), *(option(each.name, str(each.id)) for each in clients)]
    return matching(options, query)


def channel(places: Sequence[Destination]) -> Block:
    element: Block = {
        "type": "multi_external_select",
        "action_id": "channel",
        "placeholder": plain("Type to search", 150),
        "min_query_length": 0,
    }
    if places:
        element["initial_options"] = [place_options.of_destination(each) for each in places[:MOST_OPTIONS]]
    hint = "Only channels that Houston is in. For another one, /invite @Houston there first."
    return field_block("channel", "Channel", element, hint=plain(hint))


def event_type(chosen: str | None) -> Block:
    options = [option(name, event_type) for event_type, name in EVENT_TYPES.items()]
    element = select("event_type", options, chosen=chosen)
    return field_block("event_type", "Notification type", element, dispatch_action=True)


def client(clients: Sequence[Client], rule: RuleSeen | None) -> Block:
    options = client_options(clients)
    chosen = option(rule.client.name, str(rule.client.id)) if rule and rule.client else options[0]
    if len(options) <= MOST_OPTIONS:
        element = select("client", options, chosen=chosen["value"])
    else:
        element = {"type": "external_select", "action_id": "client", "min_query_length": 0}
        element["initial_option"] = chosen
    return field_block("client", "Client", element)


def severity(rule: RuleSeen | None) -> Block:
    options = [option(severities.MINIMUMS[each], each) for each in SEVERITIES]
    chosen = rule.minimum_severity if rule else DEFAULT_SEVERITY
    return field_block("severity", "Minimum severity", select("severity", options, chosen=chosen))


def subject(rule: RuleSeen | None) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": "subject", "max_length": 200}
    element["placeholder"] = plain("cost_*", 150)
    if rule and rule.subject:
        element["initial_value"] = rule.subject
    hint = plain("Only what has this name: a metric, a job, an alert or a service; * stands for anything.")
    return field_block("subject", "Only about", element, optional=True, hint=hint)


def escalation(rule: RuleSeen | None) -> list[Block]:
    minutes: Block = {
        "type": "number_input",
        "action_id": "escalate_minutes",
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": "10080",
    }
    target: Block = {"type": "external_select", "action_id": "escalate_to", "min_query_length": 0}
    target["placeholder"] = plain("A person or another channel", 150)
    if rule and rule.escalate_minutes:
        minutes["initial_value"] = str(rule.escalate_minutes)
    if rule and rule.escalate_to:
        target["initial_option"] = place_options.of_destination(rule.escalate_to)
    hint = plain("If nobody acknowledges it by then, somebody else hears of it.")
    return [
        field_block("escalate_minutes", "Escalate after minutes", minutes, optional=True, hint=hint),
        field_block("escalate_to", "Escalate to", target, optional=True),
    ]


def active(rule: RuleSeen | None) -> Block:
    choice = option("Active", "active")
    element: Block = {"type": "checkboxes", "action_id": "active", "options": [choice]}
    if rule is None or rule.active:
        element["initial_options"] = [choice]
    hint = plain("An inactive notification is kept, but sends nothing.")
    return field_block("active", "Status", element, optional=True, hint=hint)
