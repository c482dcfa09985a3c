"""*Delete client*: choose it, see what goes, type its slug."""

from collections.abc import Mapping

from bot.views.blocks import Block, View, context, field_block, option, plain, section
from bot.views.text import count, escape
from store.tables import Client

CALLBACK = "delete_client_form"

NOUNS = {
    "workspace": "workspace of its own",
    "member": "member of its workspaces",
    "metric": "metric",
    "point": "data point",
    "outlier_definition": "outlier definition",
    "occurrence": "outlier",
    "note": "note",
    "customer": "customer",
    "task_run": "task run",
    "event": "event",
    "rule": "notification rule",
    "turn": "question with its answer",
    "api_key": "API key",
    "invitation": "invitation",
}
"""What people call the rows of the tables that they care about."""

PLURALS = {
    "workspace of its own": "workspaces of its own",
    "member of its workspaces": "members of its workspaces",
    "question with its answer": "questions with their answers",
}


def form(client: Client | None = None, going: Mapping[str, int] | None = None) -> View:
    """`going` says how many rows of which table go; before a client is chosen it says nothing."""
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("Delete client", 24),
        "submit": plain("Delete for ever", 24),
        "close": plain("Cancel", 24),
        "private_metadata": str(client.id) if client else "",
        "blocks": [_chooser(client), *(_sure(client, going or {}) if client else ())],
    }


def under_way(client: Client) -> View:
    return _only(f"⏳ Deleting *{escape(client.name, 100)}*…")


def done(client: Client) -> View:
    return _only(f"✅ *{escape(client.name, 100)}* and everything about it is deleted.")


def failed(message: str) -> View:
    return _only(f"⚠️ {escape(message)} Nothing was deleted.")


def _only(text: str) -> View:
    return {
        "type": "modal",
        "callback_id": "notice",
        "title": plain("Delete client", 24),
        "close": plain("Close", 24),
        "blocks": [section(text)],
    }


def _chooser(client: Client | None) -> Block:
    element: Block = {
        "type": "external_select",
        "action_id": "deleted_client",
        "placeholder": plain("Type to search", 150),
        "min_query_length": 0,
    }
    if client:
        element["initial_option"] = option(client.name, str(client.id))
    return field_block("deleted_client", "Client", element, dispatch_action=True)


def _sure(client: Client, going: Mapping[str, int]) -> list[Block]:
    shown = [(noun, going.get(table, 0)) for table, noun in NOUNS.items()]
    counts = [f"• {count(number, noun, PLURALS.get(noun))}" for noun, number in shown if number]
    what = "\n".join(counts) or "• nothing but its name"
    element: Block = {
        "type": "plain_text_input",
        "action_id": "confirmation",
        "placeholder": plain(client.slug, 150),
    }
    return [
        section(f"*{escape(client.name, 100)}* goes for ever, with\n{what}"),
        context("Its workspaces are disconnected. Of what the audit log says of it only hashes stay."),
        field_block("confirmation", f"Type {client.slug} to confirm", element),
    ]
