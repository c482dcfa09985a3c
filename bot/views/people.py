"""The modal *People*: who is an admin, and who sees which clients."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.views.blocks import (
    MOST_OPTIONS,
    Block,
    Message,
    View,
    actions,
    button,
    context,
    field_block,
    matching,
    option,
    plain,
    section,
)
from bot.views.text import count, escape
from houston.team.people import Person
from store.tables import Client, Member

LIST, CLIENTS = "people", "member_clients_form"
PAGE = 15
NAMED = 8
ALL = "all"


def listed(people: Sequence[Person], *, has_clients: bool, page: int = 0) -> View:
    pages = max(1, -(-len(people) // PAGE))
    page = min(max(page, 0), pages - 1)
    blocks: list[Block] = []
    for person in people[page * PAGE : (page + 1) * PAGE]:
        blocks.append(section(_line(person, has_clients=has_clients)))
        blocks += _buttons(person, has_clients=has_clients)
    return {
        "type": "modal",
        "callback_id": LIST,
        "title": plain("People", 24),
        "close": plain("Close", 24),
        "private_metadata": json.dumps({"page": page}),
        "blocks": [*blocks, *_pager(page, pages, len(people))],
    }


def page_of(view: Mapping[str, Any]) -> int:
    return int(json.loads(view["private_metadata"])["page"])


def admins(names: Sequence[str]) -> Message:
    """For those who may change nothing here."""
    who = ", ".join(f"*{escape(name, 80)}*" for name in names[:20])
    said = f"Houston's admins here are {who}." if who else "Your Slack workspace's admins are Houston's too."
    return Message(text=said, blocks=[section(said)])


def no_longer(name: str) -> View:
    """For an admin who made themselves a member."""
    said = f"{escape(name, 80)}, you are no admin of Houston any more."
    return {
        "type": "modal",
        "callback_id": "notice",
        "title": plain("People", 24),
        "close": plain("Close", 24),
        "blocks": [section(said)],
    }


def clients_form(person: Person, *, page: int) -> View:
    element: Block = {
        "type": "multi_external_select",
        "action_id": "member_clients",
        "placeholder": plain("Type to search", 150),
        "min_query_length": 0,
    }
    kept = [_client(each) for each in person.clients] if person.clients is not None else [_all()]
    if kept:
        element["initial_options"] = kept
    hint = plain("All clients, or some. With nothing chosen they see no client at all.")
    return {
        "type": "modal",
        "callback_id": CLIENTS,
        "title": plain("Clients", 24),
        "submit": plain("Save", 24),
        "close": plain("Cancel", 24),
        "private_metadata": json.dumps({"page": page, "user": person.member.user_id}),
        "blocks": [
            section(f"What *{escape(person.member.name, 80)}* may see"),
            field_block("member_clients", "Clients", element, optional=True, hint=hint),
        ],
    }


def chosen(view: Mapping[str, Any]) -> tuple[str, list[int] | None]:
    """Whom the form was for, and the ids that were chosen; None: all clients."""
    user_id = str(json.loads(view["private_metadata"])["user"])
    field = view["state"]["values"].get("member_clients", {}).get("member_clients", {})
    values = [str(each["value"]) for each in field.get("selected_options") or ()]
    return user_id, None if ALL in values else [int(each) for each in values if each.isdecimal()]


def client_options(clients: Sequence[Client], query: str) -> list[Block]:
    options = [_all(), *(_client(each) for each in clients)]
    return matching(options, query)[:MOST_OPTIONS]


def _line(person: Person, *, has_clients: bool) -> str:
    """`*Bob Best* · Admin (of Slack) · All clients`."""
    parts = [f"*{escape(person.member.name, 80)}*", _role(person.member)]
    if has_clients and person.member.active:
        parts.append(_clients(person))
    return " · ".join(parts)


def _role(member: Member) -> str:
    if not member.active:
        return "Deactivated in Slack"
    if member.is_admin:
        return "Admin (of Slack)" if member.is_slack_admin else "Admin"
    return "Guest" if member.is_guest else "Member"


def _clients(person: Person) -> str:
    if person.clients is None:
        return "All clients"
    named = [escape(each.name, 60) for each in person.clients[:NAMED]]
    more = len(person.clients) - len(named) + person.more
    return ", ".join([*named, f"{more} more"] if more else named) or "No clients"


def _buttons(person: Person, *, has_clients: bool) -> list[Block]:
    """Only what would be done: Slack's own admins stay admins, and admins see every client."""
    member = person.member
    shown = []
    if member.active and member.is_admin and not member.is_slack_admin:
        shown.append(button("Make member", "make_member", value=member.user_id))
    if member.active and not member.is_admin and not member.is_guest:
        shown.append(button("Make admin", "make_admin", value=member.user_id))
    if has_clients and member.active and not member.is_admin:
        shown.append(button("Clients…", "choose_clients", value=member.user_id))
    return [actions(*shown)] if shown else []


def _pager(page: int, pages: int, found: int) -> list[Block]:
    if pages == 1:
        return []
    turns = []
    if page > 0:
        turns.append(button("‹ Previous", "people_previous", value=str(page - 1)))
    if page < pages - 1:
        turns.append(button("Next ›", "people_next", value=str(page + 1)))
    return [context(f"Page {page + 1} of {pages}, {count(found, 'person', 'people')}"), actions(*turns)]


def _client(client: Client) -> Block:
    return option(client.name, str(client.id))


def _all() -> Block:
    return option("All clients", ALL)
